/// What values of a metric mean: which figures there are, their unit, and which way they are better.
public struct MetricTraits: Hashable, Sendable {
  /// What figures it has.
  public var shape: MetricShape
  /// The unit of its values (of a distribution's percentiles, a level's value, a total).
  public var unit: MetricUnit
  /// Which way is better, nil where neither is.
  public var better: Direction?

  /// Creates traits.
  public init(_ shape: MetricShape, _ unit: MetricUnit, better: Direction?) {
    (self.shape, self.unit, self.better) = (shape, unit, better)
  }

  /// The unit of one statistic: a distribution's `count` is a count, a total's `rate` is per second.
  public func unit(of statistic: Statistic) -> MetricUnit { shape.unit(of: statistic, in: unit) }

  /// Which way one statistic is better: the number of samples of a distribution has no better way.
  public func better(of statistic: Statistic) -> Direction? { shape.better(of: statistic, by: better) }
}

/// One metric, said once: all that budgets, gate, reports, exports and the schema ask about it.
///
/// ```swift
/// let duration = Metric(
///   "http_req_duration", MetricTraits(.distribution, .milliseconds, better: .lower), tracking: .always,
///   suggested: [.p95, .p99])
/// ```
public struct Metric: Sendable {
  /// Whether a metric that no budget names is held against the history.
  public enum Tracking: Sendable, Hashable {
    /// In every run, by the statistics its shape tracks.
    case always
    /// Of the run as a whole alone: of a total an endpoint has a part only.
    case ofWholeRun
    /// Where the run has nothing better to go by; see `EvidenceKind.standsFor`.
    case asSubstitute
    /// Never.
    case never
  }

  /// Its name, as in `Series.metric`.
  public let name: String
  /// What its values mean.
  public let traits: MetricTraits
  /// The short names that budgets have for one of its statistics: `lcp`, `error_rate`.
  public let aliases: [String: Statistic]
  /// The smallest change that can matter, in its unit; nil where its unit alone decides.
  public let floor: Double?
  /// Whether it is held against the history where no budget names it.
  public let tracking: Tracking
  /// The statistics that a suggested budget limits.
  public let suggested: [Statistic]
  /// What reports call a statistic, where that is another name than `METRIC.STATISTIC`.
  public let labels: Labels

  /// What reports call the statistics of a metric.
  public enum Labels: Sendable, Hashable {
    /// `METRIC.STATISTIC`, and the name alone for a value.
    case full
    /// The statistic alone: `p95`.
    case statistic
    /// The name alone for the statistic that a name alone stands for.
    case name
    /// A word of its own for the statistic that a name alone stands for, `METRIC.STATISTIC` for others.
    case word(String, Statistic)
  }

  /// Describes a metric.
  public init(
    _ name: String, _ traits: MetricTraits, aliases: [String: Statistic] = [:], floor: Double? = nil,
    tracking: Tracking = .never, suggested: [Statistic] = [], labels: Labels = .full
  ) {
    (self.name, self.traits, self.aliases, self.floor) = (name, traits, aliases, floor)
    (self.tracking, self.suggested, self.labels) = (tracking, suggested, labels)
  }

  /// What reports call one of its statistics.
  public func label(of statistic: Statistic) -> String {
    switch labels {
    case .statistic: statistic.rawValue
    case .name where statistic == traits.shape.sole: name
    case .word(let word, let own) where statistic == own: word
    default: Metric.label(of: name, statistic)
    }
  }

  /// What reports call a statistic of a metric that nothing is known of.
  public static func label(of name: String, _ statistic: Statistic) -> String {
    statistic == .value ? name : "\(name).\(statistic)"
  }
}
