package import SLOHistory
package import SLOModel
import SLOReaders
import SLOSupport

/// A run in full, for a person: what it is, what was said of it, and its values.
package func textReport(of listed: ListedRun, _ run: Run, style: TextStyle) -> String {
  let sections = [header(listed, run, style), said(of: listed, style), values(of: listed, run, style)]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
}

private func header(_ listed: ListedRun, _ run: Run, _ style: TextStyle) -> [String] {
  let (header, reading) = (listed.header, run.reading)
  let branch = header.commit.branch.map { " (\($0))" } ?? ""
  let made = header.commit.committedAt.map { ", committed \($0.minute)" } ?? ""
  let tool = reading.toolVersion.map { ", version \($0)" } ?? ""
  let began = reading.startedAt.map { "started \($0.minute), " } ?? ""
  let lasted = reading.duration.map { ", took \(quantity($0 * 1_000, .milliseconds))" } ?? ""
  let fields: [(String, String)] = [
    ("run", header.id.description), ("of", "service \(header.service), profile \(header.profile)"),
    ("commit", header.commit.sha + branch + made), ("env", listed.sizing), ("set", words(header.settings)),
    ("facts", words(reading.facts)), ("time", "\(began)recorded \(header.recordedAt.minute)\(lasted)"),
    ("source", "\(reading.source.path) (\(reading.source.format)\(tool))"),
    ("sha256", reading.source.sha256 + (reading.source.part > 0 ? ", part \(reading.source.part)" : "")),
    ("failed", reading.failure ?? ""),
  ]
  return fields.filter { !$0.1.isEmpty }.flatMap { labelled($0.0, VisibleText.escaped($0.1), style) }
    + reading.remarks.prefix(10).flatMap { labelled("note", VisibleText.escaped($0), style) }
}

private func words(_ words: [String: String]) -> String {
  words.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " · ")
}

private func said(of listed: ListedRun, _ style: TextStyle) -> [String] {
  var lines = listed.checks.prefix(10).map { check in
    ("verdict", "\(check.verdict) (exit code \(check.exitCode)) on \(check.recordedAt.minute)")
  }
  if let hold = listed.header.hold { lines.append(("held", hold)) }
  for recorded in listed.acceptances {
    let acceptance = recorded.acceptance
    let what = "\(recorded.shortID): \(scope(of: acceptance)) on \(acceptance.at.minute)"
    lines.append(("accept", "\(what) by \(acceptance.by): \(acceptance.reason)"))
    if let revoked = recorded.revocation {
      lines.append(
        ("revoke", "\(recorded.shortID) on \(revoked.at.minute) by \(revoked.by): \(revoked.reason)"))
    }
  }
  return lines.flatMap { labelled($0.0, VisibleText.escaped($0.1), style) }
}

extension RecordedAcceptance {
  /// The first digits of the id, for people.
  package var shortID: String { String(id.description.prefix(10)) }
}

/// What a figure is called, `p95` or `error_rate`; without a statistic the metric.
package func figureName(_ metric: String, _ statistic: Statistic?) -> String {
  statistic.map { MetricCatalogue.label(of: metric, $0) } ?? metric
}

/// What an acceptance speaks of: `everything`, `baseline search p95`.
package func scope(of acceptance: Acceptance) -> String {
  let metric = acceptance.metric.map { figureName($0, acceptance.statistic) }
  let parts = [acceptance.profile, acceptance.endpoint?.text, metric].compactMap { $0 }
  return parts.isEmpty ? "everything" : parts.joined(separator: " ")
}

private func values(of listed: ListedRun, _ run: Run, _ style: TextStyle) -> [String] {
  if listed.header.isPruned { return ["its \(counted(listed.header.measured, "value")) were pruned"] }
  let sorted = run.reading.measurements.sorted { $0.series < $1.series }
  guard !sorted.isEmpty else { return ["no values"] }
  let rows = sorted.map { measurement in
    let series = measurement.series
    return [
      shortened(label(ofEndpoint: series.endpoint), to: 60),
      MetricCatalogue.label(of: series.metric, series.statistic),
      quantity(measurement.value, measurement.unit, extra: 1),
      measurement.samples.map(String.init) ?? "–",
    ].map(VisibleText.escaped)
  }
  var lines = aligned([["endpoint", "metric", "value", "samples"]] + rows, right: [2, 3])
  lines[0] = style.paint(lines[0], .dim)
  return lines
}

/// What a verification found, for a person.
package func textReport(of found: Verification, style: TextStyle) -> String {
  let looked =
    "\(counted(found.entries, "entry", plural: "entries")) of the journal, \(counted(found.runs, "run")) "
    + "(\(found.pruned) pruned), \(counted(found.verdicts, "verdict"))"
  let title =
    found.isIntact
    ? style.paint("INTACT", .bold, .green) : style.paint("NOT AS IT WAS RECORDED", .bold, .red)
  var lines = ["\(title)  \(looked)"]
  for finding in found.findings {
    lines += labelled(
      finding.part.rawValue,
      VisibleText.escaped("\(finding.name): found \(finding.found); expected \(finding.expected)"), style)
  }
  for head in found.heads { lines += labelled("end", head.description, style) }
  return lines.joined(separator: "\n") + "\n"
}

/// What a verification found as JSON, schema `slogate.verification/v1`: keys may be added, never renamed or removed.
package func jsonReport(of found: Verification) -> String {
  JSONText.object([
    ("schema", .string("slogate.verification/v1")), ("intact", .bool(found.isIntact)),
    ("entries", .int(found.entries)), ("runs", .int(found.runs)), ("pruned", .int(found.pruned)),
    ("verdicts", .int(found.verdicts)), ("heads", .array(found.heads.map { .string($0.description) })),
    (
      "findings",
      .array(
        found.findings.map { finding in
          .object([
            ("part", .string(finding.part.rawValue)), ("name", .string(finding.name)),
            ("found", .string(finding.found)), ("expected", .string(finding.expected)),
          ])
        })
    ),
  ]).document
}
