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
      review, hasTrends: true)
  }
  return PageSection(id: "figures", title: "Key figures", body: tables.joined())
}

/// The columns behind the name of a finding, and its cells in them: the same in every table.
enum FigureColumns {
  /// Those of figures, which narrow screens show under their titles: the third and the following of a table.
  static let figures = ["Now", "Limit", "Typical", "Change"]
  /// The place of the first of `figures`, counted from 1.
  static let first = 3

  static func columns(hasTrends: Bool) -> [PageTable.Column] {
    [.init(title: "Verdict")] + figures.map { .init(title: $0, kind: "n") }
      + (hasTrends ? [.init(title: "History")] : [])
  }

  static func cells(of finding: Finding, _ review: Review, hasTrends: Bool) -> [HTML] {
    let row = FindingRow(finding)
    let limit = HTML.figure(row.limit) { limitCell($0, of: finding, review) }
    let figures = [HTML.figure(row.value), limit] + [row.typical, row.change].map { HTML.figure($0) }
    let sketch = review.trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty
    return [verdictChip(finding, row)] + figures + (hasTrends ? [sketch] : [])
  }
}

/// Findings of one profile and endpoint, a row each.
func figuresTable(
  of findings: [Finding], caption: String, _ review: Review, hasTrends: Bool = false
) -> HTML {
  let hasTrends = hasTrends && findings.contains { review.trends[$0.series] != nil }
  let rows = findings.map { finding in
    [HTML(FindingRow(finding).metric)] + FigureColumns.cells(of: finding, review, hasTrends: hasTrends)
  }
  return PageTable(
    caption: caption, columns: [.init(title: "Metric")] + FigureColumns.columns(hasTrends: hasTrends),
    rows: rows, isStacked: true
  ).html
}

extension HTML {
  /// A figure; nothing for a dash, which the style sheet sets, or leaves out on a narrow screen.
  fileprivate static func figure(_ text: String, _ cell: (String) -> HTML = figureCell) -> HTML {
    text == "–" ? .empty : cell(text)
  }
}
