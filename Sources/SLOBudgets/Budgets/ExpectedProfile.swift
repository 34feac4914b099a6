internal import SLOModel

import SLOReaders

/// A profile that the files have limits or rules for: a release that was not measured under it is not judged by them.
package struct ExpectedProfile: Sendable, Hashable {
  /// The profile; a usual one where the limits name none.
  package var name: String
  /// Whether any profile of its kind of evidence will do: the limits name none.
  package var standsForKind: Bool
  /// Where a file names it first.
  package var place: Place

  /// Whether results of some profiles are what is expected.
  package func isMet(by measured: Set<String>) -> Bool {
    measured.contains(name)
      || standsForKind && measured.contains { EvidenceKind.of(profile: $0) == EvidenceKind.of(profile: name) }
  }
}

extension Budgets {
  /// The profiles that a file names in `defaults`, `run`, `rules` or a section of subjects, by name, but for those that
  /// are declared optional and those all of whose limits are. `*` stands for what is measured and names none.
  package var expectedProfiles: [ExpectedProfile] {
    let optional = optionalProfiles
    return expectations.profiles.values.filter { !optional.contains($0.name) }.sorted { $0.name < $1.name }
  }

  /// The expected profiles that none of the measured ones is.
  package func absentProfiles(measured: Set<String>) -> [ExpectedProfile] {
    expectedProfiles.filter { !$0.isMet(by: measured) }
  }
}

/// The profiles one file or several name, each at its first place.
struct Expectations: Sendable {
  private(set) var profiles: [String: ExpectedProfile] = [:]

  /// Notes that a profile is named; `*` is none. Named outright goes before any of a kind.
  mutating func note(_ name: String, at place: Place, standsForKind: Bool = false) {
    guard !EvidenceKind.isEvery(name) else { return }
    let known = profiles[name]
    if let known, !known.standsForKind || standsForKind { return }
    profiles[name] = ExpectedProfile(
      name: name, standsForKind: standsForKind, place: place)
  }

  /// Adds what another file names.
  mutating func add(_ other: Expectations) {
    for profile in other.profiles.values {
      note(profile.name, at: profile.place, standsForKind: profile.standsForKind)
    }
  }
}
