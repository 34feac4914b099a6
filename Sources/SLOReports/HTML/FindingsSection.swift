import SLOGate
import SLOModel
import SLOSupport

/// What broke or moved, a row each, folded by endpoint in the order of their most severe finding; what became better
/// apart.
func findingsSection(of review: Review) -> PageSection {
  let (broken, improved) = (review.broken, review.improved)
  let better =
    improved.isEmpty
    ? HTML.empty
    : HTML.element(
      "details", ["class": "more better"],
      .element("summary", "\(counted(improved.count, "series", plural: "series")) better than before"),
      table(of: improved, "What became better", review))
  let body =
    broken.isEmpty
    ? HTML.element("p", HTML(review.verdict.quiet)) + .list(review.verdict.uncompared)
    : table(of: broken, "What broke or moved, the most severe endpoint first", review)
  return PageSection(
    id: "findings", title: "Findings", count: broken.isEmpty ? nil : broken.count, body: body + better)
}

/// The most severe findings, each explained.
func explainedSection(of review: Review) -> PageSection? {
  guard !review.explanations.isEmpty else { return nil }
  let cards = review.explanations.enumerated().map { index, explanation in
    FindingCard(explanation, number: index + 1, in: review).html
  }
  return PageSection(id: "explained", title: "Explained", count: cards.count, body: cards.joined())
}

private func table(of findings: [Finding], _ caption: String, _ review: Review) -> HTML {
  let listed = findings.prefix(Review.mostListed)
  let hasTrends = listed.contains { review.trends[$0.series] != nil }
  let groups = unique(listed.map(\.series.endpoint)).map { endpoint in
    PageTable.Group(
      title: .name(label(ofEndpoint: endpoint)),
      rows: listed.filter { $0.series.endpoint == endpoint }.map { cells(of: $0, hasTrends, review) })
  }
  let table = PageTable(
    caption: caption, columns: [.init(title: "Finding")] + FigureColumns.columns(hasTrends: hasTrends),
    groups: groups, isStacked: true
  ).html
  let more = findings.count - listed.count
  return more > 0
    ? table + .element("p", "\(more) more like these are among the endpoints below.") : table
}

private func cells(of finding: Finding, _ hasTrends: Bool, _ review: Review) -> [HTML] {
  let row = FindingRow(finding)
  let card = review.explanations.firstIndex { $0.finding.series == finding.series }
  let name = HTML(row.metric) + " " + .element("span", ["class": "profile"], HTML(row.profile))
  let title = card.map { HTML.element("a", ["href": "#\(review.anchor)finding-\($0 + 1)"], name) } ?? name
  let details = review.verdict.facts(of: finding).filter { [.owner, .waived].contains($0.label) }
    .map { VisibleText.escaped($0.text) }.joined(separator: " · ")
  let owner = details.isEmpty ? HTML.empty : .element("small", HTML(details))
  return [title + owner] + FigureColumns.cells(of: finding, review, hasTrends: hasTrends)
}
