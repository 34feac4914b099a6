internal import SLOModel

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
