internal import Glibc

/// The cheapest path of levels through a series: each value costs its squared distance from the level, at most
/// `clip` noises squared, and each change a penalty (Fearnhead & Rigaill, "Changepoint detection in the presence
/// of outliers", JASA 2019: biweight loss), over a grid of levels.
struct LevelPath {
  private static let clip = 3.0
  private static let penalty = 4.0
  private static let largestGrid = 400

  let levels: [Double]
  private(set) var changes: [Int] = []
  private let scale: Double
  private static let worst = clip * clip

  init(_ levels: [Double], noise: SeriesNoise) {
    self.levels = levels
    scale = noise.scale
    let penalty = LevelPath.penalty * log(Double(levels.count)) * noise.inflation
    changes = path(over: LevelPath.grid(of: levels), penalty: penalty)
  }

  /// Medians of five neighbours, thinned to quantiles.
  private static func grid(of levels: [Double]) -> [Double] {
    let last = levels.count - 1
    let medians = levels.indices.map { at in
      SortedSample(sorting: (at - 2...at + 2).map { levels[min(max($0, 0), last)] }).median
    }
    func distinct(_ sorted: [Double]) -> [Double] {
      sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
    }
    let grid = distinct(medians.sorted())
    guard grid.count > largestGrid, let sample = SortedSample(grid) else { return grid }
    return distinct((0..<largestGrid).map { sample.percentile(100 * Double($0) / Double(largestGrid - 1)) })
  }

  /// Viterbi's recursion; of every state only the start of its last level is kept.
  private func path(over grid: [Double], penalty: Double) -> [Int] {
    let inverse = 1 / scale
    var costs = Array(repeating: 0.0, count: grid.count)
    var starts = Array(repeating: 0, count: grid.count)
    var bestStarts = Array(repeating: 0, count: levels.count + 1)
    var (lowest, best) = (0.0, 0)
    for time in levels.indices {
      bestStarts[time] = starts[best]
      let cut = lowest + penalty
      (lowest, best) = (.infinity, 0)
      for state in grid.indices {
        if costs[state] > cut {
          costs[state] = cut
          starts[state] = time
        }
        let distance = (levels[time] - grid[state]) * inverse
        costs[state] += min(distance * distance, LevelPath.worst)
        if costs[state] < lowest { (lowest, best) = (costs[state], state) }
      }
    }
    var changes: [Int] = []
    var start = starts[best]
    while start > 0 {
      changes.append(start)
      start = bestStarts[start]
    }
    return changes.reversed()
  }

  /// The changes, each moved by up to six places to where two levels fit best.
  func relocated() -> [Int] {
    let reach = 6
    var changes = changes
    for _ in 0..<2 {
      for at in changes.indices {
        let change = changes[at]
        let low = at > 0 ? changes[at - 1] : 0
        let high = at + 1 < changes.count ? changes[at + 1] : levels.count
        guard low < change, change < high else { continue }
        let left = SortedSample(sorting: levels[max(low, change - 40)..<change]).median
        let right = SortedSample(sorting: levels[change..<min(high, change + 40)]).median
        let (first, last) = (max(low + 1, change - reach), min(high - 1, change + reach))
        guard first <= last else { continue }
        var (cost, lowest, place) = (0.0, 0.0, first)
        for index in first..<last {
          cost += loss(levels[index] - left) - loss(levels[index] - right)
          if cost < lowest { (lowest, place) = (cost, index + 1) }
        }
        changes[at] = place
      }
      changes = changes.indices.filter { $0 == 0 || changes[$0] != changes[$0 - 1] }.map { changes[$0] }
    }
    return changes
  }

  private func loss(_ distance: Double) -> Double {
    min(distance / scale * (distance / scale), LevelPath.worst)
  }
}
