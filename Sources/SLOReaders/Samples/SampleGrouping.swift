import SLOModel

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

  /// The tags that name endpoints by default. Groups and scenarios hold several endpoints: they
  /// have series of their own where a script declares them or a budget names them.
  static let endpointTags = ["endpoint", "route", "name", "url"]

  /// The tag by which k6 marks whether a response was one the script expects.
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

    /// All endpoints beyond the limit on their number.
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

/// What is known of the metrics at some time, and the series that follow from it.
struct SamplePlan: Sendable {
  /// What is declared, as it is in the files.
  let declarations: SampleDeclarations
  let grouping: SampleGrouping

  /// Plans for what is declared, wanted and asked for.
  init(_ declarations: SampleDeclarations, _ demand: SampleDemand, _ options: ReadOptions) {
    let named = SampleGrouping.endpointTags.filter { $0 != options.endpointTag }
    self.declarations = declarations
    grouping = SampleGrouping(
      endpointTags: (options.endpointTag.map { [$0] } ?? []) + named, splitTag: options.splitTag,
      selections: Array(demand.selections.union(declarations.selections)), naming: options.naming,
      discardedGroups: options.discardedGroups)
  }

  /// Whether all is known of a metric that can matter to grouping.
  func knows(_ metric: String) -> Bool { declarations.isEmpty || declarations.kind(of: metric) != nil }
}

/// Finds the selections that tags match without trying each: a script may declare thousands of sub-metrics.
struct SelectionIndex: Sendable {
  private typealias Numbered = (number: Int, selection: SampleDemand.Selection)

  /// Those with an exact value of a tag, by tag and value.
  private var exact: [String: [String: [Numbered]]] = [:]
  /// All others.
  private var others: [Numbered] = []
  /// What budget files say about names.
  private let naming: NamingRules

  /// Files selections, each under one of the exact values it asks for.
  init(_ selections: [SampleDemand.Selection], naming: NamingRules = NamingRules()) {
    self.naming = naming
    for (number, selection) in selections.enumerated() {
      if let tag = selection.tags.filter(\.value.isExact).keys.min(), let pattern = selection.tags[tag] {
        exact[tag, default: [:]][pattern.text, default: []].append((number, selection))
      } else {
        others.append((number, selection))
      }
    }
  }

  /// The selections that tags match, in the order they were given in.
  func matches(_ tags: [String: String]) -> [SampleGrouping.Match] {
    let filed = exact.flatMap { tag, values in tags[tag].flatMap { values[$0] } ?? [] }
    let found = (filed + others).compactMap { number, selection in
      match(selection, tags).map { (number: number, match: $0) }
    }
    return found.sorted { $0.number < $1.number }.map(\.match)
  }

  private func match(
    _ selection: SampleDemand.Selection, _ tags: [String: String]
  ) -> SampleGrouping.Match? {
    var matched: [String: String] = [:]
    for (tag, pattern) in selection.tags {
      guard let value = tags[tag], pattern.matches(value) else { return nil }
      matched[tag] = TagName.text(tag, value, by: naming)
    }
    return SampleGrouping.Match(metric: selection.metric, tags: matched)
  }
}
