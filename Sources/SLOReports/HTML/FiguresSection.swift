import SLOGate
import SLOModel

/// How each profile went as a whole.
func figuresSection(of review: Review) -> PageSection? {
  let figures = review.verdict.findings
    .filter { $0.keyFigure != nil && $0.value != nil }
    .sorted { ($0.series.profile, $0.keyFigure ?? 0) < ($1.series.profile, $1.keyFigure ?? 0) }
  let profiles = unique(figures.map(\.series.profile))
  guard !profiles.isEmpty else { return nil }
  let tables = profiles.map { profile in
    figuresTable(
      of: figures.filter { $0.series.profile == profile }, caption: "The run as a whole under \(profile)",
      trends: review.trends)
  }
  return PageSection(id: "figures", title: "Key figures", body: tables.joined())
}

/// Findings of one profile and endpoint, a row each.
func figuresTable(of findings: [Finding], caption: String, trends: [Series: Trend] = [:]) -> HTML {
  let hasTrends = findings.contains { trends[$0.series] != nil }
  let columns: [PageTable.Column] =
    [
      .init(title: "Metric"), .init(title: "Now", kind: "n"), .init(title: "Limit", kind: "n"),
      .init(title: "Typical", kind: "n"), .init(title: "Change", kind: "n"),
    ] + (hasTrends ? [.init(title: "History")] : []) + [.init(title: "Verdict")]
  let rows = findings.map { finding in
    let row = FindingRow(finding)
    let trend = trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty
    return [HTML(row.metric)] + [row.value, row.limit, row.typical, row.change].map(figureCell)
      + (hasTrends ? [trend] : []) + [verdictChip(finding, row)]
  }
  return PageTable(caption: caption, columns: columns, rows: rows).html
}
