import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import SLOReports

/// Writes the budget file that a history would bear.
struct BudgetsSuggest: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suggest",
    abstract: "A commented budget file from what the history shows.",
    discussion: """
      Each limit is the median of the present level (since the last change the history confirms), 3 robust standard \
      deviations and headroom, rounded; its comment says how many of the recorded commits it would have blocked. \
      Beside budget files only what they have no limit on is suggested, so that the file can be put among them. As in slogate budgets suggest --from-history > budgets/slo.yaml
      """)

  @Flag(help: "From the recorded history: the one source there is, and so the default.")
  var fromHistory = false

  @Option(help: ArgumentHelp("Room beyond the scatter, as in --headroom 10%.", valueName: "percent"))
  var headroom = "10%"

  @OptionGroup var replay: ReplayOptions

  func validate() throws {
    guard share != nil else {
      throw ValidationError(
        "--headroom takes a share from 0% to 500%, as in --headroom 10%; found '\(headroom)'.")
    }
  }

  /// The headroom as a share: `10%` and `10` are 0.1.
  private var share: Double? {
    let digits = headroom.hasSuffix("%") ? headroom.dropLast() : Substring(headroom)
    return Double(digits).flatMap { (0...500).contains($0) ? $0 / 100 : nil }
  }

  func run() throws {
    let budgets = try Budgets.reading([])
    let stored = try replay.demandChecks(for: budgets, figures: BudgetSuggestion.figures)
    let suggestion = BudgetSuggestion(
      from: stored.cohorts, service: stored.service, headroom: share ?? BudgetSuggestion.usualHeadroom)
    guard !suggestion.limits.isEmpty else {
      throw GateError(.nothingRecorded, "the history has none of the figures a budget begins with")
    }
    let missing = suggestion.missing(in: budgets)
    if missing.limits.isEmpty { Terminal.notice("the budget files have a limit on each of these figures") }
    try Terminal.print(budgetFile(of: missing))
  }
}
