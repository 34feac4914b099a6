import SLOHistory
import SLOModel
import SLOStatistics

/// The references of a series that say what is normal, apart from those of a regression that was not accepted.
///
/// A run whose own check was blocked by a regression is no reference. Its level stays a regression for every later
/// commit that is still worse than what was normal before, whether or not it was checked, until a value is back at
/// that level or the level is accepted. A step that no check was blocked by is not concerned: it confirms itself.
struct OpenReferences {
  /// What is normal, oldest first, no more than the test looks at.
  private(set) var normal: [ReferenceValue] = []
  /// The values of a regression that lasts, oldest first; empty where there is none.
  private(set) var lasting: [ReferenceValue] = []

  /// Whether a check was blocked by the regression that lasts; else it is suspect, and no second run decided it.
  var isConfirmed: Bool {
    lasting.contains { value in value.repetitions.contains { $0.block?.isSuspect == false } }
  }

  /// Sorts the references of a series.
  init(of series: Series, _ values: [ReferenceValue], in evaluation: Evaluation) {
    let window = evaluation.policy.test.window
    guard values.contains(where: \.isBlocked) else {
      normal = values.suffix(window)
      return
    }
    let accepted = LevelRestart.accepted(of: series, references: values, in: evaluation)
    for (index, value) in values.enumerated() {
      if index == accepted?.index {
        lasting = []
        normal.append(value)
      } else {
        let decision = accepted.flatMap { $0.index < index ? $0.acceptance.at : nil }
        sort(value, of: series, acceptedAt: decision, in: evaluation)
      }
    }
    if accepted?.index == values.count { lasting = [] }
    normal = normal.suffix(window)
  }

  /// What a finding was held against, oldest first: the normal level, and of a change of another branch the level
  /// that the reference branch has now, which is no finding there.
  static func values(behind finding: Finding, in evaluation: Evaluation) -> [ReferenceValue] {
    let open = OpenReferences(of: finding.series, evaluation.references(of: finding.series), in: evaluation)
    let isInherited = finding.regression?.unaccepted?.isInherited == true
    return isInherited ? open.normal : open.values(for: evaluation)
  }

  /// What a check is held against, oldest first. A change of another branch stands on the level that the reference
  /// branch has, blocked there or not; one that is only suspect there is nobody's level.
  func values(for evaluation: Evaluation) -> [ReferenceValue] {
    isGround(for: evaluation) ? normal + lasting : normal
  }

  /// Whether the level that lasts is what the commit judged stands on.
  func isGround(for evaluation: Evaluation) -> Bool { !evaluation.isOfReference && isConfirmed }

  private mutating func sort(
    _ value: ReferenceValue, of series: Series, acceptedAt decision: Timestamp?, in evaluation: Evaluation
  ) {
    let isCertain = { (block: RegressionBlock) in block.isNamed && decision.map { block.at > $0 } ?? true }
    let (blocked, rest) = value.parts { $0.block.map(isCertain) ?? false }
    if let blocked { lasting.append(blocked) }
    guard let rest else { return }
    let isInDoubt = rest.isBlocked || !lasting.isEmpty
    if isInDoubt && isStillWorse(rest, of: series, in: evaluation) {
      lasting.append(rest)
    } else {
      normal.append(rest)
      lasting = []
    }
  }

  /// Whether a value is worse than what was normal before, or where that is too little to test by, nearer to the
  /// regression.
  private func isStillWorse(_ value: ReferenceValue, of series: Series, in evaluation: Evaluation) -> Bool {
    let recent = Array(normal.suffix(evaluation.policy.test.window))
    var candidate = CandidateBuilder(evaluation: evaluation).candidate(series, references: recent)
    candidate?.take(value)
    candidate?.isRetest = true
    candidate?.levelStart = LevelRestart(of: series, references: recent, in: evaluation)?.index
    guard let candidate else { return false }
    let judgement = RegressionTest(policy: evaluation.policy.test).judge(candidate)
    guard judgement.outcome == .insufficient else { return judgement.outcome == .worse }
    guard let level = SortedSample(lasting.map(\.median))?.median else { return false }
    guard let usual = SortedSample(recent.map(\.median))?.median else { return true }
    return abs(value.median - level) < abs(value.median - usual)
  }
}

extension ReferenceValue {
  /// Whether a check of any of its runs was blocked by a regression of the series.
  var isBlocked: Bool { repetitions.contains { $0.block != nil } }

  /// The repetitions that a condition picks, and the others; nil where there are none.
  fileprivate func parts(
    _ isPicked: (Repetition) -> Bool
  ) -> (picked: ReferenceValue?, rest: ReferenceValue?) {
    let (picked, rest) = (repetitions.filter(isPicked), repetitions.filter { !isPicked($0) })
    return (
      picked.isEmpty ? nil : ReferenceValue(commit: commit, repetitions: picked),
      rest.isEmpty ? nil : ReferenceValue(commit: commit, repetitions: rest)
    )
  }
}

extension Candidate {
  /// Puts what an earlier commit measured in place of its own repetitions.
  fileprivate mutating func take(_ value: ReferenceValue) {
    values = value.repetitions.map(\.value)
    guard case .share(var trials?) = kind else { return }
    let samples = value.repetitions.compactMap(\.samples)
    guard samples.count == values.count else {
      kind = .share(nil)
      return
    }
    trials.candidate = samples
    kind = .share(trials)
  }
}
