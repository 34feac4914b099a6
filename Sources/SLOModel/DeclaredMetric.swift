/// What a team declares of a custom metric whose name does not say it: `cdn_hit_rate: { unit: percent, better: higher }`.
public struct DeclaredMetric: Sendable, Hashable {
  /// The unit its values come in; nil where the declaration does not say.
  public var unit: SourceUnit?
  /// Which way it is better; nil where the declaration does not say.
  public var better: Direction?

  /// Declares a metric.
  public init(unit: SourceUnit? = nil, better: Direction? = nil) {
    (self.unit, self.better) = (unit, better)
  }
}

/// The custom metrics that are declared, by their name without tags.
public typealias DeclaredMetrics = [String: DeclaredMetric]

extension MetricCatalogue {
  /// The unit the values of a custom metric come in: as it is declared, else what k6 says it contains, else what the
  /// end of its name says. Nil where none of them tells.
  /// - Parameters:
  ///   - metric: the name; tags are ignored.
  ///   - contents: the canonical unit k6 gives its values in (`contains: time` or `data`), where it says one.
  ///   - declared: the declarations of the budget files.
  public static func sourceUnit(
    ofCustom metric: String, contents: Unit? = nil, declared: DeclaredMetrics = [:]
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
  public static func direction(
    ofCustom metric: String, kind: MetricTraits.Kind, declared: DeclaredMetrics
  ) -> Direction? {
    let base = MetricName.base(of: metric)
    return declared[base]?.better ?? guessedDirection(ofCustom: base, kind: kind)
  }
}
