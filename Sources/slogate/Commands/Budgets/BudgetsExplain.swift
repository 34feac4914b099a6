import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import SLOReports

/// Tells which limits hold for an endpoint, and why these.
struct BudgetsExplain: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Each limit of an endpoint: the line it comes from, what it overrides, waivers, how it stands.")

  @Argument(
    help: ArgumentHelp("The endpoint's name; * is the run as a whole.", valueName: "endpoint"),
    completion: Completions.endpoints)
  var endpoint: String

  @Option(help: ArgumentHelp("Only this profile (default: every one that has limits).", valueName: "name"))
  var profile: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Budget files or folders (default: budgets/ where it exists).", valueName: "path"),
    completion: .file())
  var budgets: [String] = []

  @OptionGroup var output: PrintOptions

  @OptionGroup var replay: ReplayOptions

  func run() throws {
    let budgets = try Budgets.reading(budgets)
    let now = Timestamp.current
    let checks = try replay.checks(for: budgets).map {
      try $0.replays(last: replay.last, under: budgets, now: now).checks
    }
    let found = profiles(of: budgets).map { profile in
      let newest = checks?.last { check in check.runs.contains { $0.profile == profile } }
      let tag = newest?.plan.subjects.first { $0.profile == profile && $0.endpoint == endpoint }?.endpointTag
      return EndpointLimits(
        BudgetSubject(profile: profile, endpoint: endpoint, endpointTag: tag), budgets, newest: newest,
        now: now)
    }
    let shown = profile == nil ? found.filter { !$0.isEmpty } : found
    guard shown.contains(where: { !$0.isEmpty }) else {
      throw Failure.usage(
        "no limit holds for '\(endpoint)'" + (profile.map { " under \($0)" } ?? "")
          + "; profiles with limits are \(budgets.profiles.sorted().joined(separator: ", "))")
    }
    try output.print(text: { textReport(of: shown, style: $0) }, json: { jsonReport(of: shown) })
  }

  private func profiles(of budgets: Budgets) -> [String] { profile.map { [$0] } ?? budgets.profiles.sorted() }
}
