import SLOBudgets
public import SLOGate
public import SLOHistory
public import SLOModel
import SLOReaders

/// A release gate: budgets, a history and a repository, against which results are judged.
///
/// ```swift
/// let gate = try Gate(history: .file("history/slogate.sqlite"), budgets: .folder("budgets"), repository: .git("."))
/// let verdict = try gate.check(results, of: CheckRequest(service: "shop", sizing: ["stage": "perf"]))
/// try gate.record(verdict)
/// ```
///
/// Nothing is printed, and nothing is recorded but by `record`. A gate belongs to one thread, as its history does.
public final class Gate {
  /// Where the history is.
  public enum HistorySource: Sendable {
    /// Nothing is compared with, and nothing can be recorded.
    case none
    /// A file, which is made by the first recording.
    case file(String)
  }

  /// Where commits and their ancestors are known.
  public enum RepositorySource: Sendable {
    /// Nowhere: every run on the reference branch counts as a reference.
    case none
    /// The git repository that a folder lies in; outside one as `none`.
    case git(String)
    /// Any other.
    case custom(any Repository)
  }

  /// Where the budgets are.
  package let budgets: BudgetSource
  /// The repository, the build server and the clock.
  package let platform: Platform
  private let path: String?
  private var opened: History?

  /// Creates a gate. No file is opened and no process started yet.
  /// - Throws: a usage error for a history that keeps nothing.
  public convenience init(
    history: HistorySource, budgets: BudgetSource = .usual, repository: RepositorySource = .none
  ) throws(GateError) {
    var platform = Platform()
    switch repository {
    case .none: break
    case .git(let folder): platform.repository = Git(folder)
    case .custom(let repository): platform.repository = repository
    }
    try self.init(history: history, budgets: budgets, on: platform)
  }

  /// Creates a gate amid a build server, and with a clock of its own.
  package init(
    history: HistorySource, budgets: BudgetSource = .usual, on platform: Platform
  ) throws(GateError) {
    switch history {
    case .none: path = nil
    case .file(let path):
      guard !path.allSatisfy(\.isWhitespace), path != ":memory:" else {
        throw .usage("a history takes the path of a file; found '\(path)', which keeps nothing")
      }
      self.path = path
    }
    (self.budgets, self.platform) = (budgets, platform)
  }

  /// Judges results: in four steps, each of which has only what the one before gave it. The input is put together, the
  /// history is asked for what it needs, and the two are evaluated.
  /// - Parameters:
  ///   - results: the readings of all profiles.
  ///   - request: what they are of.
  /// - Returns: the verdict, complete.
  public func check(
    _ results: [Reading], of request: CheckRequest = CheckRequest()
  ) throws(GateError) -> Verdict {
    try check(try prepared(results, request))
  }

  /// Decides the suspects of a check by a second measurement, made in a job of its own: what it does not show again was
  /// a spike of the first. Everything else is judged by the first alone.
  ///
  /// ```swift
  /// let first = try gate.check(results, of: request)
  /// if first.code == .suspect { print(try gate.confirm(results, by: secondResults, of: request).outcome) }
  /// ```
  /// - Parameters:
  ///   - results: the first measurement; nil: as it was recorded.
  ///   - second: the second measurement, of the profiles that have suspects at least.
  ///   - request: what both are of.
  /// - Returns: the verdict, complete: suspect no more.
  public func confirm(
    _ results: [Reading]? = nil, by second: [Reading], of request: CheckRequest = CheckRequest()
  ) throws(GateError) -> Verdict {
    let first =
      if let results { try prepared(results, request) } else { try firstMeasurement(request) }
    return try check(try first.confirmed(by: Readers.settled(second)))
  }

  /// Keeps the runs of a verdict, and the verdict itself.
  @discardableResult
  public func record(_ verdict: Verdict) throws(GateError) -> Recording {
    let recorded = RecordedVerdict(
      commit: verdict.commit, environment: verdict.environment, verdict: verdict.outcome.rawValue,
      exitCode: Int(verdict.code.rawValue), regressed: verdict.regressed,
      suspected: verdict.policy.isTwoStep ? verdict.suspects : nil,
      confirmation: verdict.confirmation.map(\.run.id))
    do throws(HistoryError) {
      let history = try writable()
      return try history.record(
        (verdict.runs + verdict.confirmation).map(\.run), verdict: recorded, at: verdict.evaluation.now)
    } catch {
      guard error.kind == .unwritable else { throw GateError(error) }
      throw GateError(
        HistoryError(
          path: error.path, kind: error.kind, message: error.message,
          remedy: error.remedy + ", or pass --no-record"))
    }
  }

  /// Keeps runs that were not judged.
  @discardableResult
  package func record(_ check: PreparedCheck) throws(GateError) -> Recording {
    try asking { () throws(HistoryError) in
      try writable().record(check.input.runs, verdict: nil, at: check.input.now)
    }
  }
}

// MARK: The steps of a check

extension Gate {
  /// The first step: the input. Names that are nearly known ones are refused.
  package func prepared(
    _ results: [Reading], _ request: CheckRequest
  ) throws(GateError) -> PreparedCheck {
    let check = try PreparedCheck(results, request, budgets, on: platform)
    try demandKnownProfiles(request.namedProfiles.union(request.profiles), check.input)
    if !request.isNewService, let service = nonBlank(request.service) {
      try demandKnown(ComposedText.composed(service), check.input.budgets)
    }
    return check
  }

  /// What is wrong in the budgets, where not all results could be read.
  package func demandBudgets(_ request: CheckRequest) throws(GateError) {
    _ = try PreparedCheck.budgets(budgets, knowing: nil, request)
  }

