import SLOBudgets
import SLOModel
import SLOReaders

/// What profiles need to be given with, and was not: a sentence each. Results that were not as they should be block by
/// their own limits.
func missingEvidence(_ evaluation: Evaluation) -> [String] {
  let measured = Set(evaluation.runs.map(\.profile))
  return measured.sorted().flatMap { profile in
    evaluation.budgets.requirements(ofProfile: profile).compactMap { name in
      let kind = EvidenceKind.all.first { $0.isCalled(name) }
      let isGiven = measured.contains { given in
        kind.map { EvidenceKind.of(profile: given) == $0 } ?? GatePolicy.isAbout(given, only: [name])
      }
      guard !isGiven else { return nil }
      let file = (kind?.profiles.usual.first ?? name) + "=FILE"
      return "\(profile): it requires \(name), of which no result was given: pass --evidence \(file)"
    }
  }
}

extension EvidenceKind {
  /// Whether a requirement means any result of the kind: by its id, its section or its built-in policy.
  fileprivate func isCalled(_ name: String) -> Bool {
    profiles.prefix != nil && [id, section, policy?.name].contains(name)
  }
}
