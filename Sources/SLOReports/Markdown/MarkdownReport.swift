public import SLOGate
import SLOModel

/// What a pull-request comment of slogate begins with, unseen: who posts the next one finds the last by it, and
/// edits that.
public let stickyMarker = "<!-- slogate:sticky -->"

/// The verdict as a pull-request comment: the answer, what it rests on, what broke or moved, what to do; the rest
/// is folded. GitHub refuses comments of more than 65,536 characters; this one has at most 60,000 bytes.
public func markdownReport(of verdict: Verdict) -> String {
  page(of: verdict, start: stickyMarker + "\n", limit: 60_000, rows: 20, most: 30)
}

/// The verdict as the summary of a job: the same, with more of everything.
/// - Parameter limit: bytes there is room for. GitHub drops a summary of more than 1 MiB whole.
public func markdownSummary(of verdict: Verdict, limit: Int) -> String {
  page(of: verdict, start: "", limit: limit, rows: 200, most: 200)
}

private func page(of verdict: Verdict, start: String, limit: Int, rows: Int, most: Int) -> String {
  let title = "## \(mark(of: verdict)) \(markdown(verdict.headline))\n\n"
  var page = MarkdownPage(start + title + context(of: verdict), limit: limit)
  let broken = verdict.stories([.over, .missing, .regressed, .waived, .warn]).flatMap(\.all)
  page.add(markdownTable(of: broken, atMost: rows))
  page.add(list("rules", "Rules that do not hold", verdict.brokenRules.map(\.sentence), most))
  page.add(list("gaps", "Not judged", Array(verdict.openGaps), most))
  page.add(list("warnings", "To look at", verdict.warnings, most))
  page.add(list("remedies", "What is missing", verdict.remedies, most))
  page.add(list("shifts", "The whole run moved", verdict.factors, most))
  page.add(
    list(
      "budget changes", "What this branch does to the budgets", verdict.budgetReview?.sentences ?? [], most))
  page.add(list("steps", "What to do", verdict.advice.map { sentence($0.text) }, most))
  page.add(commands(of: verdict))
  for section in foldedSections(of: verdict, most: most) { page.add(section) }
  return page.text
}

private func mark(of verdict: Verdict) -> String {
  switch verdict.code {
  case .overBudget, .regression: "❌"
  case .inconclusive: "❔"
  case .warnings: "⚠️"
  case .pass: "✅"
  }
}

/// What was judged, where, and what it was compared with.
private func context(of verdict: Verdict) -> String {
  let branch = verdict.commit.branch.map { " (\(markdown($0, atMost: 80)))" } ?? ""
  let words = verdict.environmentWords.prefix(8).map { markdownCode($0) }
  let environment = words.isEmpty ? "an unknown environment" : words.joined(separator: " ")
  let judged =
    "\(markdownCode(verdict.service)) at \(markdown(verdict.commit.shortSHA, atMost: 40))\(branch) in \(environment)"
  let compared = verdict.comparisons.prefix(8).map { comparison in
    "<br>Compared: " + markdown(verdict.reference(of: comparison))
      + (comparison.sizingSentence.map { "<br>⚠️ " + markdown($0) } ?? "")
  }
  return judged + compared.joined() + "\n"
}

private func list(_ name: String, _ title: String, _ texts: [String], _ most: Int) -> MarkdownSection {
  let texts = unique(texts)
  return MarkdownSection(
    name, head: "**\(title)**\n\n", items: texts.prefix(most).map(markdownItem), of: texts.count)
}

/// The commands that explain the gravest findings, to be pasted. None holds a comment of HTML: who looks for the
/// marker of a comment must not find one in a name.
private func commands(of verdict: Verdict) -> MarkdownSection {
  let commands = verdict.gravest([.over, .regressed, .missing, .warn]).lazy
    .compactMap { explainCommand(for: $0.series, at: verdict.commit) }.filter {
      $0.utf8.count < 300 && !$0.contains("<!--")
    }
    .prefix(3).map { $0 + "\n" }
  return MarkdownSection(
    "commands",
    head: "What each was held against, whether it is new, and what to do about it:\n\n```sh\n",
    items: Array(commands), of: commands.count, tail: "```\n")
}
