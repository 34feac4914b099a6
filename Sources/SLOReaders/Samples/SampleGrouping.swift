internal import SLOModel

/// How samples are put together into series.
struct SampleGrouping: Sendable {
  /// The tags that name endpoints, the first first.
  var endpointTags: [String]
  /// A tag whose values are kept apart within every endpoint; nil for none.
  var splitTag: String?
  /// Further series asked for.
  let selections: [SampleDemand.Selection]
  private let index: SelectionIndex

  /// Creates a grouping.
  init(endpointTags: [String], splitTag: String? = nil, selections: [SampleDemand.Selection] = []) {
    (self.endpointTags, self.splitTag, self.selections) = (endpointTags, splitTag, selections)
    index = SelectionIndex(selections)
  }

  /// The tags that name endpoints unless told otherwise. Groups and scenarios hold several endpoints: they
  /// have series of their own where a script declares them or a budget names them.
  static let endpointTags = ["endpoint", "route", "name", "url"]

  /// The tag by which k6 tells whether a response was one the script expects.
  static let expectedTag = "expected_response"

  /// Stands for all values of the tag that is kept apart that are too many.
  static let otherSplit = "(other)"

  /// Samples that are in exactly the same series.
  struct Group: Hashable {
    /// The metric.
    var metric: String
    /// What their tags say.
    var tags: TagClass

    /// Keeps of what the tags say what is of this metric.
    init(metric: String, tags: TagClass) {
      self.metric = metric
      self.tags = tags
      self.tags.matches = tags.matches.filter { ($0.metric ?? metric) == metric }
    }

    /// The tags by which the samples were selected, by a script, by a budget or by both.
    var selected: Set<[String: String]> { Set(tags.matches.map(\.tags)) }
  }

  /// All that tags say of where a sample belongs.
  struct TagClass: Hashable {
    /// The endpoint; nil where no tag names one.
    var endpoint: Endpoint?
    /// The tag `expected_response`.
    var isExpected: Bool?
    /// The value of the tag that is kept apart.
    var split: String?
    /// The selections they match.
    var matches: [Match]
  }

  /// A selection that was matched: the metric it is of, nil for every one, and the tags.
  struct Match: Hashable {
    var metric: String?
    var tags: [String: String]
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

  /// What tags say.
  func tagClass(of tags: [String: String]) -> TagClass {
    TagClass(
      endpoint: endpoint(of: tags), isExpected: tags[SampleGrouping.expectedTag].map { $0 == "true" },
      split: splitTag.flatMap { tags[$0] }, matches: index.matches(tags))
  }

  /// By the first tag that is there and not empty.
  private func endpoint(of tags: [String: String]) -> Endpoint? {
    for tag in endpointTags {
      guard let value = tags[tag], !value.isEmpty, value != Series.wholeRun else { continue }
      // k6 itself puts the URL into these two.
      guard tag == "name" || tag == "url" else { return Endpoint(tag: tag, name: value) }
      let collapsed = EndpointName(collapsing: value)
      return Endpoint(tag: tag, name: collapsed.name, host: collapsed.host)
    }
    return nil
  }
}
