/// The noise of a series, told from the differences of neighbours: steps hardly touch it.
struct SeriesNoise {
  /// The standard deviation of one value.
  var scale: Double
  /// The serial correlation, 0 … 0.97.
  var correlation: Double

  /// How many times more values it takes to know a level as well as uncorrelated ones would tell it.
  var inflation: Double { min((1 + correlation) / (1 - correlation), 30) }

  /// Estimates the noise of two values or more.
  init(of levels: [Double]) {
    let near = SeriesNoise.differences(of: levels, lag: 1)
    let median = SortedSample(sorting: near).median
    scale = median * 1.4826 / 2.0.squareRoot()
    if scale <= 0 {
      scale = near.reduce(0, +) / Double(near.count) * 1.2533 / 2.0.squareRoot()
    }
    correlation = 0
    if levels.count >= 8, median > 0 {
      let far = SortedSample(sorting: SeriesNoise.differences(of: levels, lag: 2)).median
      correlation = min(max(far / median * (far / median) - 1, 0), 0.97)
    }
  }

  private static func differences(of levels: [Double], lag: Int) -> [Double] {
    zip(levels, levels.dropFirst(lag)).map { abs($1 - $0) }
  }
}
