internal import SLOModel

import SLOReaders

extension Budgets {
  /// The profile somebody probably meant who wrote limits for one that was not measured: a measured one, else
  /// a usual one, at most two edits away. Nil for a profile that was measured or has a usual name itself, and
  /// where nothing is near.
  /// - Parameter measured: the profiles that were measured.
  public func suggestion(forProfile name: String, among measured: Set<String>) -> String? {
    if measured.contains(name) { return nil }
    return Profiles.misspelt(name, among: measured) ?? Profiles.misspelt(name, among: Profiles.suggested)
  }

  /// Whether a profile has a usual name, or one of these files speaks of it.
  public func knows(profile: String) -> Bool { knownProfiles.contains(profile) }

  private var knownProfiles: Set<String> {
    profiles.union(settings.profiles.keys).union(Profiles.suggested + Profiles.others)
  }

  /// The known profile that somebody probably meant who gave results under another name: a usual one, one of these
  /// files, or one measured before. Nil for a known name, for one that only numbers a known one (`spike-2`), and where
  /// nothing is near: a slip in a short name, two in a longer one.
  /// - Parameter recorded: the profiles measured before.
  public func suggestion(forGivenProfile name: String, recorded: Set<String>) -> String? {
    let known = recorded.union(knownProfiles)
    guard !known.contains(name) else { return nil }
    let near = Suggestion.misspelt(name, among: known, most: name.utf8.count <= 5 ? 1 : 2)
    return near.flatMap { $0.filter(\.isLetter) == name.filter(\.isLetter) ? nil : $0 }
  }
}

/// The names profiles usually have.
enum Profiles {
  /// The ones slogate's own documentation speaks of.
  static let suggested = EvidenceKind.all.flatMap(\.profiles.usual)
  /// Further names; `smoke` is two edits from `spike` and no mistake.
  static let others = EvidenceKind.all.flatMap(\.profiles.others)

  /// The nearest of some profiles, at most two edits from a name; nil for what is a usual name itself.
  static func misspelt(_ name: String, among profiles: some Sequence<String>) -> String? {
    suggested.contains(name) || others.contains(name) ? nil : Suggestion.misspelt(name, among: profiles)
  }
}
