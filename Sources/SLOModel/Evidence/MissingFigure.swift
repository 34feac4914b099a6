/// A figure that a limit asks for and the results do not have.
package struct MissingFigure: Sendable, Hashable {
  /// The figure.
  package var series: Series
  /// Whether the subject has other statistics of the metric.
  package var hasMetric: Bool
  /// The format of the profile's first result; nil where none was given.
  package var format: String?
  /// The percentiles that budgets ask for of the profile.
  package var percentiles: Set<Statistic>

  /// What it is of, behind the name of a metric: ` of checkout`; nothing where that is the run as a whole.
  package var ofSubject: String { series.endpoint == Series.wholeRun ? "" : " of \(series.endpoint)" }

  /// Describes what is missing.
  package init(series: Series, hasMetric: Bool, format: String?, percentiles: Set<Statistic>) {
    (self.series, self.hasMetric, self.format) = (series, hasMetric, format)
    self.percentiles = percentiles
  }
}
