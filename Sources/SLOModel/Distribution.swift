public import SLOStatistics

/// All samples of one metric of one endpoint in one run, in a sketch: what its percentiles are percentiles of.
public struct Distribution: Sendable, Hashable {
  /// The endpoint or page, or `Series.wholeRun`.
  public var endpoint: String
  /// The metric by the name its tool gives it, with normalised tags, as in `Series.metric`.
  public var metric: String
  /// The canonical unit of the samples.
  public var unit: MetricUnit
  /// Which way the metric is better, nil where neither is.
  public var better: Direction?
  /// The samples, in `unit`.
  public var sketch: QuantileSketch

  /// Creates a distribution.
  public init(
    endpoint: String = Series.wholeRun, metric: String, unit: MetricUnit, better: Direction? = nil,
    sketch: QuantileSketch
  ) {
    self.endpoint = endpoint
    self.metric = metric
    self.unit = unit
    self.better = better
    self.sketch = sketch
  }
}
