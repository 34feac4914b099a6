import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOHistory
import SLOModel
import SLOSupport

/// Which recorded series are meant, and over which commits.
struct SeriesOptions: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Endpoints, with * for any text; * alone is the run as a whole, '**' everything.", valueName: "glob"),
    completion: Completions.endpoints)
  var endpoint: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Metrics as budgets name them: p95, error_rate, payment_time.med, lcp. Any percentile can be asked for where raw samples were recorded.",
      valueName: "metric"), completion: Completions.metrics)
  var metric: [String] = []

  @Option(
    parsing: .upToNextOption, help: ArgumentHelp("Profiles (default: all).", valueName: "name"),
    completion: Completions.profiles)
  var profile: [String] = []

  @OptionGroup var scope: ScopeOptions

  @Option(
    help: ArgumentHelp(
      "The branch (default: the reference branch, as check finds it); '*' for all.", valueName: "name"))
  var branch: String?

  @Option(
    help: ArgumentHelp(
      "Only commits since a day (2026-11-20), a time, or a commit.", valueName: "date|commit"))
  var since: String?

  @Option(help: ArgumentHelp("Only the last N commits.", valueName: "n"))
  var last: Int?

  func validate() throws {
    if let last, last < 1 { throw ValidationError("--last is a number of commits, 1 or more.") }
    _ = try figures()
  }

  /// The names of the options that were given.
  var given: [String] {
    let named: [(String, Bool)] = [
      ("--endpoint", !endpoint.isEmpty), ("--metric", !metric.isEmpty), ("--profile", !profile.isEmpty),
      ("--environment", scope.environment != nil), ("--env", !scope.env.isEmpty),
      ("--service", scope.service != nil),
      ("--branch", branch != nil), ("--since", since != nil), ("--last", last != nil),
    ]
    return named.filter(\.1).map(\.0)
  }

  /// The figures asked for.
  func figures() throws -> [MetricFigure] {
    try metric.flatMap { name in
      do throws(NamedFigure.Unknown) {
        return try NamedFigure.figures(named: name, of: profile).map {
          MetricFigure(metric: $0.metric, statistic: $0.statistic)
        }
      } catch {
        throw ValidationError("--metric \(VisibleText.escaped(name)): \(VisibleText.escaped(error.message))")
      }
    }
  }

  /// What the history has of the series asked for.
  /// - Parameters:
  ///   - figures: what to take where no metric is named.
  ///   - last: how many commits to take where no number is given.
  func recorded(
    in storage: StorageOptions, under budgets: Budgets, figures: [MetricFigure] = [], last: Int? = nil
  ) throws -> [CohortHistory] {
    try RecordedSeries(
      try request(), in: try storage.gate().demandHistory(), under: budgets, figures: figures, last: last,
      on: .current,
      onNotice: Terminal.notice
    ).cohorts
  }

  private func request() throws -> RecordedSeries.Request {
    var request = RecordedSeries.Request()
    (request.endpoints, request.figures, request.profiles) = (endpoint, try figures(), profile)
    (request.environment, request.facts) = (scope.environment, scope.facts)
    (request.service, request.branch) = (scope.service, branch)
    (request.since, request.last) = (since, last)
    return request
  }
}
