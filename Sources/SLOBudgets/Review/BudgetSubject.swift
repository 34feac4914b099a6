internal import SLOModel
internal import SLOReaders

/// What limits are effective for: an endpoint, a glob that stands for several, or the run as a whole, under one
/// profile.
package struct BudgetSubject: Sendable, Hashable, Comparable {
  /// The profile; `ProfileNames.every` for each of a kind that no file names.
  package var profile: String
  /// The endpoint's name, a glob of an entry, or `Series.wholeRun`.
  package var endpoint: String
  /// The tag that names the endpoint, where known.
  package var endpointTag: String?

  /// The endpoint that stands for every one that no entry names but `*`: as `*` itself it would be the run as a whole.
  package static let anyEndpoint = "**"

  /// Names a subject.
  package init(profile: String, endpoint: String, endpointTag: String? = nil) {
    (self.profile, self.endpoint, self.endpointTag) = (profile, endpoint, endpointTag)
  }

  /// By profile, the run as a whole before its endpoints.
  package static func < (left: BudgetSubject, right: BudgetSubject) -> Bool { left.rank < right.rank }

  private var rank: (String, Int, String, String) {
    (profile, endpoint == Series.wholeRun ? 0 : 1, endpoint, endpointTag ?? "")
  }
}

extension Budgets {
  /// What the files name, under every profile it can have.
  /// - Parameter others: profiles named elsewhere, for which this file's endpoints matter too.
  func subjects(profiles others: Set<String>) -> Set<BudgetSubject> {
    let every = [defaults, wholeRun] + allEntries.map(\.limits)
    let profiles = profiles.union(others).union(every.flatMap(\.profiles).filter(EvidenceKind.isEvery))
    var subjects = Set(profiles.map { BudgetSubject(profile: $0, endpoint: Series.wholeRun) })
    for entry in allEntries {
      for profile in profiles where entry.mayHave(profile) {
        let text = entry.pattern.text
        subjects.insert(
          BudgetSubject(
            profile: profile, endpoint: text == Series.wholeRun ? BudgetSubject.anyEndpoint : text,
            endpointTag: entry.tag))
      }
    }
    return subjects
  }

  /// Every entry of the sections of subjects.
  var allEntries: [Entry] { exactEntries.values.joined() + globEntries }
}

extension Entry {
  /// Whether results of a profile may be what it is for: pages are not loaded, and services are no pages.
  func mayHave(_ profile: String) -> Bool {
    let kind = EvidenceKind.of(profile: profile)
    if kind.profiles.isClosed { return limits.profiles.contains(profile) }
    return limits.profiles.contains { EvidenceKind.of(profile: $0) == kind }
      || limits.profiles.isEmpty && kind.profiles.prefix == nil
  }
}
