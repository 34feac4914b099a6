import SLOModel

/// The sub-metrics that distinguish requests: those of the tag of `--split-by`, those of one tag with several values,
/// and those whose tag names an endpoint that another tag has the name of. They are held against their history as what
/// they are parts of.
struct SeriesParts {
  /// What sub-metrics by one tag have in common.
  private struct Family: Hashable {
    var profile: String
    var endpoint: String
    var metric: String
    var tag: String
  }

  private var values: [Family: Set<String>] = [:]
  /// The tag whose values were asked for apart, by profile.
  private let splitTags: [String: String]

  /// The tags that name endpoints of the run.
  private static let endpointTags: Set<String> = ["endpoint", "route", "name", "url", "group", "scenario"]

  /// Looks at all series of a check.
  /// - Parameter splitTags: the tag whose values were asked for apart, by profile: each of them is a part, also where
  ///   a run has one alone.
  init(_ series: some Sequence<Series>, splitTags: [String: String]) {
    self.splitTags = splitTags
    for series in series {
      guard let (family, value) = SeriesParts.family(of: series) else { continue }
      values[family, default: []].insert(value)
    }
  }

  /// The metric a part is of; any other series' own metric.
  func whole(of series: Series) -> String {
    guard let (family, _) = SeriesParts.family(of: series) else { return series.metric }
    let isClaimed = series.endpoint == Series.wholeRun && SeriesParts.endpointTags.contains(family.tag)
    let isPart = splitTags[series.profile] == family.tag || values[family]?.count ?? 0 > 1
    return isClaimed || isPart ? family.metric : series.metric
  }

  private static func family(of series: Series) -> (Family, value: String)? {
    guard series.metric.utf8.last == UInt8(ascii: "}") else { return nil }
    let name = MetricName(parsing: series.metric)
    guard name.tags.count == 1, let (tag, value) = name.tags.first, tag != "expected_response" else {
      return nil
    }
    return (Family(profile: series.profile, endpoint: series.endpoint, metric: name.base, tag: tag), value)
  }
}
