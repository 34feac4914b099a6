import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import SLOReports

/// Holds stored checks against budgets.
struct BudgetsBacktest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backtest",
    abstract: "Which limits would have blocked which stored commits.",
    discussion: "Nothing is recorded. Regressions are not looked at: slogate selftest does that.")

  @Argument(
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var paths: [String] = []

  @OptionGroup var output: PrintOptions

  @OptionGroup var replay: ReplayOptions

  func run() throws {
    let budgets = try Budgets.reading(paths)
    let stored = try replay.demandChecks(for: budgets)
    let test = Backtest(try stored.replays(last: replay.last, under: budgets, now: .current))
    try output.print(text: { textReport(of: test, style: $0) }, json: { jsonReport(of: test) })
  }
}
