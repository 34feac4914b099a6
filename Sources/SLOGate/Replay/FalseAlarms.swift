package import SLOModel
import SLOStatistics

/// How often the tests against the history alarmed on commits as they were.
package struct FalseAlarms: Sendable {
  /// Commits replayed that had any history to be held against.
  package var checks = 0
  /// Of these, commits that a regression of a series would have blocked.
  package var blocked = 0
  /// Of these, commits at which the history shows a step of a series that was blocked: no false alarm.
  package var explained = 0
  /// Commits that a common factor would have blocked.
  package var commonFactors = 0
  /// Commits at which nothing that was blocked, a series or all of a run, shows a step.
  package var unchanged = 0
  /// Of these, commits that would have been blocked.
  package var falselyBlocked = 0
  /// Series judged, over all commits.
  package var series = 0
  /// Of these, series that would have blocked without a step in their history.
  package var alarms = 0
  /// The series that alarmed most, with how often.
  package var worst: [(series: Series, alarms: Int)] = []

  init() {}

  /// Counts the alarms of commits.
  init(_ commits: [RegressionAlarms], _ steps: ConfirmedSteps) {
    var alarms: [Series: Int] = [:]
    for commit in commits where commit.compared > 0 {
      // What was blocked before and is still so is the same alarm, not another one.
      let unexplained = commit.blocked.filter { $0.regression.unaccepted == nil }.map(\.series)
        .filter { !steps.explain($0, at: commit.sha) }
      let moved = commit.commonFactors.filter(\.blocks)
      let unexplainedFactors = moved.filter { !steps.explain(all: $0.profile, at: commit.sha) }
      let isExplained = unexplained.count < commit.blocked.count || unexplainedFactors.count < moved.count
      checks += 1
      series += commit.compared
      self.alarms += unexplained.count
      if !commit.blocked.isEmpty { blocked += 1 }
      if unexplained.count < commit.blocked.count { explained += 1 }
      if !moved.isEmpty { commonFactors += 1 }
      if !isExplained { unchanged += 1 }
      if !isExplained && commit.isBlocked { falselyBlocked += 1 }
      for series in unexplained { alarms[series, default: 0] += 1 }
    }
    worst = alarms.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(5).map { ($0.key, $0.value) }
  }
}

/// What the tests against the history said of one commit.
struct RegressionAlarms {
  /// The commit.
  let sha: String
  /// Series held against their history.
  let compared: Int
  /// What was found of each series.
  let findings: [(series: Series, regression: RegressionFinding)]
  /// What moved whole runs.
  let commonFactors: [Verdict.CommonFactorFinding]

  /// The series that block.
  var blocked: [(series: Series, regression: RegressionFinding)] {
    findings.filter { $0.regression.effect == .blocks }
  }

  /// What each test said of what is new at this commit.
  var judgements: [Place: Judgement] {
    var judgements: [Place: Judgement] = [:]
    for finding in findings where finding.regression.unaccepted == nil {
      judgements[.series(finding.series)] = finding.regression.judgement
    }
    for common in commonFactors { judgements[.all(profile: common.profile)] = common.factor.judgement }
    return judgements
  }

  /// What may block.
  enum Place: Hashable {
    case series(Series)
    case all(profile: String)

    /// Whether the history confirms a step of it at a commit.
    func isExplained(by steps: ConfirmedSteps, at sha: String) -> Bool {
      switch self {
      case .series(let series): steps.explain(series, at: sha)
      case .all(let profile): steps.explain(all: profile, at: sha)
      }
    }
  }

  /// Whether a series blocks, or a common factor.
  var isBlocked: Bool {
    findings.contains { $0.regression.effect == .blocks } || commonFactors.contains(where: \.blocks)
  }

  /// Those of a verdict.
  init(_ verdict: Verdict) {
    (sha, compared, commonFactors) = (verdict.commit.sha, verdict.compared, verdict.commonFactors)
    findings = verdict.findings.compactMap { finding in
      finding.regression.map { (finding.series, $0) }
    }
  }

  /// Those of a check that is judged in no other respect.
  init(_ check: Evaluation) {
    let judgement = RegressionJudgement(check)
    sha = check.commit.sha
    compared = judgement.findings.values.count { $0.judgement?.p != nil }
    findings = judgement.findings.map { ($0.key, $0.value) }
    commonFactors = judgement.commonFactors
  }
}
