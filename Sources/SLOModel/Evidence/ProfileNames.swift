/// The names that profiles of one kind of evidence have.
package struct ProfileNames: Sendable, Hashable {
  /// What each begins with; nil for the kind whose profiles have free names.
  package let prefix: String?
  /// Names that documentation speaks of; where the kind is closed, all there are.
  package let usual: [String]
  /// Further names that are no misspelling of one of `usual`.
  package let others: [String]
  /// Whether `usual` are all there are.
  package let isClosed: Bool

  /// Free names.
  package static func any(usual: [String], others: [String]) -> ProfileNames {
    ProfileNames(prefix: nil, usual: usual, others: others, isClosed: false)
  }

  /// The names that begin with a prefix.
  package static func prefixed(_ prefix: String, usual: [String], isClosed: Bool = false) -> ProfileNames {
    ProfileNames(prefix: prefix, usual: usual, others: [], isClosed: isClosed)
  }

  /// What stands for every profile of the kind where limits are written: `*` for the kind with free names.
  package var every: String { (prefix ?? "") + "*" }

  /// What stands for every profile of the kind where profiles are named: the prefix without its hyphen; nil for the kind with free names.
  package var family: String? { prefix.map { $0.hasSuffix("-") ? String($0.dropLast()) : $0 } }

  /// Whether a profile is of the kind by its name; never of the kind with free names, which has the rest.
  package func claims(_ profile: String) -> Bool {
    guard let prefix else { return false }
    return profile.hasPrefix(prefix) || usual.contains(profile)
  }

  /// What a section of the kind calls a profile: what follows the prefix.
  package func shortName(of profile: String) -> String {
    guard let prefix, profile.hasPrefix(prefix) else { return profile }
    return String(profile.dropFirst(prefix.count))
  }
}
