public import SLOGate
import SLOModel

/// The verdict for a person at a terminal or in a build log: the answer first, then what it rests on.
public func textReport(of verdict: Verdict, style: TextStyle) -> String {
  let sections = [
    heading(of: verdict, style),
    context(of: verdict, style),
    FindingTable(verdict, style).lines,
    explanations(of: verdict, style),
    footer(of: verdict, style),
  ]
  return VisibleText.inert(
    sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n")
}

// MARK: The answer

private func heading(of verdict: Verdict, _ style: TextStyle) -> [String] {
  let word = verdict.outcome.rawValue.uppercased()
  let room = style.width - 8 - word.count
  let lines = ([verdict.title].compactMap { $0 } + [verdict.tally.joined(separator: " · ")])
    .flatMap { wrapped($0, to: room) }.enumerated().map { index, line in
      (index == 0 ? word : String(repeating: " ", count: word.count)) + "  " + line
    }
  let inner = lines.map(columns).max() ?? 0
  let rule = String(repeating: "═", count: inner + 4)
  let colour: TextStyle.Colour =
    verdict.outcome == .blocked ? .red : verdict.outcome == .pass ? .green : .yellow
  let body = lines.map { "║  " + padded($0, to: inner) + "  ║" }
  return (["╔\(rule)╗"] + body + ["╚\(rule)╝"]).map { style.paint($0, .bold, colour) }
}

// MARK: What was judged and what it was held against

private func context(of verdict: Verdict, _ style: TextStyle) -> [String] {
  let branch = verdict.commit.branch.map { " (\(VisibleText.escaped($0)))" } ?? ""
  let environment = verdict.environmentWords
  var lines = labelled(
    "commit",
    VisibleText.escaped(verdict.commit.shortSHA) + branch + " · service "
      + VisibleText.escaped(verdict.service),
    style)
  lines += labelled(
    "env", environment.isEmpty ? "unknown" : VisibleText.escaped(environment.joined(separator: " · ")), style)
  for comparison in verdict.comparisons {
    lines += labelled("vs", VisibleText.escaped(verdict.reference(of: comparison)), style)
    if let sizing = comparison.sizingSentence { lines += labelled("", VisibleText.escaped(sizing), style) }
  }
  return lines
}

// MARK: Why, and what next

private func explanations(of verdict: Verdict, _ style: TextStyle) -> [String] {
  return listed("rule", verdict.brokenRules.map(\.sentence), most: 10, style)
    + listed("open", verdict.gaps, most: 10, style)
    + listed("mend", verdict.remedies, most: 5, style)
    + listed("host", verdict.factors, most: 10, style)
    + listed("budget", verdict.budgetReview?.sentences ?? [], most: 10, style)
    + listed("waiver", verdict.waiverSentences, most: 10, style)
    + listed("warn", verdict.warnings, most: 20, style)
    + listed("note", verdict.notices, most: 20, style)
}

/// What strangers wrote too much of hides the rest: the first of them, and how many more there are.
private func listed(_ label: String, _ texts: [String], most: Int, _ style: TextStyle) -> [String] {
  let texts = unique(texts)
  let more = texts.count > most ? ["… and \(texts.count - most) more"] : []
  return (texts.prefix(most) + more).flatMap { labelled(label, VisibleText.escaped($0), style) }
}

private func footer(of verdict: Verdict, _ style: TextStyle) -> [String] {
  let grounds = verdict.grounds.map { labelled("why", $0, style) } ?? []
  let more = [.overBudget, .regression].contains(verdict.code) ? [explainAdvice] : []
  return grounds + labelled(verdict.advice + more, style)
}

private let explainAdvice = NextStep(
  "what each was held against, whether it is new, and what to do", command: "slogate explain")
