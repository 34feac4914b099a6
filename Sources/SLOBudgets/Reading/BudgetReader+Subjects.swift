internal import SLOModel
internal import SLOReaders

/// The sections of kinds of evidence whose profiles have names of their own, such as `pages`: limits that hold for every
/// profile of the kind, with what differs under one of them.
extension BudgetReader {
  mutating func subjects(of kind: EvidenceKind, _ node: YAMLNode, into file: inout BudgetFile) {
    for pair in pairs(of: node, in: "'\(kind.section)'") { subject(pair, of: kind, into: &file) }
  }

  private mutating func subject(_ pair: YAMLNode.Pair, of kind: EvidenceKind, into file: inout BudgetFile) {
    let name = pair.key.value
    let pairs = self.pairs(of: pair.value, in: "the \(kind.subject.singular) '\(name)'")
    func value(_ key: String) -> YAMLNode? { pairs.first { $0.key.value == key }?.value }
    let owner = value("owner").flatMap { text($0, of: "owner") }
    if kind.subjectNames == .addressesWithQueries, let node = value("query") {
      file.settings.queries[name] = query(node)
    }
    let general = self.general(pairs, of: Owner(profile: "*", kind: kind, entry: name, owner: owner))
    if !general.absolute.isEmpty || !general.relative.isEmpty, !general.isOptional,
      let usual = kind.profiles.usual.first
    {
      file.expectations.note(usual, at: pair.key.place, standsForKind: true)
    }
    var limits = ProfileLimits()
    for profile in kind.profiles.isClosed ? kind.profiles.usual : [kind.profiles.every] {
      var special = Limits()
      if kind.profiles.isClosed,
        let found = pairs.first(where: { $0.key.value == kind.profiles.shortName(of: profile) })
      {
        special = self.limits(
          found.value, of: Owner(profile: profile, kind: kind, entry: name, owner: owner))
        if !special.isOptional { file.expectations.note(profile, at: found.key.place) }
      }
      limits.limits[profile] = special.absolute.layered(over: general.absolute)
      limits.relative[profile] = special.relative.layered(over: general.relative)
    }
    file.entries.append(
      Entry(
        name: name, pattern: .named(name, kind.subjectNames), tag: nil, owner: owner ?? self.owner,
        place: pair.key.place, limits: limits, minimumSamples: value("min_samples").flatMap { samples($0) }))
  }

  /// The query parameters that belong to a page: a list of names, or one name.
  private mutating func query(_ node: YAMLNode) -> Placed<[String]>? {
    let count = problems.count
    let names = names(node, of: "query")
    return problems.count == count ? Placed(value: names, place: node.place) : nil
  }

  /// The limits of every profile of the kind.
  private mutating func general(_ pairs: [YAMLNode.Pair], of owner: Owner) -> Limits {
    var metrics: [YAMLNode.Pair] = []
    let (kind, keys) = (owner.kind, BudgetKeys.subject(of: owner.kind))
    for pair in pairs where !keys.contains(pair.key.value) {
      if kind.profiles.usual.contains(pair.key.value), kind.profiles.isClosed {
        report(
          "'\(pair.key.value)' is no key of a \(kind.subject.singular)", at: pair.key.place,
          hint: "write \(kind.profiles.shortName(of: pair.key.value))")
      } else {
        metrics.append(pair)
      }
    }
    return limits(metrics, of: owner)
  }
}
