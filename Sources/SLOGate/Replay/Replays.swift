package import SLOBudgets
package import SLOSupport
package import SLOHistory
package import SLOModel
import SLOStatistics

/// Past checks put again: each commit's runs against the commits before it, as far as the history holds them.
package struct Replays: Sendable {
  /// One check a commit, oldest first.
  package let checks: [Evaluation]
  private let cohorts: [CohortHistory]

  /// The changes of level that the history confirms: an alarm there is no false one.
  var steps: ConfirmedSteps { ConfirmedSteps(in: cohorts) }

  /// Puts the newest commits of some cohorts again.
  /// - Parameters:
  ///   - cohorts: what was measured of one service at one sizing, profile by profile; older commits than those put
  ///     again are their references.
  ///   - count: how many commits to put again.
  ///   - budgets: the limits to hold them against.
  ///   - environment: the sizing, without the conditions of single readings.
  ///   - now: the time at which waivers hold.
  ///   - run: reads a run of the cohorts; nil leaves it out.
  package init<Failure: Error>(
    of cohorts: [CohortHistory], last count: Int, reference: String, environment: Environment,
    budgets: Budgets, now: Timestamp, run: (SHA256Digest) throws(Failure) -> Run?
  ) throws(Failure) {
    var checks: [Evaluation] = []
    // The second measurement of a check in two steps is not asked for here.
    var policy = GatePolicy(budgets)
    policy.isTwoStep = false
    for commit in Replays.newest(count, of: cohorts) {
      var runs: [Run] = []
      for id in cohorts.flatMap(\.commits).filter({ $0.sha == commit }).flatMap(\.runs) {
        if let run = try run(id) { runs.append(run) }
      }
      guard let first = runs.first else { continue }
      let plan = CheckPlan(
        CheckInput(
          service: first.service, commit: first.commit, reference: reference, environment: environment,
          runs: runs, budgets: budgets, policy: policy, now: now))
      var references = References()
      references.windows = Replays.windows(before: commit, cohorts, for: plan)
      checks.append(Evaluation(plan, against: references))
    }
    self.init(checks, cohorts)
  }

  init(_ checks: [Evaluation], _ cohorts: [CohortHistory]) {
    (self.checks, self.cohorts) = (checks, cohorts)
  }

  /// The same checks held against what else history and repository know besides the windows.
  /// - Parameter complete: the references of a check, completed; the newest is the last.
  package func completed<Failure: Error>(
    _ complete: (Evaluation, _ isNewest: Bool) throws(Failure) -> References
  ) throws(Failure) -> Replays {
    var completed: [Evaluation] = []
    for check in checks {
      let isNewest = completed.count == checks.count - 1
      completed.append(Evaluation(check.plan, against: try complete(check, isNewest)))
    }
    return Replays(completed, cohorts)
  }

  /// The newest commits of all cohorts together, oldest first.
  static func newest(_ count: Int, of cohorts: [CohortHistory]) -> [String] {
    var seen: Set<String> = []
    let commits = cohorts.flatMap(\.commits).sorted { ($0.time, $0.sha) < ($1.time, $1.sha) }
    return commits.map(\.sha).filter { seen.insert($0).inserted }.suffix(count)
  }

  /// What the commit would have been held against.
  static func windows(
    before commit: String, _ cohorts: [CohortHistory], for plan: CheckPlan
  ) -> [String: ReferenceWindow] {
    var windows: [String: ReferenceWindow] = [:]
    for cohort in cohorts {
      guard let end = cohort.commits.firstIndex(where: { $0.sha == commit }) else { continue }
      let start = max(0, end - plan.input.policy.test.window - cohort.blockedCommits(before: end))
      let wanted = plan.windowSeries
      var window = ReferenceWindow()
      window.commits = Array(cohort.commits[start..<end])
      for history in cohort.series where wanted[history.series] == history.unit {
        let values = history.values.filter { (start..<end).contains($0.commit) }
        window.values[history.series] = values.map {
          ReferenceValue(commit: $0.commit - start, repetitions: $0.repetitions)
        }
      }
      windows[cohort.profile] = window
    }
    return windows
  }
}

extension CohortHistory {
  /// How many commits before one were blocked by a regression: such a commit says nothing of what is normal, and the
  /// window holds one more for each.
  fileprivate func blockedCommits(before end: Int) -> Int {
    Set(series.lazy.flatMap(\.values).filter { $0.commit < end && $0.isBlocked }.map(\.commit)).count
  }
}
