internal import Glibc

/// A series on the scale its levels are compared on, with its noise.
struct LevelSeries {
  /// The smallest change worth a report, relative to the level.
  private static let smallestChange = 0.01

  /// The values, divided by a power of two near the largest: nothing is lost, and no square overflows.
  let scaled: [Double]
  /// Logarithms where all values are positive, so that a level twice as high may scatter twice as much; else the
  /// scaled values.
  let levels: [Double]
  /// The smallest difference of two levels worth a report.
  let smallestDifference: Double
  /// The noise of one level.
  let noise: SeriesNoise

  /// Prepares a series of three finite values or more, not all equal.
  init(_ values: [Double]) {
    let largest = values.reduce(0) { max($0, abs($1)) }
    let unit = Double(sign: .plus, exponent: max(-1_000, largest.exponent), significand: 1)
    scaled = values.map { $0 / unit }
    if values.allSatisfy({ $0 > 0 }) {
      levels = values.map { log($0) }
      smallestDifference = LevelSeries.smallestChange
    } else {
      levels = scaled
      smallestDifference = LevelSeries.smallestChange * abs(median(of: scaled))
    }
    noise = SeriesNoise(of: levels)
  }
}
