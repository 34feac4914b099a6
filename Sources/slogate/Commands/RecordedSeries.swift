import ArgumentParser
import SLOBudgets
import SLOHistory
import SLOModel

/// What the history has of the series a command asks for. Found, or the error reported.
struct RecordedSeries {
  let budgets: Budgets
  let cohorts: [CohortHistory]

  /// - Parameters:
  ///   - figures: what to take where no metric is named; none is every figure.
  ///   - endpoints: what to take where no endpoint is named; none is every endpoint.
  ///   - last: how many commits to take where no number is given.
  init(
    _ options: SeriesOptions, _ storage: StorageOptions, figures: [SeriesQuery.Figure] = [],
    endpoints: [EndpointPattern] = [], last: Int? = nil
  ) throws {
    budgets = try Budgets.reading(storage.budgets)
    guard let history = try storage.openExisting() else { throw Failure.noHistory(at: storage.history) }
    var query = SeriesQuery()
    query.service = options.service ?? budgets.service
    query.profile = options.profile.count == 1 ? options.profile.first : nil
    query.figures = options.metric.isEmpty ? figures : try options.figures()
    query.endpoints = options.endpoint.isEmpty ? endpoints : options.endpoints
    let reader = Reader(history: history, path: storage.history, options: options, budgets: budgets)
    query.since = try reader.since(query)
    query.limit = options.last ?? last
    cohorts = try reader.cohorts(onBranchOf: query)
    guard cohorts.isEmpty else { return }
    Terminal.error(try reader.nothing(query, in: storage.history))
    throw Failure.nothingRecorded
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

  /// Why nothing was found, and what there is.
  func nothing(_ query: SeriesQuery, in path: String) throws -> String {
    var all = SeriesQuery()
    all.limit = 1
    let found = try Failure.reporting { () throws(HistoryError) in try history.cohorts(all) }
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
