/// Drops, the least certain first, every change whose two neighbours one straight line fits as well as two levels
/// do.
struct LineVeto {
  private let values: [Double]

  /// Prepares the veto.
  init(of values: [Double]) { self.values = values }

  /// The changes left of rising ones, none at an end of the series.
  func kept(_ changes: [Int]) -> [Int] {
    var bounds = [0] + changes + [values.count]
    var ratios = changes.indices.map { ratio(bounds[$0], bounds[$0 + 1], bounds[$0 + 2]) }
    while let worst = ratios.max(), worst > 1, let at = ratios.firstIndex(of: worst) {
      bounds.remove(at: at + 1)
      ratios.remove(at: at)
      for near in [at - 1, at] where ratios.indices.contains(near) {
        ratios[near] = ratio(bounds[near], bounds[near + 1], bounds[near + 2])
      }
    }
    return Array(bounds.dropFirst().dropLast())
  }

  /// The squared error about two levels over that about one line.
  private func ratio(_ start: Int, _ change: Int, _ end: Int) -> Double {
    let line = StraightLine(through: values[start..<end])
    let error = (start..<end).reduce(0.0) { sum, index in
      let residual = values[index] - line[index - start]
      return sum + residual * residual
    }
    let levels = squaredError(start, change) + squaredError(change, end)
    return error > 0 ? levels / error : .infinity
  }

  private func squaredError(_ start: Int, _ end: Int) -> Double {
    let mean = values[start..<end].reduce(0, +) / Double(end - start)
    return values[start..<end].reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
