import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics

/// Fetches from the history what a check is held against.
struct ReferenceLookup {
  /// Nil where nothing was recorded yet.
  let history: History?
  let repository: (any Repository)?
  /// The commits the references must be among, newest first; nil where git does not know.
  let ancestors: [String]?
  /// Only commits at this time or earlier, where git does not know: for a check of the past.
  var until: Timestamp?

  /// - Parameters:
  ///   - history: nil where nothing was recorded yet.
  ///   - ancestors: the commits the references must be among, newest first; nil where they are not known.
  ///   - until: only commits at this time or earlier, where they are not known: for a check of the past.
  init(
    history: History?, repository: (any Repository)?, ancestors: [String]?, until: Timestamp? = nil
  ) {
    (self.history, self.repository) = (history, repository)
    (self.ancestors, self.until) = (ancestors, until)
  }

  /// What a plan asks for: windows, accepted levels and the anchor of slow drift.
  func references(for plan: CheckPlan) throws(GateError) -> References {
    var references = References()
    (references.ancestors, references.until) = (ancestors, until)
    guard let history else { return references }
    let input = plan.input
    references.recordedCommits = try recordedCommits(of: input, in: history)
    guard input.environment.isKnown else { return references }
    references.hasLeftReference = ancestors?.first.map { $0 != input.commit.sha } ?? false
    references.windows = try windows(for: plan, history, among: ancestors, until: until)
    try placeAcceptances(of: input, in: history, among: &references)
    try pinAnchor(for: plan, in: history, among: &references)
    return references
  }

  /// The same verdict with what earlier commits measured of findings that were not compared: to be shown, not to be
  /// judged by.
  func showing(_ findings: [Finding], in verdict: Verdict) throws(GateError) -> Verdict {
    let series = Dictionary(findings.map { ($0.series, $0.unit) }) { first, _ in first }
    let plan = verdict.evaluation.plan
    guard let history, plan.input.environment.isKnown, !series.isEmpty else { return verdict }
    return verdict.showing(try windows(for: plan, history, of: series, among: ancestors, until: until))
  }

  /// How the samples of findings moved, as far as the runs judged and those they were held against kept them.
  func shifts(of findings: [Finding], in verdict: Verdict) throws(GateError) -> [Series: SampleShift] {
    let (evaluation, plan) = (verdict.evaluation, verdict.evaluation.plan)
    var shifts: [Series: SampleShift] = [:]
    for finding in findings where evaluation.samples(of: finding) != nil {
      let runs = plan.input.runs.filter { $0.profile == finding.series.profile }
      var recorded: [ReferenceDistribution] = []
      if finding.regression?.isPaired != true, let history,
        let query = query(for: plan, runs, of: [:], among: ancestors, until: until)
      {
        recorded = try asking { () throws(HistoryError) in
          try history.distributions(
            query, endpoint: finding.series.endpoint, metric: finding.series.metric, unit: finding.unit)
        }
      }
      shifts[finding.series] = evaluation.shift(of: finding, recorded: recorded)
    }
    return shifts
  }

  private func windows(
    for plan: CheckPlan, _ history: History, of series: [Series: SLOModel.MetricUnit]? = nil,
    among ancestors: [String]?, until: Timestamp?
  ) throws(GateError) -> [String: ReferenceWindow] {
    var windows: [String: ReferenceWindow] = [:]
    for (profile, runs) in Dictionary(grouping: plan.input.runs, by: \.profile) {
      guard
        var query = query(for: plan, runs, of: series ?? plan.windowSeries, among: ancestors, until: until)
      else { continue }
      query.measured = plan.measured(profile)
      windows[profile] = try asking { [query] () throws(HistoryError) in
        try history.window(query)
      }
    }
    return windows
  }

  /// What the runs of one profile may be compared with; nil where all of them failed.
  private func query(
    for plan: CheckPlan, _ runs: [Run], of series: [Series: SLOModel.MetricUnit], among ancestors: [String]?,
    until: Timestamp?
  ) -> WindowQuery? {
    guard let first = runs.first(where: { $0.reading.failure == nil }) else { return nil }
    var query = WindowQuery(
      for: first, referenceBranch: plan.input.reference, ancestors: ancestors,
      size: plan.input.policy.test.window, series: series)
    query.until = until
    for run in runs {
      query.endpoints.merge(EndpointIdentity.identities(of: run.reading)) { known, _ in known }
    }
    return query
  }

