import SLOGate
import SLOModel
import SLOReaders
import SLOStatistics

/// The figures of each profile of a kind of evidence, a subject a row.
/// - Parameter heading: what a part is called, before its profile.
func datedFigures(of verdict: Verdict, _ kind: EvidenceKind, heading: String) -> String {
  let findings = verdict.findings.filter { $0.series.kind == kind }
  let parts = unique(findings.map(\.series.profile)).map { profile in
    let own = findings.filter { $0.series.profile == profile }
    let table = figures(of: own, kind.subject.singular, kind.display.columns)
    return table.isEmpty ? "" : part("\(heading): \(markdown(profile))", legend(own) + table)
  }
  return parts.joined()
}

private func legend(_ findings: [Finding]) -> String {
  let most = findings.map(\.repetitions.count).max() ?? 0
  guard most > 1 else { return "One run: each figure is its own.\n\n" }
  return "Each figure is the median of \(most) repetitions; their 95th percentile stands in parentheses.\n\n"
}

private func figures(of findings: [Finding], _ head: String, _ columns: [EvidenceKind.Column]) -> String {
  let includes = { (column: EvidenceKind.Column, finding: Finding) in
    finding.series.figure == column.figure && finding.value != nil
  }
  let known = columns.filter { column in findings.contains { includes(column, $0) } }
  let rows = Dictionary(grouping: findings, by: \.series.endpoint)
    .sorted { ($0.key == Series.wholeRun ? 0 : 1, $0.key) < ($1.key == Series.wholeRun ? 0 : 1, $1.key) }
    .compactMap { endpoint, findings -> [String]? in
      let cells = known.map { column in findings.first { includes(column, $0) }.map(cell) }
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
