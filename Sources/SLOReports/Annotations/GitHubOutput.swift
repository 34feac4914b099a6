public import SLOGate

/// The lines for GitHub's `GITHUB_OUTPUT`: the verdict and its figures for later steps, and the pull-request comment.
/// - Parameters:
///   - explained: the stories that block, explained.
///   - delimiter: what ends the comment, of letters and digits; nobody may be able to guess it, for the
///     comment holds names that strangers chose.
/// - Returns: nil where the delimiter occurs in the comment.
public func gitHubOutput(of verdict: Verdict, explained: [ExplainedText] = [], delimiter: String) -> String? {
  let count = verdict.outcomes
  let figures = [
    ("verdict", verdict.outcome.rawValue), ("exit-code", "\(verdict.code.rawValue)"),
    ("blocked", "\(verdict.outcome == .blocked)"), ("evaluated", "\(verdict.evaluated)"),
    ("over", "\(count[.over] ?? 0)"), ("regressed", "\(count[.regressed] ?? 0)"),
    ("missing", "\(count[.missing] ?? 0)"), ("warned", "\(count[.warn] ?? 0)"),
    ("waived", "\(count[.waived] ?? 0)"), ("improved", "\(count[.improved] ?? 0)"),
    ("title", verdict.headline), ("key", verdict.gateKey),
  ]
  let comment = markdownReport(of: verdict, explained: explained)
  guard !comment.contains(delimiter) else { return nil }
  return figures.map { "\($0)=\($1)\n" }.joined() + "comment<<\(delimiter)\n\(comment)\(delimiter)\n"
}
