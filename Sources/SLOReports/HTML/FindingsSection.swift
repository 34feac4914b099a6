import SLOGate
import SLOModel

/// What broke or moved, a row each.
func findingsSection(of review: Review) -> PageSection {
  guard !review.findings.isEmpty else {
    return PageSection(
      id: "findings", title: "Findings",
      body: .element("p", HTML(review.verdict.quiet)))
  }
  let listed = review.findings.prefix(Review.mostListed)
  let more = review.findings.count - listed.count
  let rest =
    more > 0
    ? HTML.element("p", "\(more) more like these are among the endpoints below.") : .empty
  return PageSection(
    id: "findings", title: "Findings", count: review.findings.count,
    body: table(of: Array(listed), review) + rest)
}

/// The gravest findings, each explained.
func explainedSection(of review: Review) -> PageSection? {
  guard !review.explanations.isEmpty else { return nil }
  let cards = review.explanations.enumerated().map { index, explanation in
    FindingCard(explanation, number: index + 1, trend: review.trends[explanation.finding.series]).html
  }
  return PageSection(id: "explained", title: "Explained", count: cards.count, body: cards.joined())
}

private func table(of findings: [Finding], _ review: Review) -> HTML {
  let hasTrends = findings.contains { review.trends[$0.series] != nil }
  let columns: [PageTable.Column] =
    [
      .init(title: "Finding"), .init(title: "Verdict"), .init(title: "Now", kind: "n"),
      .init(title: "Limit", kind: "n wide"), .init(title: "Typical", kind: "n wide"),
      .init(title: "Change", kind: "n wide"),
    ] + (hasTrends ? [.init(title: "History", kind: "wide")] : [])
  let rows = findings.enumerated().map { index, finding in
    let row = FindingRow(finding)
    let isExplained = index < review.explanations.count
    let cells = [
      title(of: row, link: isExplained ? "#finding-\(index + 1)" : nil), verdictChip(finding, row),
      figureCell(row.value), figureCell(row.limit), figureCell(row.typical), figureCell(row.change),
    ]
    return hasTrends
      ? cells + [review.trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty] : cells
  }
  return PageTable(
    caption: "What broke or moved, the gravest first", columns: columns, rows: rows, isFitting: true
  ).html
}

private func title(of row: FindingRow, link: String?) -> HTML {
  let name = HTML.name(row.endpoint) + " " + .element("span", ["class": "metric"], HTML(row.metric))
  let linked = link.map { HTML.element("a", ["href": $0], name) } ?? name
  let detail = link == nil ? row.detail : row.place
  return linked + .element("small", HTML(detail.isEmpty ? row.profile : "\(row.profile) · \(detail)"))
}
