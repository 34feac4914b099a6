/// A robust two-sample test of a change of level.
struct StepTest {
  /// So many values a side take part at most.
  private static let cap = 50

  let levels: [Double]
  let noise: SeriesNoise

  init(of levels: [Double], noise: SeriesNoise) {
    self.levels = levels
    self.noise = noise
  }

  /// The difference of the medians of `start ..< change` and `change ..< end`, and its two-sided p.
  func result(_ start: Int, _ change: Int, _ end: Int) -> (difference: Double, p: Double) {
    let left = SortedSample(sorting: levels[max(start, change - StepTest.cap)..<change])
    let right = SortedSample(sorting: levels[change..<min(end, change + StepTest.cap)])
    let centres = (left.median, right.median)
    let residuals = SortedSample(
      sorting: left.values.map { abs($0 - centres.0) } + right.values.map { abs($0 - centres.1) })
    let (before, after) = (Double(left.values.count), Double(right.values.count))
    let freedom = before + after - 2
    let scatter = 1.4826 * residuals.median * ((before + after) / max(1, freedom)).squareRoot()
    let scale = max(scatter, 0.5 * noise.scale)
    let counts = (max(1, before / noise.inflation), max(1, after / noise.inflation))
    let error = scale * (Double.pi / 2 * (1 / counts.0 + 1 / counts.1)).squareRoot()
    let difference = centres.1 - centres.0
    guard error > 0 else { return (difference, 0) }
    let student = StudentDistribution(degreesOfFreedom: 0.6 * freedom)
    return (difference, min(1, 2 * student.upperTail(abs(difference) / error)))
  }
}

/// Drops the changes that are no more than noise, the least certain first.
struct Pruning {
  private static let significance = 1e-4

  let test: StepTest
  let floor: Double

  init(of levels: [Double], noise: SeriesNoise, floor: Double) {
    test = StepTest(of: levels, noise: noise)
    self.floor = floor
  }

  func keep(_ changes: [Int]) -> [FoundChange] {
    var bounds = [0] + changes + [test.levels.count]
    var doubts = (1..<bounds.count - 1).map { doubt(of: $0, bounds) }
    while let worst = doubts.max(), worst > Pruning.significance / Double(doubts.count) {
      let at = doubts.firstIndex(of: worst) ?? 0
      doubts.remove(at: at)
      bounds.remove(at: at + 1)
      for neighbour in [at - 1, at] where doubts.indices.contains(neighbour) {
        doubts[neighbour] = doubt(of: neighbour + 1, bounds)
      }
    }
    return doubts.indices.map { FoundChange(index: bounds[$0 + 1], p: doubts[$0], kind: .step) }
  }

  /// The p of a change; above 1 for one too small or between too few values.
  private func doubt(of at: Int, _ bounds: [Int]) -> Double {
    let (difference, p) = test.result(bounds[at - 1], bounds[at], bounds[at + 1])
    let isShort =
      (at > 1 && bounds[at] - bounds[at - 1] < ChangePointSearch.shortest)
      || (at + 2 < bounds.count && bounds[at + 1] - bounds[at] < ChangePointSearch.shortest)
    return isShort || abs(difference) < floor ? 1 + max(0, floor - abs(difference)) : p
  }
}
