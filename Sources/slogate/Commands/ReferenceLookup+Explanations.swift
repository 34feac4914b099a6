import SLOBudgets
import SLOGate
import SLOReports

extension ReferenceLookup {
  /// What an explanation tells beside the verdict.
  func explanationContext(_ storage: StorageOptions) -> ExplanationContext {
    ExplanationContext(
      history: storage.history == HistoryName.usual ? nil : storage.history, budgets: storage.budgets,
      line: { $0.place.sourceLine }, changes: { [git] range in git?.changes(in: range) ?? [] })
  }

  /// Why a release is stopped, a text for each story of the verdict; none for one that passes. What the check did not
  /// look at is fetched from the history with one query a profile.
  /// - Parameter question: what the verdict answers.
  func explanationTexts(
    of verdict: Verdict, answering question: Question, _ storage: StorageOptions, style: TextStyle
  ) throws -> [(title: String, text: String)] {
    guard verdict.code != .pass else { return [] }
    var question = question
    try add(verdict.companions(of: Array(verdict.leads().prefix(5))), to: &question)
    return SLOReports.explanationTexts(
      of: verdict, answering: question, context: explanationContext(storage), most: 5, style: style)
  }
}
