package import SLOBudgets
package import SLOHistory
package import SLOModel

/// What the history has of the series a command asks for. Found, or the error reported.
package struct RecordedSeries {
  /// What was measured, profile by profile; never none.
  package let cohorts: [CohortHistory]

  /// What is asked for; nil and empty mean everything.
  package struct Request {
    /// The endpoints, by name or pattern as a person writes them.
    package var endpoints: [String] = []
    /// The figures.
    package var figures: [MetricFigure] = []
    /// The profiles.
    package var profiles: [String] = []
    /// The environment, by its name in budget files or history.
    package var environment: String?
    /// Facts of the sizing.
    package var facts: [(key: String, value: String)] = []
    /// The service; nil: the one the budget files name.
    package var service: String?
    /// The branch; nil: the reference branch, `*`: all.
    package var branch: String?
    /// A day, a time or a commit from which commits count.
    package var since: String?
    /// Only the last commits.
    package var last: Int?

    package init() {}

    /// Whether a sizing is one of those asked for.
    fileprivate func includes(_ sizing: Environment, budgets: Budgets) -> Bool {
      facts.allSatisfy { sizing.sizing[$0.key] == $0.value } && isNamed(sizing, budgets)
    }

    /// By the sizing that the budget files give the name, else by the name it was recorded under.
    private func isNamed(_ sizing: Environment, _ budgets: Budgets) -> Bool {
      guard let environment else { return true }
      guard let named = budgets.environments[environment] else { return sizing.name == environment }
      return named.allSatisfy { sizing.sizing[$0.key] == $0.value }
    }
  }

  /// - Parameters:
  ///   - figures: what to take where no metric is named; where nothing has any of them, every figure, as for none.
  ///   - last: how many commits to take where no number is given.
  ///   - onNotice: takes what a person should know of what was found.
  package init(
    _ request: Request, in history: History, under budgets: Budgets, figures: [MetricFigure] = [],
    last: Int? = nil, on platform: Platform, onNotice: @escaping (String) -> Void
  ) throws(GateError) {
    var query = SeriesQuery()
    query.service = nonBlank(request.service) ?? budgets.service
    query.profile = request.profiles.count == 1 ? request.profiles.first : nil
    query.figures = request.figures.isEmpty ? figures : request.figures
    query.endpoints = request.endpoints.map(EndpointPattern.selecting)
    let reader = Reader(
      history: history, request: request, budgets: budgets, platform: platform, onNotice: onNotice)
    query.since = try reader.since(query)
    query.limit = request.last ?? last
    var found = try reader.cohorts(onBranchOf: query)
    if found.isEmpty, request.figures.isEmpty, !figures.isEmpty {
      query.figures = []
      found = try reader.cohorts(onBranchOf: query)
    }
    cohorts = found
    guard !cohorts.isEmpty else {
      throw GateError(.nothingRecorded, try reader.nothing(query))
    }
    try reader.strangers(query, besides: found).forEach(onNotice)
  }
}

/// Asks the history for what the options mean.
private struct Reader {
  let history: History
  let request: RecordedSeries.Request
  let budgets: Budgets
  let platform: Platform
  let onNotice: (String) -> Void

  /// The cohorts of the branch asked for; where none was named and the reference branch has nothing, of every
  /// branch, with a notice.
  func cohorts(onBranchOf query: SeriesQuery) throws(GateError) -> [CohortHistory] {
    guard request.branch != "*" else { return try cohorts(query) }
    var onBranch = query
    onBranch.branch = request.branch ?? platform.usualReference
    let found = try cohorts(onBranch)
    guard found.isEmpty, request.branch == nil else { return found }
    let all = try cohorts(query)
    if !all.isEmpty {
      onNotice(
        "branch \(onBranch.branch ?? "") has no such run; shown are the runs of every branch (--branch NAME for one)"
      )
    }
    return all
  }

