package import SLOModel

/// Which recorded series are asked for, and over which commits. What is left out restricts nothing.
package struct SeriesQuery: Sendable {
  /// The service.
  package var service: String?
  /// The profile.
  package var profile: String?
  /// `Environment.fingerprint` of the sizing, the conditions of single readings included.
  package var environmentFingerprint: String?
  /// The branch the runs were measured on.
  package var branch: String?
  /// The commits that count, newest first, in git's order; nil: every commit, in the order of time.
  package var commits: [String]?
  /// Only commits at this time or later.
  package var since: Timestamp?
  /// The most commits of a cohort to take, the newest ones.
  package var limit: Int?
  /// The endpoints, any of these.
  package var endpoints: [EndpointPattern] = []
  /// The figures, any of these. A percentile that no run was asked for comes from the runs' sketches.
  package var figures: [MetricFigure] = []

  /// Asks for everything.
  package init() {}
}

/// What was measured of one service under one profile at one sizing, commit by commit.
package struct CohortHistory: Sendable, Hashable {
  /// The service.
  package var service: String
  /// The profile.
  package var profile: String
  /// The sizing, under the name it was last recorded with.
  package var environment: Environment
  /// The commits, oldest first.
  package var commits: [ReferenceCommit]
  /// The series asked for that have any value in these commits, in order.
  package var series: [SeriesHistory]

  /// Creates a history.
  package init(
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
package struct SeriesHistory: Sendable, Hashable {
  /// The series.
  package var series: Series
  /// The unit of its values.
  package var unit: MetricUnit
  /// Which way it is better, nil where neither is known to be.
  package var better: Direction?
  /// Its values, oldest first; a commit that has none is absent.
  package var values: [ReferenceValue]
  /// Whether any value was read off a sketch, to within `QuantileSketch.accuracy`, because its run was not asked
  /// for this percentile.
  package var isEstimated: Bool

  /// Creates a history.
  package init(
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
package struct DistributionHistory: Sendable, Hashable {
  /// The service.
  package var service: String
  /// The profile.
  package var profile: String
  /// The sizing, under the name it was last recorded with.
  package var environment: Environment
  /// The endpoint, or `Series.wholeRun`.
  package var endpoint: String
  /// The metric, spelled as in `Series.metric`.
  package var metric: String
  /// The unit of its samples.
  package var unit: MetricUnit
  /// Which way it is better, nil where neither is known to be.
  package var better: Direction?
  /// One for each commit that has any, oldest first.
  package var distributions: [ReferenceDistribution]

  /// Creates a history.
  package init(
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
