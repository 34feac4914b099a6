import SLOBudgets
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
  let title = "## \(mark(of: verdict)) \(verdict.headline)\n\n"
  var page = MarkdownPage(start + title + context(of: verdict), limit: limit)
  page.add(
    markdownTable(of: verdict.gravest([.over, .missing, .regressed, .waived, .warn]), atMost: rows))
  page.add(list("rules", "**Rules that do not hold**\n\n", verdict.brokenRules.map(\.sentence), most))
  page.add(list("things", "**Open or moved as a whole**\n\n", verdict.gaps + verdict.factors, most))
  page.add(list("remedies", "**What is missing**\n\n", verdict.remedies, most))
  page.add(list("steps", "**Next**\n\n", verdict.advice, most))
  page.add(explanations(of: verdict))
  for section in folded(verdict, most: most) { page.add(section) }
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
  let environment = verdict.environmentWords.isEmpty ? ["unknown"] : verdict.environmentWords
  let judged =
    "\(markdownCode(verdict.service)) at \(markdown(verdict.commit.shortSHA))\(branch)"
    + " in \(environment.prefix(8).map { markdownCode($0) }.joined(separator: " "))"
  let compared = verdict.comparisons.prefix(8).map { comparison in
    "<br>Compared: " + markdown(verdict.reference(of: comparison))
      + (comparison.sizingSentence.map { "<br>⚠️ " + markdown($0) } ?? "")
  }
  return judged + compared.joined() + "\n"
}

private func list(_ name: String, _ head: String, _ texts: [String], _ most: Int) -> MarkdownSection {
  MarkdownSection(name, head: head, items: unique(texts).map(item), atMost: most)
}

private func item(_ text: String) -> String { "- \(markdown(text))\n" }

/// The commands that explain the gravest findings, to be pasted.
private func explanations(of verdict: Verdict) -> MarkdownSection {
  let commands = verdict.gravest([.over, .regressed, .missing, .warn]).lazy
    .compactMap { explainCommand(for: $0.series, at: verdict.commit) }.filter { $0.utf8.count < 300 }
  return MarkdownSection(
    "commands", head: "```sh\n", items: commands.prefix(3).map { $0 + "\n" }, atMost: 3, tail: "```\n")
}

// MARK: What is folded

private func folded(_ verdict: Verdict, most: Int) -> [MarkdownSection] {
  let near = verdict.gravest([.near]).map(markdownItem)
  let improved = verdict.gravest([.improved]).map(markdownItem)
  let waivers = verdict.waiverSentences.map(item)
  let unbudgeted = verdict.unbudgeted.map { "- \(markdownCode($0))\n" }
  let notices = unique(verdict.notices).map(item)
  return [
    .folded("near a limit", title: "\(near.count) near a limit", items: near, atMost: most),
    .folded("improvements", title: "\(improved.count) improved", items: improved, atMost: most),
    .folded("waivers", title: counted(waivers.count, "waiver") + " to look at", items: waivers, atMost: most),
    .folded(
      "endpoints without a budget", title: counted(unbudgeted.count, "endpoint") + " without a budget",
      items: unbudgeted, atMost: most),
    .folded("notices", title: counted(notices.count, "notice"), items: notices, atMost: most),
    .folded("facts", title: "How it was measured and judged", items: facts(of: verdict), atMost: most),
  ]
}

private func facts(of verdict: Verdict) -> [String] {
  let settings = verdict.runs.reduce(into: [String: Set<String>]()) { all, judged in
    for (key, value) in judged.run.settings { all[key, default: []].insert(value) }
  }
  let set = settings.sorted { $0.key < $1.key }.map { key, values in
    "- Setting \(markdownCode(key)): \(values.sorted().prefix(5).map { markdown($0, atMost: 80) }.joined(separator: ", "))\n"
  }
  let sizing = verdict.environment.sizing.sorted { $0.key < $1.key }.map { key, value in
    "- Sizing \(markdownCode(key)): \(markdown(value, atMost: 80))\n"
  }
  let runs = verdict.runs.map { judged in
    "- Run \(markdown(judged.run.profile, atMost: 40)) \(judged.repetition): \(markdownCode(judged.run.reading.source.path))"
      + (judged.run.reading.startedAt.map { ", started \($0.description)" } ?? "") + "\n"
  }
  let ok = verdict.outcomes[.ok].map { ["- \(counted($0, "series", plural: "series")) ok\n"] } ?? []
  return ok + [verdict.grounds].compactMap { $0.map(item) } + sizing + set + runs
}
