internal import SLOModel

/// The section `pages`: Lighthouse's limits for both form factors, with what differs under `mobile` and
/// `desktop`.
extension BudgetReader {
  mutating func pages(_ node: YAMLNode, into file: inout BudgetFile) {
    for pair in pairs(of: node, in: "'pages'") { file.entries.append(page(pair)) }
  }

  private mutating func page(_ pair: YAMLNode.Pair) -> Entry {
    let name = pair.key.value
    let pairs = self.pairs(of: pair.value, in: "the page '\(name)'")
    let owner = pairs.first { $0.key.value == "owner" }.flatMap { text($0.value, of: "owner") }
    let general = self.general(pairs, of: Owner(profile: "*", scope: .page, entry: name, owner: owner))
    var limits = ProfileLimits()
    for (key, profile) in [("mobile", LighthouseProfile.mobile), ("desktop", .desktop)] {
      let special = pairs.first { $0.key.value == key }.map {
        self.limits(
          $0.value, of: Owner(profile: profile.rawValue, scope: .page, entry: name, owner: owner))
      }
      limits.limits[profile.rawValue] = (special ?? []).layered(over: general)
    }
    return Entry(
      name: name, pattern: EndpointPattern(name), tag: nil, owner: owner ?? self.owner, place: pair.key.place,
      limits: limits)
  }

  /// The limits of both form factors.
  private mutating func general(_ pairs: [YAMLNode.Pair], of owner: Owner) -> [Limit] {
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
