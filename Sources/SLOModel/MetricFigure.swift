extension Series {
  /// What it is of, whatever has it.
  package var figure: MetricFigure { MetricFigure(metric, statistic) }
}

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

  /// Names a figure in a list of them.
  package init(_ metric: String, _ statistic: Statistic) { self.init(metric: metric, statistic: statistic) }
}
