/// One value of one series, as one result file gave it.
///
/// ```swift
/// let latency = MetricValue(
///   series: Series(profile: "baseline", endpoint: "/orders", metric: "http_req_duration", statistic: .p95),
///   value: 231.5, unit: .milliseconds, better: .lower)
/// ```
public struct MetricValue: Sendable, Hashable {
  /// What was measured.
  public var series: Series
  /// The value in `unit`; always finite: what a tool could not compute is absent, never zero.
  public var value: Double
  /// The canonical unit.
  public var unit: MetricUnit
  /// Which way is better, nil where neither is (a number of virtual users).
  public var better: Direction?
  /// How many observations the value rests on (requests of a percentile, trials of a rate), where known.
  public var samples: Int?

  /// Creates a measurement.
  public init(
    series: Series, value: Double, unit: MetricUnit, better: Direction? = nil, samples: Int? = nil
  ) {
    self.series = series
    self.value = value
    self.unit = unit
    self.better = better
    self.samples = samples
  }
}
