import Glibc

/// The difference of level between two adjacent stretches: once judged by the values next to the change, once by
/// all of a long way round it.
///
/// Near values see a jump that later changes drown; far ones see a small one that only many values can show.
struct LevelTest {
  /// So many values a side are near.
  private static let near = 16
  /// So many values a side are looked at, at most.
  private static let far = 200

  /// The change of level as the longer look shows it.
  var difference: Double { far.difference }
  private let near: LevelDifference?
  private let far: LevelDifference

  /// Looks at the stretches `start ..< change` and `change ..< end`, none of them empty.
  /// - Parameter inflation: as in ``SerialCorrelation/inflation``.
  init(of series: LevelSeries, inflation: Double, _ start: Int, _ change: Int, _ end: Int) {
    func difference(within reach: Int) -> LevelDifference {
      let left = series.levels[max(start, change - reach)..<change]
      let right = series.levels[change..<min(end, change + reach)]
      return LevelDifference(left, right, noise: series.noise, inflation: inflation)
    }
    far = difference(within: LevelTest.far)
    near = max(change - start, end - change) > LevelTest.near ? difference(within: LevelTest.near) : nil
  }

  /// The two-sided p of the clearer look, doubled for the choice of two.
  /// - Parameter wander: as in ``LongRunVariance/wander``.
  func p(wander: Double) -> Double {
    min(1, 2 * min(far.p(wander: wander), near?.p(wander: wander) ?? 1))
  }
}

/// The difference of two robust means and its scale.
struct LevelDifference {
  /// A value pulls on a mean with at most this many scales (Huber's ψ; 1.5 is 96 % efficient in normal noise).
  private static let pull = 1.5
  /// A residual counts for at most this many scales.
  private static let clip = 3.0
  /// The variance of such a mean over that of the plain one.
  private static let variance = 1.1
  /// The share of the degrees of freedom a clipped scale is worth.
  private static let worth = 0.6

  /// The second mean less the first.
  let difference: Double
  private let scale: Double
  /// The inverse effective counts, added up.
  private let inverseCounts: Double
  private let student: StudentDistribution

  /// Compares two stretches, none of them empty. The scatter is at least half of what neighbours show.
  init(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>, noise: Double, inflation: Double) {
    let centres = (median(of: left), median(of: right))
    let distances = left.map { abs($0 - centres.0) } + right.map { abs($0 - centres.1) }
    let freedom = Double(max(1, distances.count - 2))
    let correction = (Double(distances.count) / freedom).squareRoot()
    let first = max(1.4826 * median(of: distances) * correction, 0.5 * noise)
    let means = (
      LevelDifference.mean(of: left, from: centres.0, scale: first),
      LevelDifference.mean(of: right, from: centres.1, scale: first)
    )
    let squares =
      LevelDifference.squares(of: left, about: means.0, scale: first)
      + LevelDifference.squares(of: right, about: means.1, scale: first)
    difference = means.1 - means.0
    scale = max((squares / freedom).squareRoot(), 0.5 * noise)
    inverseCounts =
      1 / max(1, Double(left.count) / inflation) + 1 / max(1, Double(right.count) / inflation)
    student = StudentDistribution(degreesOfFreedom: LevelDifference.worth * freedom)
  }

  /// The two-sided p.
  func p(wander: Double) -> Double {
    let error = scale * (LevelDifference.variance * inverseCounts + wander).squareRoot()
    return 2 * student.upperTail(abs(difference) / error)
  }

  private static func mean(of values: ArraySlice<Double>, from centre: Double, scale: Double) -> Double {
    let bound = pull * scale
    var mean = centre
    for _ in 0..<4 {
      mean += values.reduce(0) { $0 + min(max($1 - mean, -bound), bound) } / Double(values.count)
    }
    return mean
  }

  private static func squares(of values: ArraySlice<Double>, about mean: Double, scale: Double) -> Double {
    values.reduce(0) { sum, value in
      let residual = min(abs(value - mean), clip * scale)
      return sum + residual * residual
    }
  }
}

/// A series on the scale its levels are compared on, with its noise.
struct LevelSeries {
  /// The smallest change worth a report, relative to the level.
  private static let smallestChange = 0.01

  /// A power of two near the largest value.
  let unit: Double
  /// The values, divided by the unit: nothing is lost, and no square overflows.
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
    unit = Double(sign: .plus, exponent: max(-1_000, largest.exponent), significand: 1)
    scaled = values.map { [unit] in $0 / unit }
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
