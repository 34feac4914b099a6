import SLOGate
import SLOModel

/// The web pages as Lighthouse saw them: what matters most in a table, everything to unfold.
func webPagesSection(of review: Review) -> PageSection? {
  let findings = review.verdict.findings.filter(\.isOfPage)
  let profiles = unique(findings.map(\.series.profile))
  guard !profiles.isEmpty else { return nil }
  let tables = profiles.map { profile in
    table(of: findings.filter { $0.series.profile == profile }, profile)
  }
  let folded = foldedEndpoints(of: review) { $0.isOfPage }
  return PageSection(
    id: "pages", title: "Web pages", count: folded.count, body: tables.joined() + folded.html)
}

private func table(of findings: [Finding], _ profile: String) -> HTML {
  let pages = Dictionary(grouping: findings, by: \.series.endpoint).sorted { $0.key < $1.key }
  let figures = WebPageFigure.all.filter { figure in
    findings.contains { figure.names($0) && $0.value != nil }
  }
  let rows = pages.map { page, findings in
    [HTML.name(page)]
      + figures.map { figure in
        findings.first(where: figure.names).map(cell) ?? "–"
      }
  }
  return PageTable(
    caption: "\(profile): medians of the reports of each page",
    columns: [.init(title: "Page")] + figures.map { .init(title: $0.title, kind: "n") }, rows: rows
  ).html
}

/// A value with the symbol of its outcome, where there is one.
private func cell(_ finding: Finding) -> HTML {
  let row = FindingRow(finding)
  guard ![.ok, .recorded].contains(finding.outcome) else { return figureCell(row.value) }
  return .element(
    "span", ["class": "chip \(tone(of: finding.outcome))", "title": row.words],
    figureCell("\(row.symbol) \(row.value)"))
}

/// One of the figures that say most of a page.
struct WebPageFigure: Sendable {
  let title: String
  let metric: String

  /// Whether a finding is of this figure.
  func names(_ finding: Finding) -> Bool { finding.series.metric == metric }

  static let all = [
    WebPageFigure(title: "Performance", metric: "performance"),
    WebPageFigure(title: "Accessibility", metric: "accessibility"),
    WebPageFigure(title: "FCP", metric: "first-contentful-paint"),
    WebPageFigure(title: "LCP", metric: "largest-contentful-paint"),
    WebPageFigure(title: "TBT", metric: "total-blocking-time"),
    WebPageFigure(title: "CLS", metric: "cumulative-layout-shift"),
    WebPageFigure(title: "Speed index", metric: "speed-index"),
    WebPageFigure(title: "Bytes", metric: "total-byte-weight"),
  ]
}
