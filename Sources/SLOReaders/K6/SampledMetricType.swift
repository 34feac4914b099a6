public import SLOModel

/// The types of metrics that a load script has; the raw values are the words results and `--metric-type` say.
public enum SampledMetricType: String, Sendable, Hashable, CaseIterable {
  /// A distribution of samples.
  case trend
  /// A share of non-zero samples.
  case rate
  /// A running total.
  case counter
  /// A last value.
  case gauge

  /// What figures metrics of the type have.
  public var shape: MetricShape {
    switch self {
    case .trend: .distribution
    case .rate: .share
    case .counter: .total
    case .gauge: .level
    }
  }

  /// What thresholds of the script can be set on, besides the percentiles of a trend.
  package var thresholdMethods: [Statistic] {
    switch self {
    case .trend: [.average, .minimum, .maximum, .median]
    case .rate: [.rate]
    case .counter: [.count, .rate]
    case .gauge: [.value]
    }
  }

  /// The type of metrics of a shape; nil for a shape that scripts do not have.
  package init?(_ shape: MetricShape) {
    guard let type = SampledMetricType.allCases.first(where: { $0.shape == shape }) else { return nil }
    self = type
  }
}
