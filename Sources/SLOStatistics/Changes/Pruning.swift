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

  /// The changes left with their p, as the last pruning told it.
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
