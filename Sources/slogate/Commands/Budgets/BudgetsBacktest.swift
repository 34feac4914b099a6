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

  @Option(help: "What to print.")
  var format = ListFormat.text

  @Flag(help: "No colours, as with the variable NO_COLOR.")
  var noColor = false

  @OptionGroup var replay: ReplayOptions

  func run() throws {
    let budgets = try Budgets.reading(paths)
    let stored = try replay.demandChecks(for: budgets)
    let test = Backtest(try stored.replays(last: replay.last, under: budgets, now: .current))
    try Terminal.print(
      format == .json ? jsonReport(of: test) : textReport(of: test, style: Terminal.style(noColour: noColor)))
  }
}
