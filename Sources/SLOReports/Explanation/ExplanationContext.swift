package import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// What an explanation says that a verdict does not have: lines of files, commits, and how its commands find what
/// this one found.
package struct ExplanationContext {
  /// The line a limit is written on, as it is written; nil where it cannot be read.
  package var line: (Limit) -> String?
  /// The commits of a range, newest first; empty where git does not know.
  package var changes: (Suspects) -> [Suspects.Change]
  /// The history's file, where it is not the usual one.
  package var history: String?
  /// The budget files and folders, where they are not the usual ones.
  package var budgets: [String]

  /// Whether the check is in the history, where other commands find it.
  package var isRecorded: Bool

  /// Creates a context; without arguments of one that knows nothing more.
  package init(
    history: String? = nil, budgets: [String] = [], isRecorded: Bool = true,
    line: @escaping (Limit) -> String? = { _ in nil },
    changes: @escaping (Suspects) -> [Suspects.Change] = { _ in [] }
  ) {
    (self.history, self.budgets, self.isRecorded) = (history, budgets, isRecorded)
    (self.line, self.changes) = (line, changes)
  }

  /// Explains one finding of a verdict with all that is known.
  /// - Returns: nil where the verdict has no such finding.
  package func explanation(of finding: Finding, in verdict: Verdict) -> Explanation? {
    guard var explanation = explain(finding.series, in: verdict) else { return nil }
    explanation.limitText = finding.budget.flatMap { line($0.limit) }
    explanation.relatedChanges = RelatedChanges(of: finding, in: verdict)
    if let range = explanation.suspects { explanation.suspects?.changes = changes(range) }
    return explanation
  }

  /// The options a command needs to find the history; empty where it is the usual one.
  var historyOptions: [String?] { history.map { [shellOption("history", $0)] } ?? [] }

  /// The options a command needs to find the history and the budgets.
  var storageOptions: [String?] {
    historyOptions + budgets.map { shellOption("budgets", $0) }
  }
}
