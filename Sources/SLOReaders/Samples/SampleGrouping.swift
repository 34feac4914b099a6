internal import SLOModel

/// How samples are put together into series.
struct SampleGrouping: Sendable {
  /// The tags that name endpoints, the first first.
  var endpointTags: [String]
  /// A tag whose values are kept apart within every endpoint; nil for none.
  var splitTag: String?
  /// Further series asked for.
  var selections: [SampleDemand.Selection] = []

  /// The tags that name endpoints unless told otherwise. Groups and scenarios hold several endpoints: they
  /// have series of their own where a script declares them or a budget names them.
  static let endpointTags = ["endpoint", "route", "name", "url"]

  /// What samples that fall together have in common. Samples of one group are in exactly the same series.
  struct Group: Hashable {
    /// The metric.
    var metric: String
    /// The endpoint; nil where no tag names one.
    var endpoint: Endpoint?
    /// The tag `expected_response`.
    var isExpected: Bool?
    /// The value of the tag that is kept apart.
    var split: String?
    /// The tags by which the samples were selected.
    var selected: [[String: String]]
  }

  /// An endpoint, and the tag that named it.
  struct Endpoint: Hashable {
    var tag: String
    var name: String
    /// The host in the URL that named it.
    var host: String?

    /// Stands for all endpoints that are too many to be told apart.
    static let other = Endpoint(tag: "", name: "(other)")
  }

  /// The group of samples of a metric with these tags.
  func group(metric: String, tags: [String: String]) -> Group {
    Group(
      metric: metric, endpoint: endpoint(of: tags),
      isExpected: tags["expected_response"].map { $0 == "true" },
      split: splitTag.flatMap { tags[$0] }, selected: selected(metric, tags))
  }

  /// By the first tag that is there and not empty.
  private func endpoint(of tags: [String: String]) -> Endpoint? {
    for tag in endpointTags {
      guard let value = tags[tag], !value.isEmpty else { continue }
      // k6 itself puts the URL into these two.
      guard tag == "name" || tag == "url" else { return Endpoint(tag: tag, name: value) }
      let collapsed = EndpointName(collapsing: value)
      return Endpoint(tag: tag, name: collapsed.name, host: collapsed.host)
    }
    return nil
  }

  private func selected(_ metric: String, _ tags: [String: String]) -> [[String: String]] {
    let matching = selections.filter { selection in
      (selection.metric ?? metric) == metric
        && selection.tags.allSatisfy { tag, pattern in tags[tag].map(pattern.matches) ?? false }
    }
    return matching.map { $0.tags.reduce(into: [:]) { $0[$1.key] = tags[$1.key] } }
  }
}
