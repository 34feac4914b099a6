import ArgumentParser
import SLOBudgets
import SLOHistory
import SLOModel

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

  @Option(parsing: .upToNextOption, help: ArgumentHelp("Profiles (default: all).", valueName: "name"))
  var profile: [String] = []

  @Option(help: ArgumentHelp("The environment, by its name in budget files or history.", valueName: "name"))
  var environment: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Facts of the sizing: only runs with all of these count.", valueName: "key=value"))
  var env: [String] = []

  @Option(
    help: ArgumentHelp("The service (default: the one the budget files name, else all).", valueName: "name"))
  var service: String?

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
    try ScopeOptions.demandPairs(env, of: "--env", as: "stage=perf")
    if let last, last < 1 { throw ValidationError("--last is a number of commits, 1 or more.") }
    _ = try figures()
  }

  /// The names of the options that were given.
  var given: [String] {
    let named: [(String, Bool)] = [
      ("--endpoint", !endpoint.isEmpty), ("--metric", !metric.isEmpty), ("--profile", !profile.isEmpty),
      ("--environment", environment != nil), ("--env", !env.isEmpty), ("--service", service != nil),
      ("--branch", branch != nil), ("--since", since != nil), ("--last", last != nil),
    ]
    return named.filter(\.1).map(\.0)
  }

  /// The figures asked for.
  func figures() throws -> [MetricFigure] {
    try metric.map { name in
      do throws(NamedFigure.Unknown) {
        let figure = try NamedFigure(parsing: name)
        return MetricFigure(metric: figure.metric, statistic: figure.statistic)
      } catch {
        throw ValidationError("--metric \(VisibleText.escaped(name)): \(VisibleText.escaped(error.message))")
      }
    }
  }

  /// The endpoints asked for.
  var endpoints: [EndpointPattern] {
    endpoint.map(EndpointPattern.selecting)
  }

  /// Whether a sizing is one of those asked for.
  func includes(_ sizing: SLOModel.Environment, budgets: Budgets) -> Bool {
    let facts = env.compactMap(keyAndValue)
    return facts.allSatisfy { sizing.sizing[$0.key] == $0.value } && isNamed(sizing, budgets)
  }

  /// By the sizing that the budget files give the name, else by the name it was recorded under.
  private func isNamed(_ sizing: SLOModel.Environment, _ budgets: Budgets) -> Bool {
    guard let environment else { return true }
    guard let named = budgets.environments[environment] else { return sizing.name == environment }
    return named.allSatisfy { sizing.sizing[$0.key] == $0.value }
  }
}
