/// Changes of a step-like series, from which those are dropped that noise explains, the least certain first.
struct Pruning {
  /// The chance of one false change a series, split over its changes.
  private static let significance = 2e-4

  private let series: LevelSeries
  private let inflation: Double
  private var bounds: [Int]
  private var tests: [LevelTest]
  private var doubts: [Double] = []

  /// Takes up rising changes, none at an end of the series.
  /// - Parameter inflation: as in ``SerialCorrelation/inflation``.
  init(of series: LevelSeries, changes: [Int], inflation: Double) {
    self.series = series
    self.inflation = inflation
    bounds = [0] + changes + [series.levels.count]
    tests = []
    tests = changes.indices.map { test(of: $0) }
  }

  /// The changes left.
  var changes: [Int] { Array(bounds.dropFirst().dropLast()) }

  /// The changes left, with their p of the last pruning.
  var kept: [TestedChange] {
    zip(changes, doubts).map { TestedChange(index: $0, p: $1) }
  }

  /// Drops changes until all that are left are significant, small ones and those between too few values before all.
  mutating func prune(wander: Double) {
    doubts = tests.indices.map { doubt(of: $0, wander: wander) }
    while let worst = doubts.max(), worst > Pruning.significance / Double(doubts.count),
      let at = doubts.firstIndex(of: worst)
    {
      bounds.remove(at: at + 1)
      tests.remove(at: at)
      doubts.remove(at: at)
      for neighbour in [at - 1, at] where tests.indices.contains(neighbour) {
        tests[neighbour] = test(of: neighbour)
        doubts[neighbour] = doubt(of: neighbour, wander: wander)
      }
    }
  }

  private func test(of at: Int) -> LevelTest {
    LevelTest(of: series, inflation: inflation, bounds[at], bounds[at + 1], bounds[at + 2])
  }

  /// The p of a change; above 1 for one that is too small or has too few values to a neighbour.
  private func doubt(of at: Int, wander: Double) -> Double {
    let missing = series.smallestDifference - abs(tests[at].difference)
    if missing > 0 || isShort(at) || isShort(at + 1) { return 1 + max(0, missing) }
    return tests[at].p(wander: wander)
  }

  /// Whether an inner stretch has too few values; those at the ends may still grow.
  private func isShort(_ stretch: Int) -> Bool {
    stretch > 0 && stretch < bounds.count - 2
      && bounds[stretch + 1] - bounds[stretch] < ChangePointSearch.shortest
  }
}

/// Whether the changes of a series are the steps of a staircase, which a trend or a curve makes of its levels.
struct Staircase {
  /// So many values a side are looked at, at most.
  private static let reach = 200
  /// A residual counts for at most this many scales.
  private static let clip = 2.5

  /// Whether one straight line fits the two sides of most changes as well as two levels do.
  let isDrift: Bool

  /// Looks at rising changes, none at an end of the series.
  init(of series: LevelSeries, changes: [Int]) {
    let bounds = [0] + changes + [series.levels.count]
    let slopes = changes.indices.count { at in
      let left = series.levels[max(bounds[at], bounds[at + 1] - Staircase.reach)..<bounds[at + 1]]
      let right = series.levels[bounds[at + 1]..<min(bounds[at + 2], bounds[at + 1] + Staircase.reach)]
      let clipped = Staircase.clipped(left, right, noise: series.noise)
      return Staircase.ratio(of: clipped, change: left.count) > 1
    }
    isDrift = 2 * slopes > changes.count
  }

  /// Both sides without their spikes.
  private static func clipped(
    _ left: ArraySlice<Double>, _ right: ArraySlice<Double>, noise: Double
  ) -> [Double] {
    let centres = (median(of: left), median(of: right))
    let distances = left.map { abs($0 - centres.0) } + right.map { abs($0 - centres.1) }
    let bound = clip * max(1.4826 * median(of: distances), 0.5 * noise)
    return left.map { min(max($0, centres.0 - bound), centres.0 + bound) }
      + right.map { min(max($0, centres.1 - bound), centres.1 + bound) }
  }

  /// The squared error of values about two levels over that about one line.
  static func ratio(of values: [Double], change: Int) -> Double {
    let line = StraightLine(through: values)
    let error = zip(values, 0...).reduce(0.0) { sum, point in
      let residual = point.0 - line[point.1]
      return sum + residual * residual
    }
    let levels = squaredError(of: values[..<change]) + squaredError(of: values[change...])
    return error > 0 ? levels / error : .infinity
  }

  private static func squaredError(of values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
