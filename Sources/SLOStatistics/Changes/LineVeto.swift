/// Drops, the least certain first, every change whose two neighbours one straight line fits as well as two levels
/// do.
struct LineVeto {
  private let values: [Double]

  /// Prepares the veto.
  init(of values: [Double]) { self.values = values }

  /// The changes left of rising ones, none at an end of the series.
  func kept(_ changes: [Int]) -> [Int] {
    var bounds = [0] + changes + [values.count]
    func ratio(_ at: Int) -> Double {
      LineVeto.ratio(of: values[bounds[at]..<bounds[at + 2]], change: bounds[at + 1])
    }
    var ratios = changes.indices.map(ratio)
    while let worst = ratios.max(), worst > 1, let at = ratios.firstIndex(of: worst) {
      bounds.remove(at: at + 1)
      ratios.remove(at: at)
      for near in [at - 1, at] where ratios.indices.contains(near) { ratios[near] = ratio(near) }
    }
    return Array(bounds.dropFirst().dropLast())
  }

  /// The squared error of values about two levels over that about one line.
  static func ratio(of values: ArraySlice<Double>, change: Int) -> Double {
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
