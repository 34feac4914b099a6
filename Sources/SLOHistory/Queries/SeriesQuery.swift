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

/// What was measured of one service under one profile at one sizing, commit by commit.
public struct CohortHistory: Sendable, Hashable {
  /// The service.
  public var service: String
  /// The profile.
  public var profile: String
  /// The sizing, under the name it was last recorded with.
  public var environment: Environment
  /// The commits, oldest first.
  public var commits: [ReferenceCommit]
  /// The series asked for that have any value in these commits, in order.
  public var series: [SeriesHistory]

  /// Creates a history.
  public init(
    service: String, profile: String, environment: Environment, commits: [ReferenceCommit],
    series: [SeriesHistory]
  ) {
    self.service = service
    self.profile = profile
    self.environment = environment
    self.commits = commits
    self.series = series
  }
}

/// One series over the commits of its cohort.
public struct SeriesHistory: Sendable, Hashable {
  /// The series.
  public var series: Series
  /// The unit of its values.
  public var unit: MetricUnit
  /// Which way it is better, nil where neither is known to be.
  public var better: Direction?
  /// Its values, oldest first; a commit that has none is absent.
  public var values: [ReferenceValue]
  /// Whether any value was read off a sketch, to within `QuantileSketch.accuracy`, because its run was not asked
  /// for this percentile.
  public var isEstimated: Bool

  /// Creates a history.
  public init(
    series: Series, unit: MetricUnit, better: Direction?, values: [ReferenceValue], isEstimated: Bool = false
  ) {
    self.series = series
    self.unit = unit
    self.better = better
    self.values = values
    self.isEstimated = isEstimated
  }
}

/// One metric of one endpoint in one cohort, sample by sample, commit by commit.
public struct DistributionHistory: Sendable, Hashable {
  /// The service.
  public var service: String
  /// The profile.
  public var profile: String
  /// The sizing, under the name it was last recorded with.
  public var environment: Environment
  /// The endpoint, or `Series.wholeRun`.
  public var endpoint: String
  /// The metric, spelled as in `Series.metric`.
  public var metric: String
  /// The unit of its samples.
  public var unit: MetricUnit
  /// Which way it is better, nil where neither is known to be.
  public var better: Direction?
  /// One for each commit that has any, oldest first.
  public var distributions: [ReferenceDistribution]

  /// Creates a history.
  public init(
    service: String, profile: String, environment: Environment, endpoint: String, metric: String,
    unit: MetricUnit, better: Direction?, distributions: [ReferenceDistribution]
  ) {
    self.service = service
    self.profile = profile
    self.environment = environment
    self.endpoint = endpoint
    self.metric = metric
    self.unit = unit
    self.better = better
    self.distributions = distributions
  }
}
