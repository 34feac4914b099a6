internal import Glibc

/// Whether a whole series is told by one straight line as well as by its levels: a trend is no staircase.
struct TrendVeto {
  /// A residual counts for at most this many scales.
  private static let clip = 3.0

  /// What the line costs more than the levels, in variances of the noise, spikes clipped.
  let excess: Double
  private let allowance: Double

  /// Whether the line does as well. A change may cost ln n, half of what Schwarz' criterion asks for its place and
  /// its level.
  var holds: Bool { excess < allowance }

  /// Compares a line with the levels between changes.
  init(of series: LevelSeries, changes: [Int]) {
    let levels = series.levels
    var fit: [Double] = []
    for (start, end) in zip([0] + changes, changes + [levels.count]) {
      let level = median(of: levels[start..<end])
      fit += Array(repeating: level, count: end - start)
    }
    let residuals = levels.indices.map { levels[$0] - fit[$0] }
    let spread = 1.4826 * median(of: residuals.map { abs($0) })
    let scale = max(spread, 0.5 * series.noise)
    let bound = TrendVeto.clip * scale
    func loss(_ residual: Double) -> Double { min(residual * residual, bound * bound) / (scale * scale) }
    let line = StraightLine(through: levels.indices.map { fit[$0] + min(max(residuals[$0], -bound), bound) })
    let others = levels.indices.map { levels[$0] - line[$0] }
    let centre = median(of: others)
    excess = others.reduce(0) { $0 + loss($1 - centre) } - residuals.reduce(0) { $0 + loss($1) }
    allowance = Double(changes.count) * log(Double(levels.count))
  }
}
