import SLOBudgets
package import SLOGate
package import SLOHistory
import SLOModel

/// A recorded check put again: its runs as they were, against the commits before it, under the budgets of now.
package struct PastCheck {
  /// The check as it was recorded.
  package let recorded: RecordedCheck
  /// The verdict of now.
  package let verdict: Verdict

  /// Which check is meant: the newest of those that all of it is true of.
  package struct Wanted {
    /// The commit judged, by any name that git understands or the beginning of its SHA.
    var commit: String?
    /// The branch measured.
    var branch: String?
    /// The service measured.
    var service: String?
    /// The environment, by its name in the budget files or in the history.
    var environment: String?
    /// Facts of the sizing.
    var facts: [(key: String, value: String)] = []

    package init(
      commit: String? = nil, branch: String? = nil, service: String? = nil, environment: String? = nil,
      facts: [(key: String, value: String)] = []
    ) {
      (self.commit, self.branch, self.service) = (commit, branch, service)
      (self.environment, self.facts) = (environment, facts)
    }
  }

  /// - Parameters:
  ///   - budgets: the limits it is put under.
  ///   - reference: the branch the references come from, nil: as `check` finds it.
  ///   - isDescribed: whether reports show its commits in the words of the repository.
  init(
    of wanted: Wanted, in history: History, under budgets: Budgets, reference: String?,
    on platform: Platform, isDescribed: Bool
  ) throws(GateError) {
    let repository = platform.repository
    let check = try PastCheck.find(wanted, budgets, history, repository)
    let (runs, confirmation) = try asking { () throws(HistoryError) in
      let first = check.runs.filter { !check.confirmation.contains($0) }
      return (try history.runs(first), try history.runs(check.confirmation))
    }
    guard let first = runs.first else {
      throw GateError.usage(
        "the runs of the check of \(check.commit.shortSHA) are not in \(history.path) any more")
    }
    let reference = reference ?? platform.usualReference
    // What was no reason then is none now: the options of a check are not recorded, its exit code is.
    var policy = GatePolicy(budgets)
    if check.exitCode != Int(Verdict.Code.inconclusive.rawValue) {
      policy.profiles = Set(runs.map(\.profile))
      policy.historyIsYoung = true
    }
    policy.isTwoStep = check.isTwoStep
    var input = CheckInput(
      service: first.service, commit: first.commit, reference: reference, environment: check.environment,
      runs: runs, budgets: budgets, policy: policy,
      isStrict: check.exitCode == Int(Verdict.Code.warnings.rawValue), now: check.recordedAt)
    input.confirmation = confirmation
    let ancestors =
      repository?.isShallow == true ? nil : repository?.ancestors(of: first.commit.sha, on: reference)
    let lookup = ReferenceLookup(
      history: history, repository: repository, ancestors: ancestors,
      until: first.commit.committedAt ?? check.recordedAt)
    recorded = check
    verdict = PastCheck.verdict(
      on: input, against: try lookup.references(for: CheckPlan(input)), as: check,
      context: isDescribed ? platform.context : { _ in VerdictContext() })
  }

  /// Where the check ended otherwise than it would now: budgets are those of now, and its options are not recorded.
  package var difference: [String] {
    let now = verdict.code.rawValue
    return Int(now) == recorded.exitCode
      ? []
      : [
        "the check ended with exit code \(recorded.exitCode); by the budgets and the history of now it is \(now)"
      ]
  }

  /// Demands a history, as --require-history does, of a check that was inconclusive for no other reason.
  private static func verdict(
    on input: CheckInput, against references: References, as check: RecordedCheck,
    context: (Verdict) -> VerdictContext
  ) -> Verdict {
    let verdict = evaluate(CheckPlan(input), against: references, context: context)
    let wasInconclusive = check.exitCode == Int(Verdict.Code.inconclusive.rawValue)
    guard wasInconclusive, verdict.code != .inconclusive else { return verdict }
    var demanding = input
    demanding.policy.requiresHistory = true
    let other = evaluate(CheckPlan(demanding), against: references, context: context)
    return other.code == .inconclusive ? other : verdict
  }

  private static func find(
    _ wanted: Wanted, _ budgets: Budgets, _ history: History, _ repository: (any Repository)?
  ) throws(GateError) -> RecordedCheck {
    let sha = try wanted.commit.map { name throws(GateError) in try recordedSHA(name, history, repository) }
    var filter = RunFilter()
    (filter.service, filter.branch, filter.commit) = (wanted.service, wanted.branch, sha)
    filter.sizing = Dictionary(wanted.facts.map { ($0.key, $0.value) }) { _, last in last }
    if let name = wanted.environment {
      let named = budgets.environments[name]
      filter.sizing.merge(named ?? [:]) { given, _ in given }
      if named == nil { filter.environmentName = name }
    }
    let check = try asking { [filter] () throws(HistoryError) in
      var all = RunFilter()
      all.commit = sha
      if filter == all { return try history.checks(limit: 1, commit: sha).first }
      let runs = Set(try history.runHeaders(filter).map(\.id))
      return try history.checks(commit: sha).first { !runs.isDisjoint(with: $0.runs) }
    }
    guard let check else {
      throw GateError.usage(
        "\(history.path) has no check\(description(of: wanted)); 'slogate history list' shows what it has")
    }
    return check
  }

  /// What was asked for: ` of 'v1' with service 'shop'`.
  private static func description(of wanted: Wanted) -> String {
    let named = [
      ("service", wanted.service), ("branch", wanted.branch), ("environment", wanted.environment),
    ].compactMap { word, name in name.map { "\(word) '\($0)'" } }
    let parts = named + wanted.facts.map { "\($0.key)=\($0.value)" }
    return (wanted.commit.map { " of '\($0)'" } ?? "")
      + (parts.isEmpty ? "" : " with " + parts.joined(separator: ", "))
  }

  /// The full SHA of a commit that has a check.
  private static func recordedSHA(
    _ name: String, _ history: History, _ repository: (any Repository)?
  ) throws(GateError) -> String {
    if let known = repository?.commit(named: name)?.sha { return known }
    var filter = RunFilter()
    filter.commit = name
    let headers = try asking { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
    let found = Set(headers.map(\.commit.sha))
    if found.contains(name) { return name }
    guard found.count <= 1 else {
      throw GateError.usage("'\(name)' is the beginning of \(found.count) recorded commits; write more of it")
    }
    return found.first ?? name
  }
}
