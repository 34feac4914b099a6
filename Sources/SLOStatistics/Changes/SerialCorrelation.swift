/// How alike neighbouring values of a series are, told in two ways that err differently.
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

  /// How many values tell a level as well as one would that is correlated with no other: the long-run variance
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
