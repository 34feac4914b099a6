/// The limits of an entry or of the defaults, by profile; `*` stands for every load profile.
struct ProfileLimits: Sendable, Hashable {
  static let everyLoadProfile = "*"

  var limits: [String: [Limit]] = [:]

  /// The limits for a profile: what names the profile before what stands under `*`, key by key.
  func limits(for profile: String) -> [Limit] {
    let named = limits[profile] ?? []
    guard !LighthouseProfile.isOne(profile) else { return named }
    return named.layered(over: limits[ProfileLimits.everyLoadProfile] ?? [])
  }

  /// Adds limits for the same thing from elsewhere.
  /// - Returns: what stands in both; of these the first are kept.
  mutating func add(_ others: ProfileLimits, in what: String) -> [BudgetProblem] {
    var problems: [BudgetProblem] = []
    for (profile, added) in others.limits.sorted(by: { $0.key < $1.key }) {
      let known = Dictionary((limits[profile] ?? []).map { ($0.key, $0.place) }) { first, _ in first }
      limits[profile, default: []] += added.filter { known[$0.key] == nil }
      problems += added.compactMap { limit in
        known[limit.key].map { limit.problem(of: profile, in: what, first: $0) }
      }
    }
    return problems
  }
}

extension Limit {
  fileprivate func problem(of profile: String, in what: String, first: Place) -> BudgetProblem {
    BudgetProblem(
      "'\(metric).\(statistic)' of '\(profile)' in \(what) stands already at \(first)", at: place,
      hint: "keep one of them")
  }
}

/// The profiles that hold Lighthouse's results.
enum LighthouseProfile: String, CaseIterable {
  case mobile = "lighthouse-mobile"
  case desktop = "lighthouse-desktop"

  static func isOne(_ profile: String) -> Bool { profile.hasPrefix("lighthouse-") }
}
