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
  /// The standard deviation of one level, from the differences of neighbours, which steps hardly touch; above 0.
  let noise: Double

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
    noise = LevelSeries.noise(in: levels)
  }

  /// The distances of values so many places apart.
  static func distances(in levels: [Double], lag: Int) -> [Double] {
    zip(levels, levels.dropFirst(lag)).map { abs($1 - $0) }
  }

  /// Where more than half of the neighbours are equal, their mean distance has to do.
  private static func noise(in levels: [Double]) -> Double {
    let distances = distances(in: levels, lag: 1)
    let middle = 1.4826 * median(of: distances)
    let typical = middle > 0 ? middle : 1.2533 * distances.reduce(0, +) / Double(distances.count)
    return typical / 2.0.squareRoot()
  }
}
