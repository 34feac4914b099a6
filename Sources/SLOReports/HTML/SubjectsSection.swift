import SLOGate
import SLOModel
import SLOReaders

/// The kinds of evidence that have a section of their own, where they were measured.
func subjectSections(of review: Review) -> [PageSection?] {
  EvidenceKind.sectioned.map { subjectsSection($0, of: review) }
}

/// The subjects of one kind: what matters most in a table, everything to unfold.
private func subjectsSection(_ kind: EvidenceKind, of review: Review) -> PageSection? {
  let findings = review.verdict.findings.filter { $0.series.kind == kind }
  let profiles = unique(findings.map(\.series.profile))
  guard !profiles.isEmpty else { return nil }
  let tables = profiles.map { profile in
    table(of: findings.filter { $0.series.profile == profile }, profile, kind)
  }
  let folded = foldedEndpoints(of: review) { $0.series.kind == kind }
  return PageSection(
    id: kind.section, title: kind.display.title, count: folded.count, body: tables.joined() + folded.html)
}

private func table(of findings: [Finding], _ profile: String, _ kind: EvidenceKind) -> HTML {
  let subjects = Dictionary(grouping: findings, by: \.series.endpoint).sorted { $0.key < $1.key }
  let columns = kind.display.columns.filter { column in
    findings.contains { $0.series.figure == column.figure && $0.value != nil }
  }
  let rows = subjects.map { subject, findings in
    [HTML.name(label(ofEndpoint: subject))]
      + columns.map { column in
        findings.first { $0.series.figure == column.figure }.map(cell) ?? "–"
      }
  }
  return PageTable(
    caption: "\(profile): \(kind.display.caption)",
    columns: [.init(title: kind.subject.title)]
      + columns.map { .init(title: $0.title, kind: "n") }, rows: rows
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
