/// The noise of a series, told from the differences of neighbours, which steps hardly touch.
struct SeriesNoise {
  /// A difference counts for at most this many standard deviations: steps and spikes are few, but large.
  private static let clip = 2.5

  /// The standard deviation of one value; above 0.
  let scale: Double
  /// The serial correlation of neighbours, 0 … 0.97. A walk has 1; what chance may show is taken off.
  let correlation: Double

  /// How many values tell a level as well as one would that is not correlated with the others: the long-run
  /// variance of an autoregressive series of order one over its variance.
  var inflation: Double { min((1 + correlation) / (1 - correlation), 30) }

  /// Estimates the noise of three values or more, not all equal.
  init(of levels: [Double]) {
    let near = SeriesNoise.distances(in: levels, lag: 1)
    let median = SLOStatistics.median(of: near)
    guard median > 0 else {  // more than half of the neighbours are equal: their mean distance has to do
      scale = near.reduce(0, +) / Double(near.count) * 1.2533 / 2.0.squareRoot()
      correlation = 0
      return
    }
    scale = 1.4826 * median / 2.0.squareRoot()
    let far = SeriesNoise.distances(in: levels, lag: 2)
    let ratio =
      SeriesNoise.meanSquare(of: far, median: max(median, SLOStatistics.median(of: far)))
      / SeriesNoise.meanSquare(of: near, median: median)
    // Var(z[i+2] − z[i]) / Var(z[i+1] − z[i]) is 1 + ρ where the correlation falls as ρ, ρ², …
    correlation = min(max(ratio - 1 - 1 / Double(levels.count).squareRoot(), 0), 0.97)
  }

  private static func distances(in levels: [Double], lag: Int) -> [Double] {
    zip(levels, levels.dropFirst(lag)).map { abs($1 - $0) }
  }

  /// The winsorised mean square: nearly as sharp as the plain one in normal noise, where the median is not.
  private static func meanSquare(of distances: [Double], median: Double) -> Double {
    let bound = clip * 1.4826 * median
    return distances.reduce(0) { $0 + min($1, bound) * min($1, bound) } / Double(distances.count)
  }
}
