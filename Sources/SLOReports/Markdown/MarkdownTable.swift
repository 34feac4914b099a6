import SLOGate
import SLOModel

/// The table of what broke or moved, a row a story, the worst first.
func markdownTable(of stories: [Story], in verdict: Verdict, atMost most: Int) -> MarkdownSection {
  let head = """
    | | what | now | limit | typical | verdict |
    |:-:|---|--:|--:|--:|---|

    """
  let links = LinkedText(of: verdict)
  let rows = stories.prefix(most).compactMap { row($0, in: verdict, links) }
  let more = stories.count - rows.count
  let tail =
    more > 0
    ? "\n… and \(counted(more, "more", noun(of: stories.map(\.kind)))); `--report json=FILE` has them all.\n"
    : ""
  return MarkdownSection("findings", head: head, items: rows, of: stories.count, tail: tail)
}

private func row(_ story: Story, in verdict: Verdict, _ links: LinkedText) -> String? {
  guard let finding = story.lead, let words = StoryWords(story, in: verdict) else { return nil }
  let row = FindingRow(finding)
  let what = name(of: finding, row) + "<br><sub>\(markdown(row.profile, atMost: 40))</sub>"
  let facts = words.facts.filter { $0.label != .was || row.typical == "–" }
  let detail = facts.map { "<br><sub>**\($0.label.rawValue)** \(links.markdown($0.text))</sub>" }.joined()
  let change = row.change == "–" ? "" : "<br><sub>\(unbroken(row.change))</sub>"
  let cells = [
    mark(of: finding.outcome), what, unbroken(row.value + row.trials), unbroken(row.limit),
    unbroken(row.typical) + change, "**\(markdown(row.words))**\(detail)",
  ]
  return "| \(cells.joined(separator: " | ")) |\n"
}

/// A finding in a line of a list.
func markdownItem(_ finding: Finding) -> String {
  let row = FindingRow(finding)
  return "- \(name(of: finding, row)) (\(markdown(row.profile, atMost: 40))): \(markdown(row.figures));"
    + " \(markdown(row.words))\n"
}

private func name(of finding: Finding, _ row: FindingRow) -> String {
  let isWhole = finding.series.endpoint == Series.wholeRun
  return "\(isWhole ? "whole run" : markdownCode(row.endpoint)) \(markdown(row.metric, atMost: 60))"
}

/// A figure that is not broken between number and unit.
private func unbroken(_ figure: String) -> String { markdown(figure).replacing(" ", with: "\u{A0}") }

private func mark(of outcome: Finding.Outcome) -> String {
  switch outcome {
  case .over, .regressed: "❌"
  case .missing: "❔"
  case .waived: "⏳"
  case .suspect, .warn, .near: "⚠️"
  case .improved, .ok, .recorded: "✅"
  }
}

/// What only those see who unfold it, the most useful first.
/// - Parameter most: items of each.
func foldedSections(of verdict: Verdict, most: Int) -> [MarkdownSection] {
  func fold(_ name: String, _ title: String, _ count: Int, _ items: [String]) -> MarkdownSection {
    MarkdownSection(
      name, head: "<details><summary>\(title)</summary>\n\n", items: items, of: count,
      tail: "\n</details>\n")
  }
  let near = verdict.mostSevere([.near])
  let improved = verdict.mostSevere([.improved])
  let waivers = verdict.waiverSentences
  let unbudgeted = verdict.unbudgeted
  let notices = unique(verdict.remarks)
  let facts = facts(of: verdict)
  return [
    fold("near a limit", "\(near.count) near a limit", near.count, near.prefix(most).map(markdownItem)),
    fold(
      "improvements", "\(improved.count) improved", improved.count,
      improved.prefix(most).map(markdownItem)),
    fold(
      "waivers", counted(waivers.count, "waiver") + " to look at", waivers.count,
      waivers.prefix(most).map(markdownItem)),
    fold(
      "endpoints without a budget", counted(unbudgeted.count, verdict.unbudgetedNoun) + " without a budget",
      unbudgeted.count, unbudgeted.prefix(most).map { "- \(markdownCode($0))\n" }),
    fold(
      "notices", counted(notices.count, "notice"), notices.count, notices.prefix(most).map(markdownItem)),
    fold("facts", "How it was measured and judged", facts.count, Array(facts.prefix(most))),
  ]
}

/// Grounds, sizing, settings and runs, an item each.
private func facts(of verdict: Verdict) -> [String] {
  let settings = verdict.runs.reduce(into: [String: Set<String>]()) { all, judged in
    for (key, value) in judged.run.settings { all[key, default: []].insert(value) }
  }
  let ok = verdict.quietCounts.map { "- \($0)\n" }
  return ok + [verdict.grounds].compactMap { $0.map(markdownItem) }
    + verdict.environment.sizing.sorted { $0.key < $1.key }.map { fact("Sizing", $0.key, [$0.value]) }
    + settings.sorted { $0.key < $1.key }.map { fact("Setting", $0.key, $0.value.sorted()) }
    + verdict.runs.map(fact)
}

private func fact(_ kind: String, _ key: String, _ values: [String]) -> String {
  "- \(kind) \(markdownCode(key)): \(values.prefix(5).map { markdown($0, atMost: 80) }.joined(separator: ", "))\n"
}

private func fact(_ judged: Verdict.JudgedRun) -> String {
  let reading = judged.run.reading
  let started = reading.startedAt.map { ", started \($0.description)" } ?? ""
  return "- Run \(markdown(reading.profile, atMost: 40)) \(judged.repetition):"
    + " \(markdownCode(reading.source.path))\(started)\n"
}
