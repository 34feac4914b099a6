import SLOGate
import SLOModel

/// The table of what broke or moved, a row a story, the worst first.
func markdownTable(of stories: [Story], in verdict: Verdict, atMost most: Int) -> MarkdownSection {
  let head = """
    | | what | now | limit | typical | verdict |
    |:-:|---|--:|--:|--:|---|

    """
  let rows = stories.prefix(most).compactMap { row($0, in: verdict) }
  let more = stories.count - rows.count
  let tail = more > 0 ? "\n… and \(counted(more, "more endpoint")); `--report json=FILE` has them all.\n" : ""
  return MarkdownSection("findings", head: head, items: rows, of: stories.count, tail: tail)
}

private func row(_ story: Story, in verdict: Verdict) -> String? {
  guard let finding = story.lead, let words = StoryWords(story, in: verdict) else { return nil }
  let row = FindingRow(finding)
  let what = name(of: finding, row) + "<br><sub>\(markdown(row.profile, atMost: 40))</sub>"
  let facts = words.facts.filter { $0.label != .was || row.typical == "–" }
  let detail = facts.map { "<br><sub>**\($0.label.rawValue)** \(markdown($0.text))</sub>" }.joined()
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
  case .warn, .near: "⚠️"
  case .improved, .ok, .recorded: "✅"
  }
}
