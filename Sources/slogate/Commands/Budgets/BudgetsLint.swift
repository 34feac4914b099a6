import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import SLOReports

/// Tells everything that is wrong with budget files, and what a history makes doubtful.
struct BudgetsLint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Everything wrong or doubtful in budget files; exit 78 where anything is wrong.",
    discussion: """
      With a history it also warns of limits nothing comes near (3 times the worst value), limits the typical value \
      breaks, endpoints and metrics no stored check has, and waivers nothing needed. Warnings alone exit 0, with \
      --strict 4.
      """)

  @Argument(
    help: ArgumentHelp("Budget files or folders (default: budgets/).", valueName: "path"), completion: .file()
  )
  var paths: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("The same, as other commands name them.", valueName: "path"), completion: .file())
  var budgets: [String] = []

  @OptionGroup var output: PrintOptions

  @Flag(help: "Warnings alone exit with code 4.")
  var strict = false

  @OptionGroup var replay: ReplayOptions

  func run() throws {
    let report = try report()
    try output.print(text: { report.text(style: $0) }, json: { report.json })
    if report.errors > 0 { throw Failure.configuration }
    if strict && report.warnings > 0 { throw ExitCode(Verdict.Code.warnings.rawValue) }
  }

  private var named: [String] { paths + budgets }

  private func report() throws -> LintReport {
    let budgets: Budgets
    do throws(BudgetProblems) {
      // No profile is measured here: one that is nearly a usual one is meant to be that.
      budgets = try Budgets.load(paths: named.isEmpty ? ["budgets"] : named, knownMetrics: [:])
    } catch {
      return LintReport(error)
    }
    let now = Timestamp.current
    let own = budgets.lint(at: now)
    guard let stored = try replay.checks(for: budgets) else {
      return LintReport(own, files: budgets.files, checks: 0)
    }
    let replays = try stored.replays(last: replay.last, under: budgets, now: now)
    let known = Set(own.filter { $0.kind != .waiverEnding }.map(\.problem.place))
    // A waiver that can let nothing through was needed by nothing either: one word on it is enough.
    let learned = BudgetHealth(replays).findings.filter {
      $0.kind != .waiverUnused || !known.contains($0.problem.place)
    }
    return LintReport(own + learned, files: budgets.files, checks: replays.checks.count)
  }
}
