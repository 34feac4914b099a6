import SLOHistory
import SLOModel
import SLOStatistics

/// How many repetitions of every run it takes to see a change of `RepetitionAdvice.target` in a finding's series.
/// - Returns: nil where its history was not judged, or more repetitions are not what it lacks.
func repetitionAdvice(on finding: Finding, in evaluation: Evaluation) -> RepetitionAdvice? {
  let values = OpenReferences.values(behind: finding, in: evaluation)
  let builder = CandidateBuilder(evaluation: evaluation)
  guard let judgement = finding.regression?.judgement, judgement.p != nil,
    var candidate = builder.candidate(finding.series, references: values)
  else { return nil }
  candidate.levelStart = judgement.levelStart
  candidate.referenceRepetitions = values.map { $0.repetitions.map(\.value) }
  let advice = RegressionTest(policy: evaluation.policy.test).repetitionAdvice(
    for: candidate, judged: judgement)
  guard let change = judgement.detectable?.relative, advice != nil else { return advice }
  // What the verdict says of these repetitions is true of them, whatever is estimated of others.
  let now = finding.repetitions.count
  switch advice {
  case .repetitions(let count)?:
    let isSeen = change <= RepetitionAdvice.target
    return .repetitions(isSeen ? min(count, now) : max(count, now + 1))
  default: return change <= RepetitionAdvice.target ? .repetitions(now) : advice
  }
}

/// Whether more repetitions would show smaller changes of what blocks.
func repetitionsHelp(_ findings: [Finding], in evaluation: Evaluation) -> Bool {
  findings.contains { finding in
    guard finding.regression?.effect == .blocks else { return false }
    return switch repetitionAdvice(on: finding, in: evaluation) {
    case .repetitions?, .tooMany?, .nothingRepeated?, .unsure?: true
    case .betweenRuns?, nil: false
    }
  }
}
