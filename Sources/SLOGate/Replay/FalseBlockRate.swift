import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// How often a check of an unchanged build is blocked by a regression, and how that is known.
package struct FalseBlockRate: Sendable, Hashable {
  /// How many runs it takes to block.
  package enum Mode: String, Sendable {
    /// One.
    case oneStep = "one_step"
    /// A second run confirms what the first made suspect.
    case twoStep = "two_step"
  }

  /// What the rate rests on.
  package enum Ground: Sendable, Hashable {
    /// The newest unchanged checks of the reference branch, put again.
    case replayed(Replayed)
    /// Simulated checks: the calmest and the worst world, and how many series they had.
    case simulated(lowest: Double, highest: Double, series: Int)
  }

  /// Checks of a branch put again.
  package struct Replayed: Sendable, Hashable {
    /// Checks at which the history shows no step of what was blocked.
    package var unchanged = 0
    /// Of these, checks that would have been blocked.
    package var blocked = 0
    /// Of these, checks that would have needed a second run: in two steps alone.
    package var suspect = 0

    /// Puts counts together.
    package init(unchanged: Int = 0, blocked: Int = 0, suspect: Int = 0) {
      (self.unchanged, self.blocked, self.suspect) = (unchanged, blocked, suspect)
    }
  }

  /// Fewer unchanged checks than this say too little of a rate.
  package static let enough = 20
  /// The most series, over all commits, that are judged again: 25 of the 80 series that 25 endpoints have. More would
  /// take a report longer than the check it is of.
  static let mostJudgements = 2_000

  /// How many runs it takes to block.
  package let mode: Mode
  /// What the rate rests on.
  package let ground: Ground

  /// Puts a rate together.
  package init(mode: Mode, ground: Ground) { (self.mode, self.ground) = (mode, ground) }

  /// The rate of a check; nil where it compared nothing with the history.
  package init?(of evaluation: Evaluation, compared: Int, _ mode: Mode) {
    guard compared > 0 else { return nil }
    self.mode = mode
    let count = FalseBlockRate.mostJudgements / compared
    let commits = evaluation.windows.values.map(\.commits.count).max() ?? 0
    // The first commits of a window have too few before them.
    let replayable = min(count, commits - evaluation.policy.test.minimumReferences)
    let replayed =
      replayable < FalseBlockRate.enough
      ? Replayed() : Replays(inWindowsOf: evaluation, last: count).falseBlocks(mode)
    ground =
      replayed.unchanged >= FalseBlockRate.enough
      ? .replayed(replayed) : SimulatedFalseBlocks.ground(among: compared, mode)
  }
}

extension Replays {
  /// How many of these checks were of unchanged builds, and how many of those are blocked.
  func falseBlocks(_ mode: FalseBlockRate.Mode) -> FalseBlockRate.Replayed {
    let steps = steps
    switch mode {
    case .oneStep:
      let commits = concurrentMap(checks, workers: Cores.count) { RegressionAlarms($0) }
      let alarms = FalseAlarms(commits, steps)
      return FalseBlockRate.Replayed(unchanged: alarms.unchanged, blocked: alarms.falselyBlocked)
    case .twoStep:
      let pairs = Array(zip(checks, checks.dropFirst()))
      let replayed = concurrentMap(pairs, workers: Cores.count) { check, next in
        FalseBlockRate.Replayed(check, repeatedBy: next, steps)
      }
      return replayed.reduce(FalseBlockRate.Replayed()) { $0 + $1 }
    }
  }
}

extension FalseBlockRate.Replayed {
  /// One check in two steps. The next commit's run stands for its second one.
  fileprivate init(_ check: Evaluation, repeatedBy next: Evaluation, _ steps: ConfirmedSteps) {
    let first = RegressionAlarms(check)
    guard first.compared > 0 else {
      self.init()
      return
    }
    let rule = TwoStepRule(check.policy.test)
    let suspects = rule.suspects(of: first.judgements)
    let second = { RegressionAlarms(Evaluation(next.plan, against: check.references)) }
    let confirmed = suspects.isEmpty ? [] : rule.confirmed(suspects, by: second().judgements)
    let isExplained = confirmed.contains { $0.isExplained(by: steps, at: first.sha) }
    self =
      isExplained
      ? Self() : Self(unchanged: 1, blocked: confirmed.isEmpty ? 0 : 1, suspect: suspects.isEmpty ? 0 : 1)
  }

  fileprivate static func + (left: Self, right: Self) -> Self {
    Self(
      unchanged: left.unchanged + right.unchanged, blocked: left.blocked + right.blocked,
      suspect: left.suspect + right.suspect)
  }
}
