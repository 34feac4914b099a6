/// One figure, of whatever endpoint or page.
public struct MetricFigure: Sendable, Hashable {
  /// The metric, spelled as in `Series.metric`.
  public var metric: String
  /// The statistic.
  public var statistic: Statistic

  /// Names a figure.
  public init(metric: String, statistic: Statistic) {
    self.metric = metric
    self.statistic = statistic
  }
}
