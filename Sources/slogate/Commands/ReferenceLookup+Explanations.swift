import SLOBudgets
import SLOCheck
import SLOGate
import SLOReports

extension ReferenceLookup {
  /// What an explanation tells beside the verdict.
  /// - Parameter isRecorded: whether the check is in the history.
  func explanationContext(_ storage: StorageOptions, isRecorded: Bool) -> ExplanationContext {
    ExplanationContext(
      history: storage.history == HistoryName.usual ? nil : storage.history, budgets: storage.budgets,
      isRecorded: isRecorded,
      line: { $0.place.sourceLine }, changes: { [repository] range in repository?.changes(in: range) ?? [] })
  }

  /// Why a release is stopped, a text for each story of the verdict; none for one that passes. What the check did not
  /// look at is fetched from the history with one query a profile.
  /// - Parameters:
  ///   - question: what the verdict answers.
  ///   - isRecorded: whether the check is in the history.
  func explanationTexts(
    of verdict: Verdict, answering question: Question, _ storage: StorageOptions, isRecorded: Bool = true,
    style: TextStyle
  ) throws -> [ExplainedText] {
    guard verdict.code != .pass else { return [] }
    var question = question
    try add(verdict.companions(of: Array(verdict.leads().prefix(5))), to: &question)
    // Its readers have another history, or none: paths of this machine are nothing to them.
    var context = explanationContext(storage, isRecorded: isRecorded)
    (context.history, context.budgets) = (nil, [])
    return SLOReports.explanationTexts(
      of: verdict, answering: question, context: context, most: 5,
      style: style)
  }
}
