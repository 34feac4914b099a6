internal import SLOModel

/// The section `pages`: Lighthouse's limits for both form factors, with what differs under `mobile` and
/// `desktop`.
extension BudgetReader {
  mutating func pages(_ node: YAMLNode, into file: inout BudgetFile) {
    for pair in pairs(of: node, in: "'pages'") { page(pair, into: &file) }
  }

  private mutating func page(_ pair: YAMLNode.Pair, into file: inout BudgetFile) {
    let name = pair.key.value
    let pairs = self.pairs(of: pair.value, in: "the page '\(name)'")
    func value(_ key: String) -> YAMLNode? { pairs.first { $0.key.value == key }?.value }
    let owner = value("owner").flatMap { text($0, of: "owner") }
    if let node = value("query") { file.settings.queries[name] = query(node) }
    let general = self.general(pairs, of: Owner(profile: "*", scope: .page, entry: name, owner: owner))
    if !general.absolute.isEmpty || !general.relative.isEmpty, !general.isOptional {
      file.expectations.note(
        LighthouseProfile.mobile.rawValue, at: pair.key.place, isOfEitherFormFactor: true)
    }
    var limits = ProfileLimits()
    for (key, profile) in [("mobile", LighthouseProfile.mobile), ("desktop", .desktop)] {
      var special = Limits()
      if let found = pairs.first(where: { $0.key.value == key }) {
        special = self.limits(
          found.value, of: Owner(profile: profile.rawValue, scope: .page, entry: name, owner: owner))
        if !special.isOptional { file.expectations.note(profile.rawValue, at: found.key.place) }
      }
      limits.limits[profile.rawValue] = special.absolute.layered(over: general.absolute)
      limits.relative[profile.rawValue] = special.relative.layered(over: general.relative)
    }
    file.entries.append(
      Entry(
        name: name, pattern: .named(name, isPage: true), tag: nil, owner: owner ?? self.owner,
        place: pair.key.place, limits: limits, minimumSamples: value("min_samples").flatMap { samples($0) }))
  }

  /// The query parameters that belong to a page: a list of names, or one name.
  private mutating func query(_ node: YAMLNode) -> Placed<[String]>? {
    let nodes = if case .sequence(let nodes) = node.content { nodes } else { [node] }
    let names = nodes.compactMap { text($0, of: "query") }
    return names.count == nodes.count ? Placed(value: names, place: node.place) : nil
  }

  /// The limits of both form factors.
  private mutating func general(_ pairs: [YAMLNode.Pair], of owner: Owner) -> Limits {
    var metrics: [YAMLNode.Pair] = []
    for pair in pairs where !BudgetKeys.page.contains(pair.key.value) {
      if let profile = LighthouseProfile(rawValue: pair.key.value) {
        report(
          "'\(profile.rawValue)' is no key of a page", at: pair.key.place,
          hint: profile == .mobile ? "write mobile" : "write desktop")
      } else {
        metrics.append(pair)
      }
    }
    return limits(metrics, of: owner)
  }
}
