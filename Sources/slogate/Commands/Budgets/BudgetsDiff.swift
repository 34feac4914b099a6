import ArgumentParser
import SLOBudgets
import SLOCheck
import SLOGate
import SLOModel
import SLOReports

/// Tells what a change of the budgets means.
struct BudgetsDiff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract:
      "What is loosened and tightened between two states of the budgets, and what that would have meant.",
    discussion: """
      BASE and HEAD are files, folders or git revisions, whose budget files are those under --budgets; without HEAD \
      it is what lies there now. Effective limits are compared: a change of a default shows every endpoint it \
      reaches. With a history, stored checks are put with both states.
      """)

  /// How it is reported.
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, markdown, json }

  /// What is no change to be let through.
  enum FailOn: String, CaseIterable, ExpressibleByArgument { case loosened, any }

  @Argument(help: ArgumentHelp("The state before: a file, a folder, or a git revision.", valueName: "base"))
  var base: String

  @Argument(help: ArgumentHelp("The state after (default: what is there now).", valueName: "head"))
  var head: String?

  @Option(help: ArgumentHelp("Where budget files are in a revision.", valueName: "path"), completion: .file())
  var budgets = "budgets"

  @Option(help: "What to print.")
  var format = Format.text

  @Option(
    help: ArgumentHelp("Exit 1 where anything is loosened, or differs at all.", valueName: "loosened|any"))
  var failOn: FailOn?

  @OptionGroup var colour: ColourOptions

  @OptionGroup var replay: ReplayOptions

  func run() throws {
    let before = try state(base)
    let after = try state(head)
    let now = Timestamp.current
    let replays = try replay.checks(for: after).map { stored in
      (
        before: try stored.replays(last: replay.last, under: before, now: now),
        after: try stored.replays(last: replay.last, under: after, now: now)
      )
    }
    let review = BudgetReview(from: before, to: after, replays: replays)
    switch format {
    case .text: try Terminal.print(textReport(of: review, style: colour.style))
    case .markdown: try Terminal.print(markdownReport(of: review))
    case .json: try Terminal.print(jsonReport(of: review))
    }
    let isRefused =
      switch failOn {
      case .loosened: review.count(.loosened) > 0
      case .any: !review.isEmpty
      case nil: false
      }
    if isRefused { throw ExitCode(Verdict.Code.overBudget.rawValue) }
  }

  /// The budgets as a name has them; nil: as they lie in the work tree.
  private func state(_ name: String?) throws -> Budgets {
    try BudgetState(
      name, path: budgets, repository: Platform.current.repository, onNotice: Terminal.notice
    ).budgets
  }
}
