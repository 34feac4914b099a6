internal import SLOModel

/// How samples are put together into series.
struct SampleGrouping: Sendable {
  /// The tags that name endpoints, the first first.
  var endpointTags: [String]
  /// A tag whose values are kept apart within every endpoint; nil for none.
  var splitTag: String?
  /// Further series asked for.
  let selections: [SampleDemand.Selection]
  /// What budget files say about names.
  let naming: NamingRules
  /// The groups that are left out with all inside them.
  let discardedGroups: [String]
  private let index: SelectionIndex

  /// Creates a grouping.
  init(
    endpointTags: [String], splitTag: String? = nil, selections: [SampleDemand.Selection] = [],
    naming: NamingRules = NamingRules(), discardedGroups: [String] = []
  ) {
    self.discardedGroups = discardedGroups
    (self.endpointTags, self.splitTag, self.selections) = (endpointTags, splitTag, selections)
    self.naming = naming
    index = SelectionIndex(selections, naming: naming)
  }

  /// The tags that name endpoints unless told otherwise. Groups and scenarios hold several endpoints: they
  /// have series of their own where a script declares them or a budget names them.
  static let endpointTags = ["endpoint", "route", "name", "url"]

  /// The tag by which k6 tells whether a response was one the script expects.
  static let expectedTag = "expected_response"

  /// The tag with the path of a sample's group.
  static let groupTag = "group"

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
      self.metric = ComposedText.composed(metric)
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
    /// The group for which they are left out; nil where they count.
    var discarded: String?
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
    /// The address that named it.
    var address: EndpointAddress?

    /// Stands for all endpoints that are too many to be told apart.
    static let other = Endpoint(tag: "", name: "(other)")
  }

  /// What tags say.
  func tagClass(of tags: [String: String]) -> TagClass {
    TagClass(
      endpoint: endpoint(of: tags), isExpected: tags[SampleGrouping.expectedTag].map { $0 == "true" },
      split: splitTag.flatMap { tag in tags[tag].map { TagName.text(tag, $0, by: naming) } },
      matches: index.matches(tags), discarded: discarded(tags))
  }

  /// A group has those inside it: `::setup` leaves out `::setup::login` too.
  private func discarded(_ tags: [String: String]) -> String? {
    guard !discardedGroups.isEmpty, let group = tags[SampleGrouping.groupTag] else { return nil }
    return discardedGroups.first { group == $0 || group.hasPrefix($0 + "::") }
  }

  /// By the first tag that is there and not empty.
  private func endpoint(of tags: [String: String]) -> Endpoint? {
    for tag in endpointTags {
      guard let value = tags[tag], !value.isEmpty, value != Series.wholeRun else { continue }
      guard var address = TagName.address(tag, value, by: naming) else {
        return Endpoint(tag: tag, name: TagName.text(tag, value, by: naming))
      }
      if TagName.isOfAddresses(tag), address.method == nil { address.method = TagName.method(in: tags) }
      return Endpoint(tag: tag, name: address.name(), address: address)
    }
    return nil
  }
}