  private func cohorts(_ query: SeriesQuery) throws(GateError) -> [CohortHistory] {
    try asking { () throws(HistoryError) in try history.cohorts(query) }.filter {
      (request.profiles.isEmpty || request.profiles.contains($0.profile))
        && request.includes($0.environment, budgets: budgets)
    }
  }

  /// The time from which commits count.
  func since(_ query: SeriesQuery) throws(GateError) -> Timestamp? {
    guard let since = request.since else { return nil }
    if let time = Timestamp(date: since) ?? Timestamp(rfc3339: since) { return time }
    let sha = try RunNames(
      history, path: history.path, repository: platform.repository, onNotice: onNotice
    ).find(since)?.runs.first?.commit.sha
    let recorded = try cohorts(query).flatMap(\.commits).filter { $0.sha == sha }.map(\.time).min()
    guard let time = recorded ?? platform.repository?.commit(named: since)?.committedAt else {
      throw GateError(
        .usage, "--since takes a day such as 2026-11-20, a time, or a recorded commit; found '\(since)'.")
    }
    return time
  }

  /// What was asked for besides what was found, and nothing recorded has.
  func strangers(_ query: SeriesQuery, besides found: [CohortHistory]) throws(GateError) -> [String] {
    let isComplete =
      Set(request.profiles).isSubset(of: found.map(\.profile))
      && request.endpoints.allSatisfy { name in
        found.contains { cohort in
          cohort.series.contains { EndpointPattern.selecting(name).matches($0.series.endpoint) }
        }
      }
    return isComplete ? [] : unknownNames(query, among: try newest())
  }

  /// What was recorded of the newest commit of each cohort.
  private func newest() throws(GateError) -> [CohortHistory] {
    var all = SeriesQuery()
    all.limit = 1
    return try asking { [all] () throws(HistoryError) in try history.cohorts(all) }
  }

  /// The names that nothing recorded has, each with the one that is probably meant.
  private func unknownNames(_ query: SeriesQuery, among recorded: [CohortHistory]) -> [String] {
    let services = [query.service].compactMap { name in
      name.flatMap { unknown($0, "service", recorded.map(\.service)) }
    }
    let found = recorded.filter { $0.service == query.service ?? $0.service }
    let profiles = request.profiles.compactMap { unknown($0, "profile", found.map(\.profile)) }
    let endpoints = Set(found.flatMap(\.series).map(\.series.endpoint))
    let strangers = request.endpoints.filter { name in
      !endpoints.contains { EndpointPattern.selecting(name).matches($0) }
    }
    return services + profiles + strangers.compactMap { unknown($0, "endpoint", Array(endpoints)) }
  }

  private func unknown(_ name: String, _ kind: String, _ known: [String]) -> String? {
    let known = Set(known)
    guard !known.isEmpty, !known.contains(name) else { return nil }
    let some = known.sorted().prefix(8).joined(separator: ", ")
    let hint =
      Suggestion.hint(for: name, among: known.sorted())
      ?? "recorded are \(some)\(known.count > 8 ? ", …" : "")"
    return "no \(kind) '\(name)' was recorded; \(hint)"
  }

  /// Why nothing was found, and what there is.
  func nothing(_ query: SeriesQuery) throws(GateError) -> String {
    let found = try newest()
    if let unknown = unknownNames(query, among: found).first { return "\(history.path): \(unknown)" }
    let known = found.prefix(10).map { cohort in
      let sizing = cohort.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let size = sizing.isEmpty ? "an unknown sizing" : sizing.joined(separator: " ")
      return "\(cohort.profile) of service \(cohort.service) at \(size) (\(cohort.series.count) series)"
    }
    let recorded = known.isEmpty ? "it has no runs that count" : "it has " + known.joined(separator: ", ")
    let more = found.count > 10 ? " and \(found.count - 10) more" : ""
    return "\(history.path): nothing recorded is what was asked for; \(recorded)\(more)"
  }
}
