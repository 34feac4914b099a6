public import SLOModel

/// How inputs are read.
///
/// ```swift
/// var options = ReadOptions(endpointTag: "route", discard: 30)
/// options.naming = NamingRules(hosts: ["admin.example": "admin"])
/// ```
public struct ReadOptions: Sendable {
  /// A tag that names endpoints before the usual ones do.
  public var endpointTag: String?
  /// A tag of raw samples whose values are kept apart within every endpoint: `scenario`.
  public var splitTag: String?
  /// How much of the beginning of raw samples is left out, from the first sample on, in seconds.
  public var discard: Double
  /// The groups of raw samples that are left out with all inside them: `::setup`.
  public var discardedGroups: [String] = []
  /// The kinds of custom metrics, for raw samples that do not declare them.
  public var metricKinds: [String: SampledMetricType]
  /// The custom metrics whose unit or direction is declared.
  package var metrics: DeclaredMetrics = [:]
  /// Whether a load of a single iteration is one to judge, by profile: elsewhere it applied no load.
  public var takesSingleIterations: @Sendable (String) -> Bool = { _ in false }
  /// What budget files say about the names of endpoints and pages.
  public var naming: NamingRules
  /// What else is wanted of raw samples; asked for when the first of them is read.
  public var demand: @Sendable () -> SampleDemand
  /// Takes reports of progress, of raw samples only.
  public var progress: ReadProgress.Handler?

  /// Creates options.
  public init(
    endpointTag: String? = nil, splitTag: String? = nil, discard: Double = 0,
    metricKinds: [String: SampledMetricType] = [:], naming: NamingRules = NamingRules(),
    demand: @escaping @Sendable () -> SampleDemand = { SampleDemand() }, progress: ReadProgress.Handler? = nil
  ) {
    self.endpointTag = endpointTag
    self.splitTag = splitTag
    self.discard = discard
    self.metricKinds = metricKinds
    self.naming = naming
    self.demand = demand
    self.progress = progress
  }
}
