/// What a value is a point of: one statistic of one metric of one endpoint under one profile.
///
/// Percentiles, audits and sizes are distinguished by these four names and nothing else,
/// so budgets, regressions and reports are written once.
///
/// ```swift
/// let series = Series(profile: "baseline", endpoint: "/orders", metric: "http_req_duration", statistic: .p95)
/// ```
public struct Series: Hashable, Sendable, Comparable {
  /// The profile: `baseline`, `spike`, a form factor ….
  public var profile: String
  /// The endpoint or page, or `Series.wholeRun`.
  public var endpoint: String
  /// The metric by the name its tool gives it, with normalised tags: `http_req_duration{method:GET}`.
  public var metric: String
  /// The statistic of that metric.
  public var statistic: Statistic

  /// The endpoint that stands for the run as a whole.
  public static let wholeRun = "*"

  /// Names a series.
  public init(profile: String, endpoint: String = Series.wholeRun, metric: String, statistic: Statistic) {
    self.profile = profile
    self.endpoint = endpoint
    self.metric = metric
    self.statistic = statistic
  }

  /// Without the profile: the series of one set are nearly all of one or two profiles.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(endpoint)
    hasher.combine(metric)
    hasher.combine(statistic.rawValue)
  }

  /// By profile, the whole run before its endpoints, then metric and statistic.
  public static func < (left: Series, right: Series) -> Bool {
    if left.profile != right.profile { return left.profile < right.profile }
    if left.endpoint != right.endpoint {
      if (left.endpoint == wholeRun) != (right.endpoint == wholeRun) { return left.endpoint == wholeRun }
      return left.endpoint < right.endpoint
    }
    return left.metric == right.metric ? left.statistic < right.statistic : left.metric < right.metric
  }
}
