/// The canonical unit of a value: every reader converts to it, every limit is compared in it.
public enum MetricUnit: String, Sendable, Hashable, CaseIterable {
  /// Time in milliseconds.
  case milliseconds = "ms"
  /// Data in bytes.
  case bytes = "B"
  /// A share between 0 and 1.
  case ratio
  /// Events (or bytes) per second.
  case perSecond = "/s"
  /// A number of things.
  case count
  /// A score between 0 and 1.
  case score
  /// A number without a unit, such as a layout shift.
  case unitless
}

/// Which way a metric is better.
public enum Direction: String, Sendable, Hashable, CaseIterable {
  /// Less is better: latency, errors, sizes.
  case lower
  /// More is better: throughput, success rates, scores.
  case higher
}
