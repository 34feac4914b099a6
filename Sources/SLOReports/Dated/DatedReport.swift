package import SLOGate
package import SLOModel
import SLOReaders
import SLOStatistics

/// A check as a report to be kept: where it was measured, how, what came out, what was found, from which files.
/// - Parameter time: when the check was made; the report's own date, so that the same check is the same file.
package func datedReport(of verdict: Verdict, at time: Timestamp) -> String {
  let title =
    "# \(time.date): \(markdown(verdict.service)) at \(markdown(verdict.commit.shortSHA))\n\n"
    + "**\(markdown(verdict.headline))** (exit code \(verdict.code.rawValue))\n"
  let sections = [
    part("Environment", environment(of: verdict)),
    part("Data scale", facts(dataScale(of: verdict))),
    part("Test parameters", parameters(of: verdict)),
    EvidenceKind.all.map {
      datedFigures(of: verdict, $0, heading: $0.profiles.prefix == nil ? "Figures" : $0.display.title)
    }
    .joined(),
    part("Findings", findings(of: verdict)),
    part("Rules that do not hold", list(verdict.brokenRules.map(\.sentence))),
    part("Open", list(verdict.gaps + verdict.factors + verdict.remedies)),
    part("Budget changes", list(verdict.budgetReview?.sentences ?? [])),
    part("Waivers", list(verdict.waiverSentences)),
    part("Without a budget", list(verdict.unbudgeted)),
    part("Recommendations", recommendations(after: verdict)),
    part("Warnings", list(verdict.warnings)),
    part("Notices", list(verdict.remarks)),
    part("Sources", sources(of: verdict)),
  ]
  return title + sections.joined()
}

/// A part under its heading; nothing for an empty one.
func part(_ title: String, _ body: String) -> String { body.isEmpty ? "" : "\n## \(title)\n\n\(body)" }

/// A Markdown table; nothing without rows. Cells are as Markdown shows them.
/// - Parameter right: the columns that are set to the right.
func markdownTable(_ titles: [String], _ rows: [[String]], right: Set<Int> = []) -> String {
  guard !rows.isEmpty else { return "" }
  let rule = titles.indices.map { right.contains($0) ? "--:" : "---" }
  return ([titles, rule] + rows).map { "| \($0.joined(separator: " | ")) |\n" }.joined()
}

private func list(_ texts: [String]) -> String { unique(texts).map(markdownItem).joined() }

private func facts(_ facts: [(String, String)]) -> String {
  markdownTable(["what", "value"], facts.map { [markdown($0.0), markdown($0.1)] })
}

// MARK: Where and how it was measured

private func environment(of verdict: Verdict) -> String {
  let commit = verdict.commit
  let context: [(String, String)] = [
    ("service", verdict.service), ("commit", commit.sha), ("branch", commit.branch ?? "unknown"),
    ("environment", verdict.environment.name ?? (verdict.environment.isKnown ? "unnamed" : "unknown")),
    ("fingerprint", verdict.environment.fingerprint),
  ]
  let compared = verdict.comparisons.flatMap { comparison in
    [("compared", verdict.reference(of: comparison))]
      + comparison.sizingDelta.map {
        ("differs: \($0.field)", "\($0.then ?? "not given") → \($0.now ?? "not given")")
      }
  }
  return facts(
    context + sizing(of: verdict) + verdict.hostFacts.map { ("host: \($0.key)", $0.value) }
      + compared)
}

/// How much data the environment held: the rows of its tables, as they were counted.
private func dataScale(of verdict: Verdict) -> [(String, String)] {
  verdict.findings.filter(\.series.isRowCount).compactMap { finding in
    guard let table = finding.series.table, let rows = finding.value else { return nil }
    return ("rows of \(table)", quantity(rows, .count))
  }
}

/// What the environment is like, and how it was tuned.
private func sizing(of verdict: Verdict) -> [(String, String)] {
  verdict.environment.sizing.sorted { $0.key < $1.key }.map { ("sizing: \($0.key)", $0.value) }
    + verdict.conditions.map { ("condition: \($0.key)", $0.value) }
    + verdict.settings.map { ("setting: \($0.key)", $0.value) }
}

private func parameters(of verdict: Verdict) -> String {
  let rows = verdict.runs.map { judged in
    let reading = judged.run.reading
    func whole(_ metric: String, _ statistic: Statistic) -> String {
      let measured = reading.measurements.first {
        $0.series.endpoint == Series.wholeRun && $0.series.metric == metric
          && $0.series.statistic == statistic
      }
      return measured.map { quantity($0.value, $0.unit) } ?? "–"
    }
    let users = whole("vus_max", .value)
    return [
      judged.run.profile, "\(judged.repetition)", reading.startedAt?.minute ?? "–",
      reading.duration.map { quantity($0 * 1_000, .milliseconds) } ?? "–",
      users == "–" ? whole("vus", .value) : users, whole("http_reqs", .rate), whole("http_reqs", .count),
      reading.failure ?? "good",
    ].map { markdown($0) }
  }
  let titles = ["profile", "repetition", "started (UTC)", "length", "VUs", "rate", "requests", "state"]
  return markdownTable(titles, rows, right: [1, 3, 4, 5, 6])
}

// MARK: What was found

private func findings(of verdict: Verdict) -> String {
  let rows = verdict.stories(Finding.Outcome.bySeverity).flatMap(\.all).map { finding in
    let row = FindingRow(finding)
    let facts = verdict.sentences(on: finding).joined(separator: " · ")
    let words = facts.isEmpty ? row.verdict : "\(row.verdict): \(facts)"
    return [row.profile, row.endpoint, row.metric, row.value, row.limit, row.typical, row.change, words].map {
      markdown($0)
    }
  }
  let titles = ["profile", "endpoint", "metric", "now", "limit", "typical", "change", "verdict"]
  let table = markdownTable(titles, rows, right: [3, 4, 5, 6])
  return table.isEmpty ? verdict.quiet + "\n" : table
}

private func recommendations(after verdict: Verdict) -> String {
  let commands = verdict.mostSevere([.over, .regressed, .suspect, .missing, .warn]).lazy
    .compactMap { explainCommand(for: $0.series, at: verdict.commit) }.filter { $0.utf8.count < 300 }
  let fence = Array(commands.prefix(3)).map { $0 + "\n" }.joined()
  guard !verdict.advice.isEmpty || !fence.isEmpty else { return "None: the release may go.\n" }
  return list(verdict.advice.map(\.text)) + (fence.isEmpty ? "" : "\n```sh\n\(fence)```\n")
}

private func sources(of verdict: Verdict) -> String {
  markdownTable(
    ["file", "format", "SHA-256"],
    verdict.sources.map {
      [markdownCode($0.path, atMost: 160), markdown($0.format), markdownCode($0.sha256, atMost: 64)]
    })
}

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
  return "Each figure is the median of \(most) repetitions; their 95th percentile is in parentheses.\n\n"
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

/// The median of the repetitions, and next to it their 95th percentile.
private func cell(_ finding: Finding) -> String {
  guard let value = finding.value else { return "–" }
  let median = quantity(value, finding.unit)
  guard finding.repetitions.count > 1, let sample = SortedSample(finding.repetitions) else {
    return markdown(median)
  }
  return markdown("\(median) (\(quantity(sample.percentile(95), finding.unit)))")
}
