public import SLOModel

/// Which recorded series are asked for, and over which commits. What is left out restricts nothing.
public struct SeriesQuery: Sendable {
  /// The service.
  public var service: String?
  /// The profile.
  public var profile: String?
  /// `Environment.fingerprint` of the sizing, the conditions of single readings included.
  public var environmentFingerprint: String?
  /// The branch the runs were measured on.
  public var branch: String?
  /// The commits that count, newest first, in git's order; nil: every commit, in the order of time.
  public var commits: [String]?
  /// Only commits at this time or later.
  public var since: Timestamp?
  /// The most commits of a cohort to take, the newest ones.
  public var limit: Int?
  /// The endpoints, any of these.
  public var endpoints: [EndpointPattern] = []
  /// The figures, any of these. A percentile that no run was asked for comes from the runs' sketches.
  public var figures: [MetricFigure] = []

  /// Asks for everything.
  public init() {}
}
