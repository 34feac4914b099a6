public import SLOBudgets
import SLOHistory
import SLOModel
public import SLOStatistics

/// How the level of a series compares with that at the pinned anchor.
public struct CreepFinding: Sendable {
  /// Its outcome.
  public enum Outcome: String, Sendable {
    /// Within what is allowed, or not beyond the noise.
    case ok
    /// Worse by more than is allowed, and by more than noise explains.
    case over
    /// Too few comparable commits up to the anchor.
    case insufficient
  }

  /// What the budget calls the anchor.
  public var anchor: String
  /// Its outcome.
  public var outcome: Outcome
  /// What follows for the release: nothing, a warning or a block.
  public var effect: RegressionFinding.Effect
  /// The median of the candidate and the references just before it.
  public var value: Double
  /// The relative worsening that is allowed.
  public var maximum: Double
  /// The statistics: `value` as a candidate, the commits up to the anchor as its references.
  public var judgement: Judgement
  /// The waiver that lets it through.
  public var waiver: Waiver?
}

/// Holds the present level of each series against the level at a pinned commit. Slow drift is made of steps that
/// no window shows, for the window drifts along.
///
/// The present level is the median of the candidate and the `GatePolicy.creepLevel - 1` references before it. It
/// is judged by the usual test, with what the budget allows in place of the smallest change that matters: a
/// finding is beyond both that and the noise. A level that was accepted after the anchor, in a commit
/// that the one judged contains, is not held against it.
struct CreepJudgement {
  private(set) var findings: [Series: CreepFinding] = [:]

  init(_ evaluation: Evaluation, comparable series: [Series]) {
    guard let creep = evaluation.budgets.regression.creep, let anchor = evaluation.anchor else { return }
    var policy = evaluation.policy.test
    policy.relativeFloor = creep.maximum
    let builder = CandidateBuilder(evaluation: evaluation)
    let members = series.compactMap { series -> (Series, Candidate)? in
      let isAccepted = evaluation.acceptances.contains {
        $0.covers(series) && $0.since > anchor.time ?? Timestamp(milliseconds: .max)
          && evaluation.contains($0.commit) != false
      }
      let references = (anchor.windows[series.profile]?.values[series] ?? []).filter { !$0.isBlocked }
      guard !isAccepted, var candidate = builder.candidate(series, references: references) else { return nil }
      candidate.takePresentLevel(before: evaluation.windows[series.profile]?.values[series] ?? [])
      return (series, candidate)
    }
    let family = Family(members)
    let result = RegressionTest(policy: policy).judge(family.candidates)
    for (series, index) in family.places {
      findings[series] = CreepJudgement.finding(
        result.judgements[index], creep, blocks: evaluation.policy.regressionBlocks,
        waiver: evaluation.waiver(ofRegression: series))
    }
  }

  private static func finding(
    _ judgement: Judgement, _ creep: RegressionSettings.Creep, blocks: Bool,
    waiver: Waiver?
  ) -> CreepFinding {
    let isOver = judgement.outcome == .worse && judgement.warns
    let isBlocking = isOver && judgement.blocks && blocks
    return CreepFinding(
      anchor: creep.anchor,
      outcome: judgement.outcome == .insufficient ? .insufficient : isOver ? .over : .ok,
      effect: !isOver ? .nothing : !isBlocking ? .warns : waiver == nil ? .blocks : .waived,
      value: judgement.value ?? .nan, maximum: creep.maximum, judgement: judgement,
      waiver: isBlocking ? waiver : nil)
  }
}

extension Candidate {
  /// Puts the level of the candidate and the newest references in place of its own repetitions.
  fileprivate mutating func takePresentLevel(before references: [ReferenceValue]) {
    guard let own = SortedSample(values)?.median else { return }
    let level = references.suffix(GatePolicy.creepLevel - 1).map(\.median) + [own]
    values = [SortedSample(level)?.median ?? own]
    referenceRepetitions = nil
    if case .share(var trials?) = kind {
      trials.candidate = [trials.candidate.sorted()[trials.candidate.count / 2]]
      kind = .share(trials)
    }
  }
}
