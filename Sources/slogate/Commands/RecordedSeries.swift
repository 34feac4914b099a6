import ArgumentParser
import SLOBudgets
import SLOHistory
import SLOModel

/// What the history has of the series a command asks for. Found, or the error reported.
struct RecordedSeries {
  let budgets: Budgets
  let cohorts: [CohortHistory]

  /// - Parameters:
  ///   - figures: what to take where no metric is named; where nothing has any of them, every figure, as for none.
  ///   - last: how many commits to take where no number is given.
  init(
    _ options: SeriesOptions, _ storage: StorageOptions, figures: [MetricFigure] = [], last: Int? = nil
  ) throws {
    budgets = try Budgets.reading(storage.budgets)
    guard let history = try storage.openExisting() else { throw Failure.noHistory(at: storage.history) }
    var query = SeriesQuery()
    query.service = nonBlank(options.service) ?? budgets.service
    query.profile = options.profile.count == 1 ? options.profile.first : nil
    query.figures = options.metric.isEmpty ? figures : try options.figures()
    query.endpoints = options.endpoints
    let reader = Reader(history: history, path: storage.history, options: options, budgets: budgets)
    query.since = try reader.since(query)
    query.limit = options.last ?? last
    var found = try reader.cohorts(onBranchOf: query)
    if found.isEmpty, options.metric.isEmpty, !figures.isEmpty {
      query.figures = []
      found = try reader.cohorts(onBranchOf: query)
    }
    cohorts = found
    guard !cohorts.isEmpty else {
      Terminal.error(try reader.nothing(query, in: storage.history))
      throw Failure.nothingRecorded
    }
    try reader.strangers(query, besides: found).forEach(Terminal.notice)
  }
}

/// Asks the history for what the options mean.
private struct Reader {
  let history: History
  let path: String
  let options: SeriesOptions
  let budgets: Budgets

  /// The cohorts of the branch asked for; where none was named and the reference branch has nothing, of every
  /// branch, which is then told.
  func cohorts(onBranchOf query: SeriesQuery) throws -> [CohortHistory] {
    guard options.branch != "*" else { return try cohorts(query) }
    var onBranch = query
    onBranch.branch = options.branch ?? Origin.reference
    let found = try cohorts(onBranch)
    guard found.isEmpty, options.branch == nil else { return found }
    let all = try cohorts(query)
    if !all.isEmpty {
      Terminal.notice(
        "branch \(onBranch.branch ?? "") has no such run; shown are the runs of every branch (--branch NAME for one)"
      )
    }
    return all
  }

  private func cohorts(_ query: SeriesQuery) throws -> [CohortHistory] {
    try Failure.reporting { () throws(HistoryError) in try history.cohorts(query) }.filter {
      (options.profile.isEmpty || options.profile.contains($0.profile))
        && options.includes($0.environment, budgets: budgets)
    }
  }

  /// The time from which commits count.
  func since(_ query: SeriesQuery) throws -> Timestamp? {
    guard let since = options.since else { return nil }
    if let time = Timestamp(date: since) ?? Timestamp(rfc3339: since) { return time }
    let sha = try RunNames(history, path: path).find(since)?.runs.first?.commit.sha
    let recorded = try cohorts(query).flatMap(\.commits).filter { $0.sha == sha }.map(\.time).min()
    guard let time = recorded ?? Git()?.commit(named: since)?.committedAt else {
      throw ValidationError(
        "--since takes a day such as 2026-11-20, a time, or a recorded commit; found '\(since)'.")
    }
    return time
  }

  /// What was asked for beside what was found, and nothing recorded has.
  func strangers(_ query: SeriesQuery, besides found: [CohortHistory]) throws -> [String] {
    let isComplete =
      Set(options.profile).isSubset(of: found.map(\.profile))
      && options.endpoint.allSatisfy { name in
        found.contains { cohort in
          cohort.series.contains { EndpointPattern.selecting(name).matches($0.series.endpoint) }
        }
      }
    return isComplete ? [] : unknownNames(query, among: try newest())
  }

  /// What was recorded of the newest commit of each cohort.
  private func newest() throws -> [CohortHistory] {
    var all = SeriesQuery()
    all.limit = 1
    return try Failure.reporting { [all] () throws(HistoryError) in try history.cohorts(all) }
  }

  /// The names that nothing recorded has, each with the one that is probably meant.
  private func unknownNames(_ query: SeriesQuery, among recorded: [CohortHistory]) -> [String] {
    let services = [query.service].compactMap { name in
      name.flatMap { unknown($0, "service", recorded.map(\.service)) }
    }
    let found = recorded.filter { $0.service == query.service ?? $0.service }
    let profiles = options.profile.compactMap { unknown($0, "profile", found.map(\.profile)) }
    let endpoints = Set(found.flatMap(\.series).map(\.series.endpoint))
    let strangers = options.endpoint.filter { name in
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
  func nothing(_ query: SeriesQuery, in path: String) throws -> String {
    let found = try newest()
    if let unknown = unknownNames(query, among: found).first { return "\(path): \(unknown)" }
    let known = found.prefix(10).map { cohort in
      let sizing = cohort.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      let size = sizing.isEmpty ? "an unknown sizing" : sizing.joined(separator: " ")
      return "\(cohort.profile) of service \(cohort.service) at \(size) (\(cohort.series.count) series)"
    }
    let recorded = known.isEmpty ? "it has no runs that count" : "it has " + known.joined(separator: ", ")
    let more = found.count > 10 ? " and \(found.count - 10) more" : ""
    return "\(path): nothing recorded is what was asked for; \(recorded)\(more)"
  }
}
