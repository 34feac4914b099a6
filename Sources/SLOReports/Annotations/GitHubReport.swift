import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// The verdict as GitHub's workflow commands: a notice with the answer, then an annotation for each error, warning
/// and note, on the line of the budget file where there is one.
///
/// A step shows ten errors, ten warnings and ten notices, and drops the others unseen, so the last of each says how
/// many more there are, and of what kind.
/// Format: <https://docs.github.com/actions/reference/workflow-commands-for-github-actions>.
/// Before them stands the text of the verdict, for a log shows no titles, and each story explained as a group to
/// unfold: the author of a pull request has neither slogate nor the history.
/// - Parameters:
///   - explained: the stories that block, explained.
///   - style: how the text of the log looks.
///   - isVerbose: whether it lists everything.
package func gitHubReport(
  of verdict: Verdict, explained: [ExplainedText] = [],
  style: TextStyle = TextStyle(isColoured: false, width: 120), isVerbose: Bool = false
) -> String {
  let answer = gitHubNotice(verdict.headline, verdict.headline + "\n" + verdict.answer)
  return textReport(of: verdict, style: style, isVerbose: isVerbose) + "\n" + gitHubGroups(explained) + answer
    + gitHubAnnotations(verdict.storyAnnotations)
}

/// What blocks, explained, each as a group to unfold.
func gitHubGroups(_ explained: [ExplainedText]) -> String {
  explained.map { title, text in
    "::group::\(escaped(shortened("Explained: \(title)", to: 160)))\n\(VisibleText.inert(text))::endgroup::\n"
  }.joined()
}

/// A notice of no line.
func gitHubNotice(_ title: String, _ message: String) -> String {
  command("notice", nil, title, message) + "\n"
}

/// An error of no line.
func gitHubError(_ title: String, _ message: String) -> String {
  command("error", nil, title, message) + "\n"
}

/// A command for each annotation, as many of a level as a step shows.
func gitHubAnnotations(_ annotations: [Annotation]) -> String {
  let levels: [(Annotation.Level, name: String, room: Int)] = [
    (.error, "error", mostAnnotations), (.warning, "warning", mostAnnotations),
    (.note, "notice", mostAnnotations - 1),
  ]
  return levels.flatMap { level, name, room in
    commands(annotations.filter { $0.level == level }, name, atMost: room)
  }.map { $0 + "\n" }.joined()
}

/// Annotations of one level a step shows.
private let mostAnnotations = 10

private func commands(_ annotations: [Annotation], _ name: String, atMost most: Int) -> [String] {
  let shown = annotations.prefix(annotations.count <= most ? most : most - 1)
  let hidden = annotations.dropFirst(shown.count)
  let kinds = AnnotationRule.allCases.compactMap { rule in
    let count = hidden.count { $0.rule == rule }
    return count > 0 ? "\(rule.title): \(count)" : nil
  }
  let more = command(
    name, nil, "\(hidden.count) more \(name)s",
    "\(kinds.joined(separator: ", ")). GitHub shows ten of a step; the job's summary has more, --report json all."
  )
  return shown.map { command(name, $0, $0.title, ([$0.headline] + $0.lines).joined(separator: "\n")) }
    + (hidden.isEmpty ? [] : [more])
}

/// `::error file=…,line=…,title=…::message`.
private func command(_ name: String, _ annotation: Annotation?, _ title: String, _ message: String) -> String
{
  let place =
    annotation?.place.map { "file=\(property(VisibleText.escaped($0.file))),line=\($0.line)," } ?? ""
  let data = message.isEmpty ? title : message
  return "::\(name) \(place)title=\(property(shortened(title, to: 200)))::\(escaped(data))"
}

private func escaped(_ data: String) -> String {
  let codes: [Unicode.Scalar: String] = ["%": "%25", "\r": "%0D", "\n": "%0A"]
  return data.replacingScalars { codes[$0] }
}

private func property(_ value: String) -> String {
  let codes: [Unicode.Scalar: String] = [":": "%3A", ",": "%2C"]
  return escaped(value).replacingScalars { codes[$0] }
}

/// The lines for GitHub's `GITHUB_OUTPUT`: the verdict and its figures for later steps, and the pull-request comment.
/// - Parameters:
///   - explained: the stories that block, explained.
///   - delimiter: what ends the comment, of letters and digits; it must not be predictable, because the
///     comment holds untrusted names.
/// - Returns: nil where the delimiter occurs in the comment.
package func gitHubOutput(of verdict: Verdict, explained: [ExplainedText] = [], delimiter: String) -> String?
{
  gitHubOutput(
    of: [verdict], outcome: verdict.outcome, exitCode: verdict.code.rawValue, title: verdict.headline,
    key: verdict.gateKey, comment: markdownReport(of: verdict, explained: explained), delimiter: delimiter)
}

/// The same of the verdicts of one service or of several.
/// - Parameter outcome: the answer over all; nil where there is none.
func gitHubOutput(
  of verdicts: [Verdict], outcome: Verdict.Outcome?, exitCode: Int32, title: String, key: String,
  comment: String,
  delimiter: String
) -> String? {
  let counts = verdicts.map(\.outcomes)
  let count = { (outcome: Finding.Outcome) in "\(counts.reduce(0) { $0 + ($1[outcome] ?? 0) })" }
  let figures = [
    ("verdict", outcome?.rawValue ?? ""), ("exit-code", "\(exitCode)"),
    ("blocked", "\(verdicts.contains { $0.outcome == .blocked })"),
    ("evaluated", "\(verdicts.reduce(0) { $0 + $1.evaluated })"),
    ("over", count(.over)), ("regressed", count(.regressed)), ("suspect", count(.suspect)),
    ("missing", count(.missing)), ("warned", count(.warn)), ("waived", count(.waived)),
    ("improved", count(.improved)), ("title", title), ("key", key),
  ]
  guard !comment.contains(delimiter) else { return nil }
  return figures.map { "\($0)=\($1)\n" }.joined() + "comment<<\(delimiter)\n\(comment)\(delimiter)\n"
}
