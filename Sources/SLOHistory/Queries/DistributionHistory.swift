public import SLOModel

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
  public var unit: Unit
  /// Which way it is better, nil where neither is known to be.
  public var better: Direction?
  /// One for each commit that has any, oldest first.
  public var distributions: [ReferenceDistribution]

  /// Creates a history.
  public init(
    service: String, profile: String, environment: Environment, endpoint: String, metric: String,
    unit: Unit, better: Direction?, distributions: [ReferenceDistribution]
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
