extension Budgets {
  /// The profile somebody probably meant who wrote limits for one that was not measured: a measured one, else
  /// a usual one, at most two edits away. Nil for a profile that was measured or has a usual name itself, and
  /// where nothing is near.
  /// - Parameter measured: the profiles that were measured.
  public func suggestion(forProfile name: String, among measured: Set<String>) -> String? {
    if measured.contains(name) { return nil }
    return Profiles.misspelt(name, among: measured) ?? Profiles.misspelt(name, among: Profiles.suggested)
  }
}

/// The names profiles usually have.
enum Profiles {
  /// The ones slogate's own documentation speaks of.
  static let suggested = ["baseline", "spike", "soak"] + LighthouseProfile.allCases.map(\.rawValue)
  /// Further names of load tests; `smoke` is two edits from `spike` and no mistake.
  private static let others = ["smoke", "stress", "load", "average-load", "breakpoint"]

  /// The nearest of some profiles, at most two edits from a name; nil for what is a usual name itself.
  static func misspelt(_ name: String, among profiles: some Sequence<String>) -> String? {
    suggested.contains(name) || others.contains(name) ? nil : Suggestion.misspelt(name, among: profiles)
  }
}
