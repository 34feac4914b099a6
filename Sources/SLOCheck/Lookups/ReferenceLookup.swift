import SLOBudgets
package import SLOGate
package import SLOHistory
package import SLOModel
import SLOStatistics

/// Fetches from the history what a question is held against.
package struct ReferenceLookup {
  /// Nil where nothing was recorded yet.
  let history: History?
  package let repository: (any Repository)?
  /// The commits the references must be among, newest first; nil where git could not tell.
  let ancestors: [String]?
  /// Only commits at this time or earlier, where git could not tell: for a check of the past.
  var until: Timestamp?

  /// - Parameters:
  ///   - history: nil where nothing was recorded yet.
  ///   - ancestors: the commits the references must be among, newest first; nil where nobody knows them.
  ///   - until: only commits at this time or earlier, where nobody knows them: for a check of the past.
  package init(
    history: History?, repository: (any Repository)?, ancestors: [String]?, until: Timestamp? = nil
  ) {
    (self.history, self.repository) = (history, repository)
    (self.ancestors, self.until) = (ancestors, until)
  }

  /// Completes a question with windows, accepted levels and the anchor of slow drift.
  /// - Returns: what a person should know of it.
  package func complete(_ question: inout Question) throws(GateError) -> [String] {
    guard let history else { return [] }
    question.recordedCommits = try recordedCommits(of: question, in: history)
    guard question.environment.isKnown else { return [] }
    question.hasLeftReference = ancestors?.first.map { $0 != question.commit.sha } ?? false
    question.windows = try windows(question, history, among: ancestors, until: until)
    try placeAcceptances(of: &question, in: history)
    return try pinAnchor(of: &question, in: history)
  }

  /// Adds what earlier commits measured of findings that were not compared: to be shown, not to be judged by.
  package func add(_ findings: [Finding], to question: inout Question) throws(GateError) {
    let series = Dictionary(findings.map { ($0.series, $0.unit) }) { first, _ in first }
    guard let history, question.environment.isKnown, !series.isEmpty else { return }
    let shown = try windows(question, history, of: series, among: ancestors, until: until)
    for (profile, window) in shown {
      question.windows[profile]?.values.merge(window.values) { judged, _ in judged }
    }
  }

  private func windows(
    _ question: Question, _ history: History, of series: [Series: SLOModel.Unit]? = nil,
    among ancestors: [String]?, until: Timestamp?
  ) throws(GateError) -> [String: ReferenceWindow] {
    var windows: [String: ReferenceWindow] = [:]
    for (profile, runs) in Dictionary(grouping: question.runs, by: \.profile) {
      guard let first = runs.first(where: { $0.reading.failure == nil }) else { continue }
      var query = WindowQuery(
        for: first, referenceBranch: question.reference, ancestors: ancestors,
        size: question.policy.test.window, series: series ?? question.windowSeries)
      query.until = until
      query.measured = question.measured(profile)
      for run in runs {
        query.endpoints.merge(EndpointIdentity.identities(of: run.reading)) { known, _ in known }
      }
      windows[profile] = try asking { [query] () throws(HistoryError) in
        try history.window(query)
      }
    }
    return windows
  }

  private func recordedCommits(of question: Question, in history: History) throws(GateError) -> [String:
    [Commit]]
  {
    let sources = Set(question.runs.map(\.reading.source.sha256))
    return try asking { () throws(HistoryError) in
      try history.commits(measuredBy: sources, service: question.service, until: question.now)
    }
  }

  // MARK: Accepted levels

  private func placeAcceptances(of question: inout Question, in history: History) throws(GateError) {
    question.acceptances = try acceptances(of: question.service)
    question.descendants = descendants(of: question.acceptances, upTo: question.commit.sha)
    for acceptance in question.acceptances where question.descendants[acceptance.commit] == nil {
      question.descendants[acceptance.commit] = try presumed(after: acceptance, question, history)
    }
  }

  /// The accepted levels of a service.
  func acceptances(of service: String) throws(GateError) -> [Acceptance] {
    guard let history else { return [] }
    return try asking { () throws(HistoryError) in try history.acceptances(service: service) }
  }

  /// The commits up to another one that contain each accepted commit, where git can tell.
  func descendants(of acceptances: [Acceptance], upTo sha: String) -> [String: Set<String>] {
    Set(acceptances.map(\.commit)).reduce(into: [:]) { known, accepted in
      known[accepted] = repository?.descendants(of: accepted, upTo: sha).map { Set($0) }
    }
  }

  /// Where git cannot tell, what was measured later on the branch of the accepted commit is taken to contain it.
  /// - Returns: nil where the commit judged is of another branch, and nobody knows.
  private func presumed(
    after acceptance: Acceptance, _ question: Question, _ history: History
  ) throws(GateError) -> Set<String>? {
    var filter = RunFilter()
    (filter.service, filter.commit, filter.limit) = (question.service, acceptance.commit, 1)
    let run = try asking { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
      .first
    guard let branch = run?.commit.branch, branch == question.commit.branch,
      question.commit.committedAt ?? question.now >= acceptance.since
    else { return nil }
    let later = question.windows.values.flatMap(\.commits).filter {
      $0.branch == branch && $0.time >= acceptance.since
    }
    return Set(later.map(\.sha) + [question.commit.sha])
  }

  // MARK: Slow drift

  /// Pins the commit that slow drift is measured from, where the budgets name one.
  /// - Returns: what a person should know of it.
  func pinAnchor(of question: inout Question, in history: History) throws(GateError) -> [String] {
    guard let creep = question.budgets.regression.creep else { return [] }
    guard let place = try place(of: creep, question, history) else {
      return [
        "creep: nobody knows the anchor '\(creep.anchor)' here, so slow drift was not judged: \(remedy)"
      ]
    }
    question.anchor = Anchor(
      name: creep.anchor, commit: place.commit, time: place.time,
      windows: try windows(question, history, among: place.ancestors, until: place.time))
    let found = question.anchor?.windows.values.map(\.commits.count).max() ?? 0
    let needed = question.policy.test.minimumReferences
    return found >= needed
      ? []
      : ["creep: \(found) comparable commits up to \(creep.anchor); slow drift is judged from \(needed) on"]
  }

  /// Where an anchor lies in history.
  private struct Place {
    var commit: String?
    var time: Timestamp?
    var ancestors: [String]?
  }

  /// A day, a name that git knows, or the beginning of a recorded SHA.
  private func place(
    of creep: RegressionSettings.Creep, _ question: Question, _ history: History
  ) throws(GateError) -> Place? {
    if let day = Timestamp(date: creep.anchor) {
      let end = Timestamp(milliseconds: day.milliseconds + 86_399_999)  // fits
      return Place(
        time: end,
        ancestors: ancestors == nil ? nil : repository?.ancestors(on: question.reference, until: end))
    }
    if let commit = repository?.commit(named: creep.anchor) {
      return Place(
        commit: commit.sha, time: commit.committedAt, ancestors: repository?.ancestors(from: commit.sha))
    }
    var filter = RunFilter()
    (filter.commit, filter.limit) = (creep.anchor, 1)
    let run = try asking { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
      .first
    if let run {
      return Place(commit: run.commit.sha, time: run.commit.committedAt ?? run.startedAt ?? run.recordedAt)
    }
    guard let repository, !repository.isShallow else { return nil }
    throw GateError(
      .configuration,
      "\(creep.place): git knows no tag, commit or branch '\(creep.anchor)'; name one, or a day")
  }

  private var remedy: String {
    repository == nil
      ? "check inside the repository" : "this is a shallow clone; fetch the whole history (fetch-depth: 0)"
  }
}
