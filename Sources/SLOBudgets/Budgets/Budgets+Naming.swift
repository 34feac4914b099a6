public import SLOModel
internal import SLOReaders

extension Budgets {
  /// How endpoints and pages are named under these budgets: by their `naming`, and with the parameters of the query
  /// that an entry for a page spells out, for such an entry asks for that page alone.
  public var namingOfResults: NamingRules {
    var rules = naming
    for entry in exactEntries.values.joined() + globEntries where entry.pattern.text.hasPrefix("/") {
      let names = NamingRules.parameters(in: entry.pattern.text)
      guard !names.isEmpty,
        entry.limits.limits.keys.allSatisfy({
          EvidenceKind.of(profile: $0).subjectNames == .addressesWithQueries
        })
      else { continue }
      let path = String(entry.pattern.text.prefix { $0 != "?" })
      let known = rules.queries[path] ?? []
      rules.queries[path] = known + names.filter { !known.contains($0) }
    }
    return rules
  }
}
