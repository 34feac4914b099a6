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
    abstract: "Review, test, suggest, import and export budgets, and show which limit holds where.",
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

  @OptionGroup var target: ReferenceOptions
  @OptionGroup var scope: ScopeOptions

  func validate() throws {
    if let history { try HistoryName.demand(history) }
    guard (1...10_000).contains(last) else {
      throw ValidationError("--last is a number of commits, 1 or more.")
    }
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
      in: opened, service: scope.service ?? budgets.service,
      environment: try budgets.environment(named: scope.environment, refinedBy: scope.sizing),
      reference: target.reference, commits: last, figures: figures, on: .current)
    if stored == nil || stored?.cohorts.isEmpty == true {
      let branch = target.reference ?? Platform.current.usualReference
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
}
