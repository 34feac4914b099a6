internal import Glibc

/// The cheapest path of levels through a series: a value costs its squared distance from the level in units of
/// noise, but never more than a spike may, and a change of level costs a penalty.
///
/// The loss is the biweight one of Fearnhead & Rigaill, "Changepoint detection in the presence of outliers"
/// (JASA 114, 2019): an excursion shorter than twice the penalty over the largest loss is never worth its two
/// changes. Levels are taken from a grid, so the recursion is Viterbi's. Of every level on it only the start
/// of its last stretch is kept: memory grows with the values, not with values times levels.
struct LevelPath {
  /// A value farther from the level than this many noises costs no more.
  static let clip = 3.0
  /// The penalty of a change over ln n; 2 is where noise alone stops making changes (Yao 1988), and 4 leaves room
  /// for noise that is neither normal nor white.
  private static let penalty: Float = 4
  private static let lanes = 8

  /// The indices of the first values of new levels, rising.
  let changes: [Int]

  /// Finds the path.
  init(of series: LevelSeries) {
    let levels = series.levels
    let origin = SortedSample(sorting: levels).median
    let unit = 1 / series.noise.scale
    let grid = LevelGrid(of: levels).levels.map { Float(($0 - origin) * unit) }
    let values = levels.map { Float(($0 - origin) * unit) }
    changes = LevelPath.changes(of: values, on: grid, penalty: LevelPath.penalty * log(Float(levels.count)))
  }

  private typealias Costs = SIMD8<Float>
  private typealias Places = SIMD8<Int32>

  /// Costs are kept relative to the cheapest path so far, which keeps them small and single precision enough.
  private static func changes(of values: [Float], on grid: [Float], penalty: Float) -> [Int] {
    let states = stride(from: 0, to: grid.count, by: lanes).map { first in
      Costs((0..<lanes).map { grid[min(first + $0, grid.count - 1)] })
    }
    let worst = Costs(repeating: Float(clip * clip))
    let cut = Costs(repeating: penalty)
    var costs = Array(repeating: Costs.zero, count: states.count)
    var starts = Array(repeating: Places.zero, count: states.count)
    var cheapest = (cost: Float.zero, start: Int32.zero)
    var startBefore = Array(repeating: Int32.zero, count: values.count)
    for time in values.indices {
      startBefore[time] = cheapest.start
      let lowest = Costs(repeating: cheapest.cost)
      let value = Costs(repeating: values[time])
      let now = Places(repeating: Int32(time))
      var best = Costs(repeating: .infinity)
      var bestStarts = Places.zero
      for state in states.indices {
        let kept = costs[state] - lowest
        let start = starts[state].replacing(with: now, where: kept .> cut)
        let distance = value - states[state]
        let cost = pointwiseMin(kept, cut) + pointwiseMin(distance * distance, worst)
        costs[state] = cost
        starts[state] = start
        bestStarts.replace(with: start, where: cost .< best)
        best = pointwiseMin(best, cost)
      }
      let lane = best.indices.min { best[$0] < best[$1] } ?? 0
      cheapest = (best[lane], bestStarts[lane])
    }
    var changes: [Int] = []
    var start = Int(cheapest.start)
    while start > 0 {
      changes.append(start)
      start = Int(startBefore[start])
    }
    return changes.reversed()
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
    levels = (0..<LevelGrid.largest).map { grid[Int((Double($0) * step).rounded())] }
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