  private func recordedCommits(of input: CheckInput, in history: History) throws(GateError) -> [String:
    [Commit]]
  {
    let sources = Set(input.runs.map(\.reading.source.sha256))
    return try asking { () throws(HistoryError) in
      try history.commits(measuredBy: sources, service: input.service, until: input.now)
    }
  }

  // MARK: Accepted levels

  private func placeAcceptances(
    of input: CheckInput, in history: History, among references: inout References
  ) throws(GateError) {
    references.acceptances = try acceptances(of: input.service)
    references.descendants = descendants(of: references.acceptances, upTo: input.commit.sha)
    for acceptance in references.acceptances where references.descendants[acceptance.commit] == nil {
      let later = references.windows.values.flatMap(\.commits)
      references.descendants[acceptance.commit] = try presumed(after: acceptance, input, later, history)
    }
  }

  /// The accepted levels of a service.
  func acceptances(of service: String) throws(GateError) -> [Acceptance] {
    guard let history else { return [] }
    return try asking { () throws(HistoryError) in try history.acceptances(service: service) }
  }

  /// The commits up to another one that contain each accepted commit, where git knows.
  func descendants(of acceptances: [Acceptance], upTo sha: String) -> [String: Set<String>] {
    Set(acceptances.map(\.commit)).reduce(into: [:]) { known, accepted in
      known[accepted] = repository?.descendants(of: accepted, upTo: sha).map { Set($0) }
    }
  }

  /// Where git does not know, what was measured later on the branch of the accepted commit is taken to contain it.
  /// - Returns: nil where the commit judged is of another branch, and it is not known.
  private func presumed(
    after acceptance: Acceptance, _ input: CheckInput, _ commits: [ReferenceCommit], _ history: History
  ) throws(GateError) -> Set<String>? {
    var filter = RunFilter()
    (filter.service, filter.commit, filter.limit) = (input.service, acceptance.commit, 1)
    let run = try asking { [filter] () throws(HistoryError) in try history.runHeaders(filter) }
      .first
    guard let branch = run?.commit.branch, branch == input.commit.branch,
      input.commit.committedAt ?? input.now >= acceptance.since
    else { return nil }
    let later = commits.filter {
      $0.branch == branch && $0.time >= acceptance.since
    }
    return Set(later.map(\.sha) + [input.commit.sha])
  }

  // MARK: Slow drift

  /// Pins the commit that slow drift is measured from, where the budgets name one.
  func pinAnchor(
    for plan: CheckPlan, in history: History, among references: inout References
  ) throws(GateError) {
    guard let creep = plan.input.budgets.regression.creep else { return }
    guard let place = try place(of: creep, plan.input, history) else {
      references.notices.append(
        "creep: the anchor '\(creep.anchor)' is not known here, so slow drift was not judged: \(remedy)")
      return
    }
    let windows = try windows(for: plan, history, among: place.ancestors, until: place.time)
    references.anchor = Anchor(
      name: creep.anchor, commit: place.commit, time: place.time, windows: windows)
    let found = windows.values.map(\.commits.count).max() ?? 0
    let needed = plan.input.policy.test.minimumReferences
    guard found < needed else { return }
    references.notices.append(
      "creep: \(found) comparable commits up to \(creep.anchor); slow drift is judged from \(needed) on")
  }

  /// Where an anchor lies in history.
  private struct Place {
    var commit: String?
    var time: Timestamp?
    var ancestors: [String]?
  }

  /// A day, a name that git knows, or the beginning of a recorded SHA.
  private func place(
    of creep: RegressionSettings.Creep, _ input: CheckInput, _ history: History
  ) throws(GateError) -> Place? {
    if let day = Timestamp(date: creep.anchor) {
      let end = Timestamp(milliseconds: day.milliseconds + 86_399_999)  // fits
      return Place(
        time: end,
        ancestors: ancestors == nil ? nil : repository?.ancestors(on: input.reference, until: end))
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
