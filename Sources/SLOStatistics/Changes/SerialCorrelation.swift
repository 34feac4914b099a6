/// How alike neighbouring values of a series are, estimated in two ways that err differently.
///
/// Differences know nothing of levels and see a drift that levels would be fitted to, but where a series jumps often,
/// or is noisy in one part only, they take jumps for drift. Residuals about the levels do not, yet lose what the
/// levels have swallowed.
struct SerialCorrelation {
  /// A difference or residual counts for at most this many standard deviations.
  private static let clip = 2.5
  /// From these on a series drifts: a walk has 1 and 0.4, timings rarely above 0.5 and 0.2.
  private static let drifting = (differences: 0.7, residuals: 0.2)
  /// What an autoregressive series has over what its residuals show.
  private static let swallowed = 4.0 / 3

  /// From differences of neighbours and of next but one, 0 … 0.97; what chance may show is taken off.
  let ofDifferences: Double
  /// From residuals, −1 … 1.
  let ofResiduals: Double
  /// What the residuals of as many independent values reach in one series of twenty.
  private let chance: Double

  /// Whether the series drifts more than it steps, and more than so few values do by chance.
  var isDrift: Bool {
    ofDifferences >= SerialCorrelation.drifting.differences
      && ofResiduals >= max(SerialCorrelation.drifting.residuals, chance)
  }

  /// How many values estimate a level as well as one uncorrelated value: the long-run variance
  /// of an autoregressive series of order one over its variance.
  var inflation: Double {
    let correlation = min(ofDifferences, max(0, SerialCorrelation.swallowed * ofResiduals))
    return min((1 + correlation) / (1 - correlation), 30)
  }

  /// Estimates both.
  /// - Parameter changes: the first values of new levels, rising.
  init(of series: LevelSeries, changes: [Int]) {
    ofDifferences = SerialCorrelation.ofDifferences(of: series.levels)
    ofResiduals = SerialCorrelation.ofResiduals(of: series.levels, changes: changes)
    chance = 1.645 / Double(series.levels.count).squareRoot()
  }

  /// Var(z[i+2] − z[i]) over Var(z[i+1] − z[i]) is 1 + ρ where the correlation falls as ρ, ρ², …
  private static func ofDifferences(of levels: [Double]) -> Double {
    let near = LevelSeries.distances(in: levels, lag: 1)
    let nearMedian = median(of: near)
    guard nearMedian > 0 else { return 0 }
    let far = LevelSeries.distances(in: levels, lag: 2)
    let ratio =
      meanSquare(of: far, median: max(nearMedian, median(of: far))) / meanSquare(of: near, median: nearMedian)
    return min(max(ratio - 1 - 1 / Double(levels.count).squareRoot(), 0), 0.97)
  }

  /// The winsorised mean square: nearly as sharp as the plain one in normal noise, which the median is not.
  private static func meanSquare(of distances: [Double], median: Double) -> Double {
    let bound = clip * 1.4826 * median
    return distances.reduce(0) { $0 + min($1, bound) * min($1, bound) } / Double(distances.count)
  }

  private static func ofResiduals(of levels: [Double], changes: [Int]) -> Double {
    var residuals: [Double] = []
    for (start, end) in zip([0] + changes, changes + [levels.count]) {
      let level = median(of: levels[start..<end])
      residuals += levels[start..<end].map { $0 - level }
    }
    let bound = clip * 1.4826 * median(of: residuals.map { abs($0) })
    guard bound > 0 else { return 0 }
    residuals = residuals.map { min(max($0, -bound), bound) }
    var products = zip(residuals, residuals.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    for change in changes { products -= residuals[change - 1] * residuals[change] }
    return products / residuals.reduce(0) { $0 + $1 * $1 }
  }
}

/// How much more the means of blocks scatter than independent values would make them: the sign that a series
/// wanders about its levels, so that two long stretches differ though nothing happened between them.
///
/// Moving blocks (Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of
/// Statistics 17, 1989) of clipped residuals.
struct LongRunVariance {
  /// The wander every series is granted: no level is constant.
  static let smallestWander = 0.02
  /// The wander never exceeded, or no small step would be found next to large ones that were missed.
  static let largestWander = 0.06
  private static let block = 16
  /// A residual counts for at most this many scales.
  private static let clip = 2.0
  /// What real series have, and how many degrees of freedom that is worth besides the series' own.
  private static let usual = (ratio: 1.3, weight: 4.0)

  /// The long-run variance over the variance; 1 where the values are independent.
  let ratio: Double

  /// The variance of the difference of two levels that no number of values takes away, in variances of one value.
  var wander: Double {
    min(max((ratio - 1) / 4, LongRunVariance.smallestWander), LongRunVariance.largestWander)
  }

  /// Estimates the ratio from the stretches between changes.
  init(of levels: [Double], changes: [Int]) {
    var sum = LongRunVariance.usual.ratio * LongRunVariance.usual.weight
    var weights = LongRunVariance.usual.weight
    for (start, end) in zip([0] + changes, changes + [levels.count]) {
      guard let ratio = LongRunVariance.ratio(in: levels[start..<end]) else { continue }
      let weight = 1.4 * (Double(end - start) / Double(LongRunVariance.block) - 1)
      sum += weight * ratio
      weights += weight
    }
    ratio = sum / weights
  }

  /// - Returns: nil for too few values, or where more than half are equal.
  private static func ratio(in values: ArraySlice<Double>) -> Double? {
    guard values.count * 2 >= block * 3 else { return nil }
    let centre = median(of: values)
    let bound = clip * 1.4826 * median(of: values.map { abs($0 - centre) })
    guard bound > 0 else { return nil }
    var residuals = values.map { min(max($0 - centre, -bound), bound) }
    let count = Double(residuals.count)
    let mean = residuals.reduce(0, +) / count
    for index in residuals.indices { residuals[index] -= mean }
    let variance = residuals.reduce(0) { $0 + $1 * $1 } / (count - 1)
    let width = Double(block)
    var sum = residuals[..<block].reduce(0, +)
    var squares = sum * sum
    for index in block..<residuals.count {
      sum += residuals[index] - residuals[index - block]
      squares += sum * sum
    }
    let blocks = count - width + 1
    return squares / blocks / width / variance / (1 - width / count)
  }
}
