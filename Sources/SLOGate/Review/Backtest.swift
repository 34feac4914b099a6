package import SLOBudgets
package import SLOModel

/// What limits and rules would have done to past checks.
package struct Backtest: Sendable {
  /// One past check.
  package struct Check: Sendable {
    /// The commit.
    package var commit: Commit
    /// The values beyond a limit that blocks, without a waiver.
    package var broken: [LimitTrial]
    /// The rules that do not hold and block.
    package var rules: [RuleFinding]

    /// Whether a limit or a rule would have blocked it.
    package var isBlocked: Bool { !broken.isEmpty || !rules.isEmpty }
  }

  /// What became of one limit under one profile.
  package struct LimitRecord: Sendable {
    /// The profile.
    package var profile: String
    /// The limit.
    package var limit: Limit
    /// The unit of the values.
    package var unit: MetricUnit
    /// The values it was held against, by series.
    package var values: [Series: [Double]] = [:]
    /// The commits with a value beyond it, oldest first, those let through by a waiver among them.
    package var commits: [String] = []
    /// The values that a waiver let through.
    package var waived = 0

    /// How many values it was held against.
    package var evaluated: Int { values.values.reduce(0) { $0 + $1.count } }
    /// How many of them broke it.
    package var broken: Int { values.values.joined().count { !limit.holds($0) } }
  }

  /// What became of one rule.
  package struct RuleRecord: Sendable {
    /// The rule.
    package var rule: Rule
    /// How often its figures were compared.
    package var evaluated = 0
    /// How often it did not hold.
    package var broken = 0
    /// The commits for which it did not, oldest first.
    package var commits: [String] = []
  }

  /// The checks, oldest first.
  package var checks: [Check] = []
  /// Every limit that any value was held against, in the order of the files.
  package var limits: [LimitRecord] = []
  /// Every rule, in the order of the files.
  package var rules: [RuleRecord] = []
  /// The waivers that let something through.
  package var usedWaivers: Set<Waiver> = []

  /// The checks that would have been blocked, oldest first.
  package var blocked: [Check] { checks.filter(\.isBlocked) }

  /// Holds past checks against the limits they were put with.
  package init(_ replays: Replays) {
    var records: [RecordKey: LimitRecord] = [:]
    rules = (replays.checks.last?.budgets.rules ?? []).map { RuleRecord(rule: $0) }
    for evaluation in replays.checks {
      let (trials, found) = (evaluation.trials, evaluation.rules)
      checks.append(
        Check(
          commit: evaluation.commit, broken: trials.filter(\.blocks),
          rules: found.filter { $0.outcome == .over }))
      for trial in trials {
        let key = RecordKey(profile: trial.series.profile, limit: trial.limit)
        records[key, default: LimitRecord(trial)].note(trial, at: evaluation.commit.sha)
      }
      usedWaivers.formUnion(trials.compactMap(\.waiver))
      for index in rules.indices {
        rules[index].note(found.filter { $0.rule == rules[index].rule }, at: evaluation.commit.sha)
      }
    }
    limits = records.values.sorted {
      ($0.limit.place, $0.profile, $0.limit.metric) < ($1.limit.place, $1.profile, $1.limit.metric)
    }
  }
}

private struct RecordKey: Hashable {
  var profile: String
  var limit: Limit
}

extension Backtest.LimitRecord {
  fileprivate init(_ trial: LimitTrial) {
    self.init(profile: trial.series.profile, limit: trial.limit, unit: trial.unit)
  }

  fileprivate mutating func note(_ trial: LimitTrial, at commit: String) {
    values[trial.series, default: []].append(trial.value)
    if trial.waiver != nil { waived += 1 }
    if !trial.isKept, commits.last != commit { commits.append(commit) }
  }
}

extension Backtest.RuleRecord {
  fileprivate mutating func note(_ findings: [RuleFinding], at commit: String) {
    let broken = findings.filter { [.over, .warn].contains($0.outcome) }
    evaluated += findings.count { $0.value != nil }
    self.broken += broken.count
    if !broken.isEmpty { commits.append(commit) }
  }
}
