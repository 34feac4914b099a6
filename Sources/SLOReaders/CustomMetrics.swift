package import SLOModel

/// Metrics that only the script or the budget files of a team know.
extension MetricCatalogue {
  /// Which way a custom metric is probably better, by the words in its name; nil where the name does not say.
  package static func guessedDirection(ofCustom name: String, shape: MetricShape) -> Direction? {
    if shape == .level { return nil }
    let name = Array(name.lowercased().utf8)
    let bad = ["error", "fail", "drop", "timeout", "reject", "retr", "miss", "invalid", "lost"]
    let good = ["success", "succeed", "ok", "pass", "hit", "valid", "complete", "throughput"]
    if bad.contains(where: { contains($0, in: name) }) { return .lower }
    if shape == .distribution { return .lower }
    return good.contains { contains($0, in: name) } ? .higher : nil
  }

  /// The standard library's search goes by characters, which costs a hundred times as much.
  private static func contains(_ word: String, in name: [UInt8]) -> Bool {
    name.indices.contains { name[$0...].starts(with: word.utf8) }
  }

  /// The unit the values of a custom metric come in: as it is declared, else what its tool says it contains, else what
  /// the end of its name says. Nil where none of them says one.
  /// - Parameters:
  ///   - metric: the name; tags are ignored.
  ///   - contents: the canonical unit the tool gives its values in, where it says one.
  ///   - declared: the declarations of the budget files.
  package static func sourceUnit(
    ofCustom metric: String, contents: MetricUnit? = nil, declared: DeclaredMetrics = [:]
  ) -> SourceUnit? {
    let base = MetricName.base(of: metric)
    if let unit = declared[base]?.unit { return unit }
    switch contents {
    case .milliseconds: return SourceUnit(named: "ms")
    case .bytes: return SourceUnit(named: "B")
    default: return SourceUnit(endOf: base)
    }
  }

  /// Which way a custom metric is better: as it is declared, else by the words in its name.
  package static func direction(
    ofCustom metric: String, shape: MetricShape, declared: DeclaredMetrics
  ) -> Direction? {
    let base = MetricName.base(of: metric)
    return declared[base]?.better ?? guessedDirection(ofCustom: base, shape: shape)
  }
}
