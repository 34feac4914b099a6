import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

/// The first measurement of a check in two steps, as the history has it.
extension Gate {
  /// The check that a request is about, with the runs of its first measurement in place of given results: the newest of
  /// the commit at the sizing whose suspects a second measurement decides.
  /// - Throws: a usage error where there is no such check, or it has no suspect.
  package func firstMeasurement(_ request: CheckRequest) throws(GateError) -> PreparedCheck {
    let (budgets, environment) = try PreparedCheck.budgets(self.budgets, knowing: nil, request)
    let commit = try Origin(
      commit: request.commit, branch: request.branch, reference: request.reference, on: platform
    ).commit
    let service = nonBlank(request.service) ?? budgets.service ?? "default"
    guard let history = try existing() else { throw .noFirstMeasurement(of: commit) }
    let found = try asking { () throws(HistoryError) -> (check: RecordedCheck, runs: [Run])? in
      for check in try history.checks(commit: commit.sha)
      where check.isTwoStep
        && (!environment.isKnown || check.environment.fingerprint == environment.fingerprint)
      {
        let runs = try history.runs(check.runs.filter { !check.confirmation.contains($0) })
        if runs.first?.service == service { return (check, runs) }
      }
      return nil
    }
    guard let found else { throw .noFirstMeasurement(of: commit) }
    guard found.check.hasSuspects else {
      throw .usage(
        "the check of \(commit.shortSHA) at \(found.check.recordedAt) has no suspect: there is nothing that"
          + " --confirm could decide")
    }
    var request = request
    // What was no reason for an inconclusive verdict is none now: the options of a check are not recorded.
    if found.check.exitCode != Int(Verdict.Code.inconclusive.rawValue) {
      if request.profiles.isEmpty { request.profiles = Set(found.runs.map(\.profile)) }
      request.historyIsYoung = true
    }
    if !environment.isKnown { request.sizing = found.check.environment.sizing }
    var check = try prepared(found.runs.map(\.reading), request)
    check.take(runs: found.runs)
    return check
  }
}

extension GateError {
  fileprivate static func noFirstMeasurement(of commit: Commit) -> GateError {
    .usage(
      "--confirm decides the suspects of an earlier check, and the history has none in two steps of"
        + " \(commit.shortSHA) for this service and environment; record it with check --two-step, or give its results"
        + " too (--baseline FIRST --confirm SECOND)")
  }
}
