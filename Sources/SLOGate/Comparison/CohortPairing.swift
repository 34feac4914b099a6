package import SLOModel

/// The runs of one service under one profile on both sides.
package struct CohortPair: Sendable {
  /// What distinguishes pairs.
  package struct Key: Sendable, Hashable {
    /// The service.
    package var service: String
    /// The profile.
    package var profile: String
    /// `Environment.fingerprint` of the sizing before.
    package var before: String
    /// `Environment.fingerprint` of the sizing after.
    package var after: String
  }

  /// What distinguishes it.
  package var key: Key
  /// The runs before, in the order given; never empty.
  package var before: [Run]
  /// The runs after, in the order given; never empty.
  package var after: [Run]

  /// Whether the sides were measured at different sizings.
  package var isAcrossEnvironments: Bool { key.before != key.after }
}

/// What two sides have in common.
///
/// A service and profile is compared at the sizings that both sides have. Where they have none in common it is
/// refused, or compared across environments where that was asked for.
package struct CohortPairing: Sendable {
  /// A service and profile at one sizing that one side has alone.
  package struct UnpairedRuns: Sendable, Hashable {
    /// The service.
    package var service: String
    /// The profile.
    package var profile: String
    /// The sizing.
    package var environment: Environment
    /// How many runs.
    package var runs: Int
  }

  /// What is compared, by service and profile.
  package private(set) var pairs: [CohortPair] = []
  /// What is not, because the sizings differ.
  package private(set) var refused: [CohortPair] = []
  /// What only the side before has.
  package private(set) var onlyBefore: [UnpairedRuns] = []
  /// What only the side after has.
  package private(set) var onlyAfter: [UnpairedRuns] = []

  init(_ before: [Run], _ after: [Run], isAcrossEnvironments: Bool) {
    let (left, right) = (Subject.groups(of: before), Subject.groups(of: after))
    for subject in Set(left.keys).union(right.keys).sorted() {
      let (old, new) = (left[subject] ?? [:], right[subject] ?? [:])
      let common = old.keys.filter { new[$0] != nil }.sorted()
      pairs += common.compactMap { CohortPair(subject, $0, $0, old, new) }
      let isMismatch = common.isEmpty && !old.isEmpty && !new.isEmpty
      guard !isMismatch else {
        let mismatched = old.keys.sorted().flatMap { before in
          new.keys.sorted().compactMap { CohortPair(subject, before, $0, old, new) }
        }
        if isAcrossEnvironments { pairs += mismatched } else { refused += mismatched }
        continue
      }
      onlyBefore += UnpairedRuns.list(subject, old.filter { !common.contains($0.key) })
      onlyAfter += UnpairedRuns.list(subject, new.filter { !common.contains($0.key) })
    }
  }
}

/// What must be the same on both sides whatever is asked for.
private struct Subject: Hashable, Comparable {
  let service: String
  let profile: String

  /// The runs of each subject, by the fingerprint of their sizing.
  static func groups(of runs: [Run]) -> [Subject: [String: [Run]]] {
    Dictionary(grouping: runs) { Subject(service: $0.service, profile: $0.profile) }
      .mapValues { Dictionary(grouping: $0, by: \.comparableEnvironment.fingerprint) }
  }

  static func < (left: Subject, right: Subject) -> Bool {
    (left.service, left.profile) < (right.service, right.profile)
  }
}

extension CohortPair {
  fileprivate init?(
    _ subject: Subject, _ before: String, _ after: String, _ old: [String: [Run]], _ new: [String: [Run]]
  ) {
    guard let left = old[before], let right = new[after] else { return nil }
    key = Key(service: subject.service, profile: subject.profile, before: before, after: after)
    (self.before, self.after) = (left, right)
  }
}

extension CohortPairing.UnpairedRuns {
  fileprivate static func list(_ subject: Subject, _ groups: [String: [Run]]) -> [Self] {
    groups.sorted { $0.key < $1.key }.map {
      Self(
        service: subject.service, profile: subject.profile,
        environment: $0.value.first?.comparableEnvironment ?? .unknown, runs: $0.value.count)
    }
  }
}

extension Run {
  /// The sizing it may be compared at: where the environment is not described, the conditions in its own file.
  var comparableEnvironment: Environment {
    environment.isKnown ? environment : Environment(name: environment.name, sizing: reading.conditions)
  }
}
