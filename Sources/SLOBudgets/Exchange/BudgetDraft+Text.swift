internal import SLOModel
internal import SLOReaders

/// The draft as a budget file.
extension BudgetDraft {
  /// The text of the file.
  /// - Parameter sources: what it was made from.
  func text(from sources: [String]) -> String {
    var file = BudgetText(
      head: [
        "Imported by slogate budgets import from \(sources.joined(separator: ", ")).",
        "Read it line by line before it decides about a release"
          + (remarks.isEmpty ? "." : "; what was not taken over is listed at the end."),
      ], service: service)
    file.environments = environments
    var names: Set<String> = []
    for target in targets {
      let groups = slots.filter { $0.target == target }.map { slot in
        BudgetText.Group(
          slot.profile,
          (lines[slot] ?? []).map { $0.text(in: slot.target.kind ?? .of(profile: slot.profile)) })
      }
      switch target {
      case .run: file.run += groups
      case .endpoint(let name, let tag):
        file.endpoints.append(entry(name, tag: tag, groups, besides: &names))
      case .page(let name), .bundle(let name):
        let general = groups.filter { $0.name == EvidenceKind.load.profiles.every }
        file.sections[(target.kind ?? .page).section, default: []].append(
          BudgetText.Entry(
            name, lines: general.flatMap(\.lines),
            groups: groups.filter { $0.name != EvidenceKind.load.profiles.every }))
      }
    }
    if !remarks.isEmpty { file.tail = ["Not taken over, or not quite:"] + remarks.map { "- " + $0 } }
    return file.text
  }

  private var targets: [Target] {
    slots.map(\.target).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// Two tags may name endpoints alike: then the key of the second says which it is, and `match` decides.
  private func entry(
    _ name: String, tag: String, _ groups: [BudgetText.Group], besides names: inout Set<String>
  ) -> BudgetText.Entry {
    var key = name
    while !names.insert(key).inserted { key += " (\(tag))" }
    let isAlone = tag == "endpoint" && !targets.contains { $0.isEndpoint(name, besides: tag) }
    return BudgetText.Entry(key, match: isAlone ? nil : (tag, name), groups: groups)
  }
}

extension BudgetDraft.Target {
  /// The kind of evidence it is of by itself; nil where the profile says it.
  var kind: EvidenceKind? {
    switch self {
    case .page: .page
    case .bundle: .size
    case .run, .endpoint: nil
    }
  }

  /// Whether it is an endpoint of a name by another tag.
  fileprivate func isEndpoint(_ name: String, besides tag: String) -> Bool {
    if case .endpoint(name, let other) = self { return other != tag }
    return false
  }
}

extension BudgetDraft.Line {
  fileprivate func text(in kind: EvidenceKind) -> BudgetText.Line {
    BudgetText.Line(
      budgetKey(of: key.metric, key.statistic, in: kind), block: bounds[.block]?.text,
      warn: bounds[.warn]?.text, isOptional: isOptional, comment: origins.joined(separator: "; "))
  }
}
