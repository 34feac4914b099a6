import SLOBudgets
import SLOCheck
import SLOGate
import SLOReports

extension ExplanationContext {
  /// What an explanation says besides a verdict.
  /// - Parameter isRecorded: whether the check is in the history.
  init(_ storage: StorageOptions, isRecorded: Bool) {
    let repository = Platform.current.repository
    self.init(
      history: storage.history == HistoryName.usual ? nil : storage.history, budgets: storage.budgets,
      isRecorded: isRecorded, line: { $0.place.sourceLine },
      changes: { range in repository?.changes(in: range) ?? [] })
  }
}

extension Gate {
  /// Why a release is stopped, a text for each story of the verdict; none for one that passes. What the check did not
  /// look at is fetched from the history with one query a profile.
  func explanationTexts(of verdict: Verdict, _ storage: StorageOptions) throws -> [ExplainedText] {
    guard verdict.code != .pass else { return [] }
    let shown = try showing(verdict.companions(of: Array(verdict.leads().prefix(5))), in: verdict)
    // Its readers have another history, or none: paths of this machine are nothing to them.
    var context = ExplanationContext(storage, isRecorded: true)
    (context.history, context.budgets) = (nil, [])
    return SLOReports.explanationTexts(
      of: shown, context: context, most: 5, style: TextStyle(isColoured: false, width: 100))
  }
}
