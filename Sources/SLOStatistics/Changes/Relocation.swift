/// Moves changes to where two levels fit best: the path had to take its levels from a grid.
struct Relocation {
  /// So many places a change may move.
  private static let reach = 6
  /// So many values a side tell its level.
  private static let side = 40

  private let levels: [Double]
  private let unit: Double

  /// Prepares the moving.
  init(of series: LevelSeries) {
    levels = series.levels
    unit = 1 / series.noise
  }

  /// Changes, moved in two rounds since each leans on its neighbours.
  func moved(_ changes: [Int]) -> [Int] {
    var changes = changes
    for _ in 0..<2 {
      for at in changes.indices {
        let low = at > 0 ? changes[at - 1] : 0
        let high = at + 1 < changes.count ? changes[at + 1] : levels.count
        changes[at] = best(near: changes[at], between: low, and: high)
      }
    }
    return changes
  }

  private func best(near change: Int, between low: Int, and high: Int) -> Int {
    let left = median(of: levels[max(low, change - Relocation.side)..<change])
    let right = median(of: levels[change..<min(high, change + Relocation.side)])
    let first = max(low + 1, change - Relocation.reach)
    let last = min(high - 1, change + Relocation.reach)
    var (cost, lowest, place) = (0.0, 0.0, first)
    for index in first..<last {
      cost += loss(levels[index] - left) - loss(levels[index] - right)
      if cost < lowest { (lowest, place) = (cost, index + 1) }
    }
    return place
  }

  private func loss(_ distance: Double) -> Double {
    let noises = min(abs(distance) * unit, LevelPath.clip)
    return noises * noises
  }
}