  /// The other steps: what the input asks of the history, what it is held against, and the verdict.
  /// - Parameter isDescribed: whether it is for reports that show commits in the words of the repository, the size of
  ///   the history, and what the branch does to the budgets.
  package func check(_ check: PreparedCheck, isDescribed: Bool = true) throws(GateError) -> Verdict {
    let plan = CheckPlan(check.input)
    let references = try references(for: plan, of: check, isDescribed)
    return evaluate(
      plan, against: references, context: isDescribed ? platform.context : { _ in VerdictContext() })
  }

  private func references(
    for plan: CheckPlan, of check: PreparedCheck, _ isDescribed: Bool
  ) throws(GateError) -> References {
    let ancestry = check.origin.ancestry()
    let history = try existing()
    let lookup = ReferenceLookup(
      history: history, repository: platform.repository, ancestors: ancestry.commits)
    var references = try lookup.references(for: plan)
    references.notices += [ancestry.notice].compactMap { $0 }
    guard isDescribed else { return references }
    if let history { references.details += try summary(of: history, at: check.input.now) }
    if let base = ancestry.commits?.first, base != check.input.commit.sha {
      references.addBudgets(
        of: base, at: budgets.paths, endpointTag: check.endpointTag, platform.repository)
    }
    return references
  }

  /// The same verdict with what earlier commits measured of findings that were not compared: to be shown, not to be
  /// judged by.
  package func showing(_ findings: [Finding], in verdict: Verdict) throws(GateError) -> Verdict {
    try lookup(as: verdict).showing(findings, in: verdict)
  }

  /// The same verdict with how the samples of some findings moved, to be shown.
  package func showingShifts(of findings: [Finding], in verdict: Verdict) throws(GateError) -> Verdict {
    var verdict = verdict
    verdict.context.shifts = try lookup(as: verdict).shifts(of: findings, in: verdict)
    return verdict
  }

  /// What looks up what the check behind a verdict could see.
  private func lookup(as verdict: Verdict) throws(GateError) -> ReferenceLookup {
    let references = verdict.evaluation.references
    return ReferenceLookup(
      history: try existing(), repository: platform.repository, ancestors: references.ancestors,
      until: references.until)
  }

  /// A recorded check put again, under the budgets of now.
  package func past(
    _ wanted: PastCheck.Wanted, reference: String?, isDescribed: Bool
  ) throws(GateError) -> PastCheck {
    let history = try demandHistory()
    let budgets: Budgets
    do throws(BudgetProblems) { budgets = try self.budgets.load() } catch { throw GateError(error) }
    return try PastCheck(
      of: wanted, in: history, under: budgets, reference: reference, on: platform, isDescribed: isDescribed)
  }
}

// MARK: The history

extension Gate {
  /// The history for reading; nil where none was written yet.
  package func existing() throws(GateError) -> History? {
    if let opened { return opened }
    opened = try asking { () throws(HistoryError) in
      try path.flatMap { path throws(HistoryError) in
        try History.openExisting(path: path)
      }
    }
    return opened
  }

  /// The history; where there is none, nothing that is asked for can be in it.
  package func demandHistory() throws(GateError) -> History {
    guard let history = try existing() else { throw .noHistory(at: path ?? "(none)") }
    return history
  }

  private func writable() throws(HistoryError) -> History {
    if let opened { return opened }
    guard let path else {
      throw HistoryError(
        path: "(none)", kind: .unwritable, message: "the gate has no history", remedy: "name a file")
    }
    let history = try History.open(path: path)
    opened = history
    return history
  }

  /// Size and age of the history in one line, so that an empty or stale one is seen.
  private func summary(of history: History, at now: Timestamp) throws(GateError) -> [String] {
    let counts = try asking { () throws(HistoryError) in try history.summary() }
    guard counts.runs > 0, let newest = counts.newest else { return ["history: \(history.path) is empty"] }
    let days = now.days(since: newest)
    let age = days < 1 ? "less than a day ago" : days == 1 ? "1 day ago" : "\(days) days ago"
    return ["history: \(counts.runs) runs, the newest recorded \(age)"]
  }

  /// Refuses results under a name that nothing knows and that is nearly a known one: they would have no limits and no
  /// history.
  private func demandKnownProfiles(_ profiles: Set<String>, _ input: CheckInput) throws(GateError) {
    for name in profiles.sorted() where !input.budgets.knows(profile: name) {
      let history = try existing()
      let recorded = try asking { () throws(HistoryError) in try history?.profiles(of: input.service) ?? [] }
      guard let near = input.budgets.suggestion(forGivenProfile: name, recorded: recorded) else { continue }
      throw .usage(
        "no budget file and no earlier run knows the profile '\(name)'; did you mean '\(near)'? Where the name is"
          + " meant, write profiles: { \(name): {} } into a budget file")
    }
  }

  /// Refuses a service that neither budgets nor history know where they know others: under a misspelt name a run has
  /// no history to be held against.
  private func demandKnown(_ service: String, _ budgets: Budgets) throws(GateError) {
    let history = try existing()
    let recorded = try asking { () throws(HistoryError) in try history?.services() ?? [] }
    let known = Set(recorded + [budgets.service].compactMap(\.self)).sorted()
    guard !known.isEmpty, !known.contains(service) else { return }
    let hint = Suggestion.hint(for: service, among: known).map { "; \($0)" } ?? ""
    throw .usage(
      "--service '\(service)' is known neither to the budget files nor to \(path ?? "the history"): pass --new-service"
        + " where it is meant\(hint)")
  }
}
