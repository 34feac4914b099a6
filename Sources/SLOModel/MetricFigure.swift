extension Series {
  /// What it is of, whatever has it.
  package var figure: MetricFigure { MetricFigure(metric, statistic) }
}

/// One figure, of whatever endpoint or page.
package struct MetricFigure: Sendable, Hashable {
  /// The metric, spelled as in `Series.metric`.
  package var metric: String
  /// The statistic.
  package var statistic: Statistic

  /// Names a figure.
  package init(metric: String, statistic: Statistic) {
    self.metric = metric
    self.statistic = statistic
  }

  /// Names a figure in a list of them.
  package init(_ metric: String, _ statistic: Statistic) { self.init(metric: metric, statistic: statistic) }
}
