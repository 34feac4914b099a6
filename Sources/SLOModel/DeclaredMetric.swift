/// What a team declares of a custom metric whose name does not say it: `cdn_hit_rate: { unit: percent, better: higher }`.
package struct DeclaredMetric: Sendable, Hashable {
  /// The unit its values come in; nil where the declaration does not say.
  package var unit: SourceUnit?
  /// Which way it is better; nil where the declaration does not say.
  package var better: Direction?

  /// Declares a metric.
  package init(unit: SourceUnit? = nil, better: Direction? = nil) {
    (self.unit, self.better) = (unit, better)
  }
}

/// The custom metrics that are declared, by their name without tags.
package typealias DeclaredMetrics = [String: DeclaredMetric]
