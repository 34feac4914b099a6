internal import Glibc
internal import SLOSupport

/// The cheapest path of levels through a series: a value costs its squared distance from the level in units of
/// noise, but never more than a spike may, and a change of level costs a penalty.
///
/// The loss is the biweight one of Fearnhead & Rigaill, "Changepoint detection in the presence of outliers"
/// (JASA 114, 2019): an excursion shorter than twice the penalty over the largest loss is never worth its two
/// changes. Levels are taken from a grid, so the recursion is Viterbi's. Of every level on it only the start
/// of its last stretch is kept: memory grows with the values, not with values times levels.
struct LevelPath {
  /// A value farther from the level than this many noises costs no more.
  fileprivate static let clip = 3.0
  /// The penalty of a change over ln n; 2 is where noise alone stops making changes (Yao 1988), and 4.5 leaves room
  /// for noise that is neither normal nor white.
  private static let penalty: Float = 4.5

  /// The indices of the first values of new levels, rising.
  let changes: [Int]

  /// Finds the path.
  init(of series: LevelSeries) {
    let levels = series.levels
    let origin = median(of: levels)
    let unit = 1 / series.noise
    let grid = LevelGrid(of: levels).levels.map { Float(($0 - origin) * unit) }
    let values = levels.map { Float(($0 - origin) * unit) }
    changes = LevelPath.changes(of: values, on: grid, penalty: LevelPath.penalty * log(Float(levels.count)))
  }

  private static func changes(of values: [Float], on grid: [Float], penalty: Float) -> [Int] {
    var front = Front(levels: grid, penalty: penalty)
    var startBefore = Array(repeating: Int32.zero, count: values.count)
    for time in values.indices {
      startBefore[time] = front.start
      front.advance(to: values[time], at: Int32(time))
    }
    var changes: [Int] = []
    var start = Int(front.start)
    while start > 0 {
      changes.append(start)
      start = Int(startBefore[start])
    }
    return changes.reversed()
  }
}

/// The cheapest paths to every level at one time.
///
/// Costs are kept relative to the cheapest of all, which keeps them small and single precision enough.
private struct Front {
  typealias Costs = SIMD4<Float>
  typealias Places = SIMD4<Int32>

  private struct State {
    var level: Costs
    var cost: Costs
    var start: Places
  }

  /// Where the last level of the cheapest path starts.
  private(set) var start = Int32.zero
  private var states: [State]
  private var cheapest = Costs.zero
  private let cut: Costs
  private let worst = Costs(repeating: Float(LevelPath.clip * LevelPath.clip))

  init(levels: [Float], penalty: Float) {
    states = stride(from: 0, to: levels.count, by: Costs.scalarCount).map { first in
      let lanes = (0..<Costs.scalarCount).map { levels[min(first + $0, levels.count - 1)] }
      return State(level: Costs(lanes), cost: .zero, start: .zero)
    }
    cut = Costs(repeating: penalty)
  }

  /// Adds a value's loss to every path, after those that are too dear were left for the cheapest.
  mutating func advance(to value: Float, at time: Int32) {
    let (value, time) = (Costs(repeating: value), Places(repeating: time))
    var (best, bestStart) = (Costs(repeating: .infinity), Places.zero)
    states.withUnsafeMutableBufferPointer { states in
      for index in states.indices {
        var state = states[index]
        state.cost -= cheapest
        let isDearer = state.cost .> cut
        state.cost.replace(with: cut, where: isDearer)
        state.start.replace(with: time, where: isDearer)
        var loss = (value - state.level) * (value - state.level)
        loss.replace(with: worst, where: loss .> worst)
        state.cost += loss
        states[index] = state
        let isBest = state.cost .< best
        best.replace(with: state.cost, where: isBest)
        bestStart.replace(with: state.start, where: isBest)
      }
    }
    let lane = best.indices.min { best[$0] < best[$1] } ?? 0
    cheapest = Costs(repeating: best[lane])
    start = bestStart[lane]
  }
}

/// The levels a path may take: medians of five neighbours, which reach every level held for three values and no
/// spike.
struct LevelGrid {
  /// More levels than this are thinned to quantiles.
  private static let largest = 400

  /// Distinct levels, rising.
  let levels: [Double]

  /// Collects the levels.
  init(of values: [Double]) {
    let last = values.count - 1
    let medians = values.indices.map { at in
      LevelGrid.median(
        values[max(at - 2, 0)], values[max(at - 1, 0)], values[at], values[min(at + 1, last)],
        values[min(at + 2, last)])
    }
    let grid = LevelGrid.distinct(medians.sorted())
    guard grid.count > LevelGrid.largest else {
      levels = grid
      return
    }
    let step = Double(grid.count - 1) / Double(LevelGrid.largest - 1)
    levels = (0..<LevelGrid.largest).map { grid[Int(saturating: (Double($0) * step).rounded())] }
  }

  private static func distinct(_ sorted: [Double]) -> [Double] {
    sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
  }

  private static func median(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double) -> Double {
    // The smallest and the largest of four cannot be the median; of the other two and the fifth, the middle is.
    let low = max(min(a, b), min(c, d))
    let high = min(max(a, b), max(c, d))
    return max(min(low, high), min(max(low, high), e))
  }
}
