/// A figure that a limit asks for and the results do not have.
public struct MissingFigure: Sendable, Hashable {
  /// The figure.
  public var series: Series
  /// Whether the subject has other statistics of the metric.
  public var hasMetric: Bool
  /// The format of the profile's first result; nil where none was given.
  public var format: String?
  /// The percentiles that budgets ask for of the profile.
  public var percentiles: Set<Statistic>

  /// Describes what is missing.
  public init(series: Series, hasMetric: Bool, format: String?, percentiles: Set<Statistic>) {
    (self.series, self.hasMetric, self.format) = (series, hasMetric, format)
    self.percentiles = percentiles
  }
}
