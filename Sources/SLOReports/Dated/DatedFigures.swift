import SLOGate
import SLOModel
import SLOStatistics

/// The figures of each load profile, an endpoint a row.
func loadFigures(of verdict: Verdict) -> String {
  let findings = verdict.findings.filter { !$0.isOfPage }
  let parts = unique(findings.map(\.series.profile)).map { profile in
    let own = findings.filter { $0.series.profile == profile }
    let table = figures(of: own, "endpoint", DatedFigure.load)
    return table.isEmpty ? "" : part("Figures: \(markdown(profile))", legend(own) + table)
  }
  return parts.joined()
}

/// The figures of the web pages, a page a row.
func pageFigures(of verdict: Verdict) -> String {
  let findings = verdict.findings.filter(\.isOfPage)
  let parts = unique(findings.map(\.series.profile)).map { profile in
    let own = findings.filter { $0.series.profile == profile }
    let columns = WebPageFigure.all.map { figure in DatedFigure(figure.title) { figure.names($0) } }
    let table = figures(of: own, "page", columns)
    return table.isEmpty ? "" : part("Web pages: \(markdown(profile))", legend(own) + table)
  }
  return parts.joined()
}

/// A column: which findings are of it.
private struct DatedFigure: Sendable {
  let title: String
  let includes: @Sendable (Finding) -> Bool

  init(_ title: String, _ includes: @escaping @Sendable (Finding) -> Bool) {
    self.title = title
    self.includes = includes
  }

  private init(_ title: String, _ metric: String, _ statistic: Statistic) {
    self.init(title) { $0.series.metric == metric && $0.series.statistic == statistic }
  }

  static let load = [
    DatedFigure("p50", "http_req_duration", .median), DatedFigure("p95", "http_req_duration", .p95),
    DatedFigure("p99", "http_req_duration", .p99), DatedFigure("error rate", "http_req_failed", .rate),
    DatedFigure("throughput", "http_reqs", .rate),
  ]
}

private func legend(_ findings: [Finding]) -> String {
  let most = findings.map(\.repetitions.count).max() ?? 0
  guard most > 1 else { return "One run: each figure is its own.\n\n" }
  return "Each figure is the median of \(most) repetitions; their 95th percentile stands in parentheses.\n\n"
}

private func figures(of findings: [Finding], _ head: String, _ columns: [DatedFigure]) -> String {
  let known = columns.filter { column in findings.contains { column.includes($0) && $0.value != nil } }
  let rows = Dictionary(grouping: findings, by: \.series.endpoint)
    .sorted { ($0.key == Series.wholeRun ? 0 : 1, $0.key) < ($1.key == Series.wholeRun ? 0 : 1, $1.key) }
    .compactMap { endpoint, findings -> [String]? in
      let cells = known.map { column in findings.first { column.includes($0) && $0.value != nil }.map(cell) }
      guard cells.contains(where: { $0 != nil }) else { return nil }
      return [markdown(label(ofEndpoint: endpoint))] + cells.map { $0 ?? "–" }
    }
  return known.isEmpty
    ? "" : markdownTable([head] + known.map(\.title), rows, right: Set(1...max(1, known.count)))
}

/// The median of the repetitions, and beside it their 95th percentile.
private func cell(_ finding: Finding) -> String {
  guard let value = finding.value else { return "–" }
  let median = quantity(value, finding.unit)
  guard finding.repetitions.count > 1, let sample = SortedSample(finding.repetitions) else {
    return markdown(median)
  }
  return markdown("\(median) (\(quantity(sample.percentile(95), finding.unit)))")
}
