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
