import SLOGate
import SLOModel

/// The table of what broke or moved, the gravest first.
func markdownTable(of findings: [Finding], atMost most: Int) -> MarkdownSection {
  let head = """
    | | what | now | limit | typical | verdict |
    |:-:|---|--:|--:|--:|---|

    """
  return MarkdownSection("findings", head: head, items: findings.prefix(most).map(row), of: findings.count)
}

private func row(_ finding: Finding) -> String {
  let row = FindingRow(finding)
  let what = name(of: finding, row) + "<br><sub>\(markdown(row.profile, atMost: 40))</sub>"
  let detail = row.detail.isEmpty ? "" : "<br><sub>\(markdown(row.detail))</sub>"
  let cells = [
    mark(of: finding.outcome), what, unbroken(row.value), unbroken(row.limit), unbroken(row.typical),
    "**\(markdown(row.words))**\(detail)",
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
