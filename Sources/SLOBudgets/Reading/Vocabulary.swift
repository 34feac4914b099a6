internal import SLOModel
internal import SLOReaders

/// What is known beyond the files when they are read: which tags name endpoints, which metrics results have.
struct Vocabulary: Sendable {
  /// The tags that name an endpoint, the strongest first.
  let endpointTags: [String]
  /// The custom metrics that the files declare.
  var declared: DeclaredMetrics = [:]
  /// The units that results have of custom metrics, by base name; of what is not counted and no share.
  private(set) var units: [String: Set<MetricUnit>] = [:]
  /// The base names of the metrics each measured profile has; nil where there are no results to judge by.
  private let metrics: [String: Set<String>]?
  /// The same with their tags, as they were given.
  private let taggedMetrics: [String: Set<String>]

  init(
    knownMetrics: [String: Set<String>]? = nil, knownUnits: [String: Set<MetricUnit>] = [:],
    endpointTag: String? = nil
  ) {
    units = knownUnits
    let standard = ["endpoint", "route", "name", "url", "group", "scenario"]
    endpointTags = (endpointTag.map { [$0] } ?? []) + standard.filter { $0 != endpointTag }
    taggedMetrics = knownMetrics ?? [:]
    metrics = knownMetrics?.mapValues { Set($0.map { MetricName(parsing: $0).base }) }
  }

  /// Whether any result has a metric under exactly this name, tags and all.
  func isMeasured(series name: String) -> Bool { taggedMetrics.values.contains { $0.contains(name) } }

  /// Whether any result has a metric.
  func isMeasured(_ base: String) -> Bool { metrics?.values.contains { $0.contains(base) } ?? false }

  /// The profile somebody probably meant who named this one: it was never measured, and is almost a usual one.
  func usualProfile(misspeltAs name: String) -> String? {
    guard let metrics, metrics[name] == nil, !EvidenceKind.isEvery(name) else { return nil }
    return Profiles.misspelt(name, among: ["baseline", "spike"])
  }
}
