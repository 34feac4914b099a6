import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel

/// Everything about the budget files themselves.
struct BudgetsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budgets",
    abstract: "Review, test, suggest, import and export budgets, and tell which limit holds where.",
    subcommands: [
      BudgetsLint.self, BudgetsDiff.self, BudgetsBacktest.self, BudgetsSuggest.self, BudgetsExplain.self,
      BudgetsImport.self, BudgetsExport.self, BudgetsSchema.self,
    ])
}

/// Which stored checks budgets are held against.
struct ReplayOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The history's file (default: \(HistoryName.usual) where it exists).", valueName: "path"),
    completion: .file())
  var history: String?

  @Option(help: ArgumentHelp("How many commits to take.", valueName: "number"))
  var last = 50

  @Option(help: ArgumentHelp("The branch whose checks are taken.", valueName: "branch"))
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "The environment, by its name in the budget files (default: that of the newest run).", valueName: "name"
    ))
  var environment: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Facts of the sizing: only runs with all of these count.", valueName: "key=value"))
  var env: [String] = []

  @Option(
    help: ArgumentHelp(
      "The service (default: the one the budget files name, else that of the newest run).", valueName: "name")
  )
  var service: String?

  func validate() throws {
    if let history { try HistoryName.demand(history) }
    guard (1...10_000).contains(last) else {
      throw ValidationError("--last is a number of commits, 1 or more.")
    }
    try ScopeOptions.demandPairs(env, of: "--env", as: "stage=perf")
  }

  /// The stored checks; nil, with a notice, where there are none. A history that was named has to be there.
  func checks(for budgets: Budgets, figures: [MetricFigure] = []) throws -> StoredChecks? {
    let path = history ?? HistoryName.usual
    let opened = try History.openExisting(path: path)
    guard let opened else {
      guard history == nil else {
        throw GateError(
          .unreadable, "\(path): there is no history; slogate check and slogate record make one")
      }
      return nil
    }
    let stored = try StoredChecks(
      in: opened, service: service ?? budgets.service, environment: try sizing(in: budgets),
      reference: reference, commits: last, figures: figures, on: .current)
    if stored == nil || stored?.cohorts.isEmpty == true {
      let branch = reference ?? Platform.current.usualReference
      Terminal.notice(
        "\(path) has no run that counts on the branch '\(branch)': name another with --reference, --service or --env"
      )
    }
    return stored?.cohorts.isEmpty == false ? stored : nil
  }

  /// The same for commands that are nothing without a history.
  func demandChecks(for budgets: Budgets, figures: [MetricFigure] = []) throws -> StoredChecks {
    guard let stored = try checks(for: budgets, figures: figures) else {
      throw GateError(
        .nothingRecorded,
        "\(history ?? HistoryName.usual): no stored check to take; record results with slogate check or slogate record"
      )
    }
    return stored
  }

  private func sizing(in budgets: Budgets) throws -> SLOModel.Environment {
    try budgets.environment(
      named: environment, refinedBy: Dictionary(env.compactMap(keyAndValue)) { _, last in last })
  }
}
