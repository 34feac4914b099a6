internal import Glibc

/// Sums of values and of their squares, for the squared error of any stretch.
struct RunningSums {
  private var sums = [0.0]
  private var squares = [0.0]

  /// Adds up values; they should lie about zero.
  init(_ values: [Double]) {
    for value in values {
      sums.append(sums[sums.count - 1] + value)
      squares.append(squares[squares.count - 1] + value * value)
    }
  }

  /// The squared error of a stretch about its mean.
  func error(_ start: Int, _ end: Int) -> Double {
    let sum = sums[end] - sums[start]
    return max(0, squares[end] - squares[start] - sum * sum / Double(end - start))
  }
}

/// The exact least-squares segmentation of a standardised series (Killick, Fearnhead & Eckley, "Optimal detection
/// of changepoints with a linear computational cost", JASA 2012).
struct LeastSquaresSegmentation {
  private static let penalty = 4.0
  private static let shortest = 2

  private(set) var changes: [Int] = []

  init(of levels: [Double]) {
    let count = Double(levels.count)
    let mean = levels.reduce(0, +) / count
    let variance = levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
    let sums = RunningSums(levels.map { ($0 - mean) / variance.squareRoot() })
    let penalty = LeastSquaresSegmentation.penalty * log(count)
    let slack = 2 * log(count)
    var costs = Array(repeating: Double.infinity, count: levels.count + 1)
    costs[0] = -penalty
    var previous = Array(repeating: 0, count: levels.count + 1)
    var candidates: [(start: Int, cost: Double)] = []
    for end in LeastSquaresSegmentation.shortest...levels.count {
      candidates.append((end - LeastSquaresSegmentation.shortest, 0))
      for at in candidates.indices {
        let start = candidates[at].start
        candidates[at].cost = costs[start] + sums.error(start, end)
        let cost = candidates[at].cost + log(Double(end - start)) + penalty
        if cost < costs[end] { (costs[end], previous[end]) = (cost, start) }
      }
      candidates.removeAll { $0.cost > costs[end] + slack }
    }
    var end = previous[levels.count]
    while end > 0 {
      changes.append(end)
      end = previous[end]
    }
    changes.reverse()
  }
}

/// Drops, the least certain first, every change whose two neighbours one straight line fits as well as two levels.
struct LineVeto {
  let levels: [Double]

  init(of levels: [Double]) { self.levels = levels }

  func keep(_ changes: [Int]) -> [Int] {
    var bounds = [0] + changes + [levels.count]
    var ratios = (1..<bounds.count - 1).map { ratio(bounds[$0 - 1], bounds[$0], bounds[$0 + 1]) }
    while let worst = ratios.max(), worst > 1 {
      let at = ratios.firstIndex(of: worst) ?? 0
      ratios.remove(at: at)
      bounds.remove(at: at + 1)
      for near in [at - 1, at] where ratios.indices.contains(near) {
        ratios[near] = ratio(bounds[near], bounds[near + 1], bounds[near + 2])
      }
    }
    return Array(bounds.dropFirst().dropLast())
  }

  /// The squared error about two levels relative to that about one line.
  private func ratio(_ start: Int, _ change: Int, _ end: Int) -> Double {
    let two = error(start, change) + error(change, end)
    let middle = Double(end - start - 1) / 2
    let mean = levels[start..<end].reduce(0, +) / Double(end - start)
    var (squares, products, spread) = (0.0, 0.0, 0.0)
    for index in start..<end {
      let (x, y) = (Double(index - start) - middle, levels[index] - mean)
      squares += y * y
      products += x * y
      spread += x * x
    }
    let line = squares - products * products / spread
    return line > 0 ? two / line : .infinity
  }

  private func error(_ start: Int, _ end: Int) -> Double {
    let mean = levels[start..<end].reduce(0, +) / Double(end - start)
    return levels[start..<end].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
