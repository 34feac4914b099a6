public import SLOModel

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
  public var unit: Unit
  /// Which way it is better, nil where neither is known to be.
  public var better: Direction?
  /// Its values, oldest first; a commit that has none is absent.
  public var values: [ReferenceValue]
  /// Whether any value was read off a sketch, to within `QuantileSketch.accuracy`, because its run was not asked
  /// for this percentile.
  public var isEstimated: Bool

  /// Creates a history.
  public init(
    series: Series, unit: Unit, better: Direction?, values: [ReferenceValue], isEstimated: Bool = false
  ) {
    self.series = series
    self.unit = unit
    self.better = better
    self.values = values
    self.isEstimated = isEstimated
  }
}
