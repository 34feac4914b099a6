import SLOGate
import SLOModel
import SLOReaders
import SLOStatistics

/// Everything measured, folded by endpoint.
func endpointsSection(of review: Review) -> PageSection? {
  let (html, count) = foldedEndpoints(of: review) { $0.series.kind.profiles.prefix == nil }
  guard count > 0 else { return nil }
  return PageSection(id: "endpoints", title: "Endpoints", count: count, body: html)
}

/// Findings folded by endpoint: first the endpoints that something is to be said of, then the quiet ones, which
/// are folded once more where they are many.
func foldedEndpoints(of review: Review, where isMeant: (Finding) -> Bool) -> (html: HTML, count: Int) {
  let findings = review.verdict.findings
  // Their places are grouped, not they: a finding is large.
  let places = Dictionary(
    grouping: findings.indices.filter { isMeant(findings[$0]) }, by: { findings[$0].series.endpoint }
  )
  .sorted { ($0.key == Series.wholeRun ? 0 : 1, $0.key) < ($1.key == Series.wholeRun ? 0 : 1, $1.key) }
  var (loud, quiet): ([HTML], [HTML]) = ([], [])
  for (endpoint, places) in places {
    let html = FoldedEndpoint(endpoint, places.map { findings[$0] }, review).html
    if places.allSatisfy({ [.ok, .recorded].contains(findings[$0].outcome) }) {
      quiet.append(html)
    } else {
      loud.append(html)
    }
  }
  guard quiet.count > 12, !loud.isEmpty else { return ((loud + quiet).joined(), places.count) }
  let kinds = places.flatMap(\.value).map { findings[$0].series.kind }
  let more = "\(counted(quiet.count, "more", noun(of: kinds))), within budget and like their history"
  let folded = HTML.element("details", ["class": "more"], [.element("summary", HTML(more))] + quiet)
  return ((loud + [folded]).joined(), places.count)
}

/// An endpoint in one line, and all its figures to unfold.
private struct FoldedEndpoint {
  private let endpoint: String
  private let findings: [Finding]
  private let review: Review

  init(_ endpoint: String, _ findings: [Finding], _ review: Review) {
    self.endpoint = endpoint
    self.findings = findings
    self.review = review
  }

  var html: HTML {
    let profiles = unique(findings.map(\.series.profile))
    let bodies = profiles.map { profile in body(findings.filter { $0.series.profile == profile }, profile) }
    let whole = columns(of: endpoint) > HTML.nameWidth ? also("The name in full: ", [HTML(endpoint)]) : .empty
    return .element("details", ["class": "endpoint"], [.element("summary", summary), whole] + bodies)
  }

  private var summary: HTML {
    let outcomes = findings.reduce(into: [:]) { counts, finding in
      counts[finding.outcome, default: 0] += 1
    }
    let loud = Finding.Outcome.bySeverity.compactMap { outcome in
      outcomes[outcome].map { count in
        HTML.element("span", ["class": "chip \(tone(of: outcome))"], words(count, outcome))
      }
    }
    let quiet = HTML.element("span", ["class": "quiet"], quietWords(outcomes))
    return .element(
      "span", ["class": "line"],
      .element("span", ["class": "title"], .name(label(ofEndpoint: endpoint))),
      .element("span", (loud + [quiet]).joined(" ")), trend)
  }

  /// What was judged without a remark, and what was only recorded.
  private func quietWords(_ outcomes: [Finding.Outcome: Int]) -> HTML {
    let words = [(outcomes[.ok], "ok"), (outcomes[.recorded], "recorded")].compactMap { count, word in
      count.map { "\($0) \(word)" }
    }
    return HTML(words.joined(separator: " · "))
  }

  /// What stands for the endpoint, and how it went.
  private var trend: HTML {
    guard let finding = findings.first(where: \.standsForSubject) else { return .empty }
    let row = FindingRow(finding)
    let name = finding.series.kind.display.columnTitle(of: finding.series.figure) ?? row.metric
    return .element(
      "span", ["class": "lead-figure"],
      .element("span", ["class": "quiet"], "\(name) \(row.profile)"), " ", figureCell(row.value))
      + .element(
        "span", ["class": "lead-trend"],
        review.trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty)
  }

  private func words(_ count: Int, _ outcome: Finding.Outcome) -> HTML {
    switch outcome {
    case .improved, .ok, .recorded: "✓ \(count) better"
    case .over, .regressed: "✗ \(count) \(outcome.rawValue)"
    case .missing: "? \(count) missing"
    case .waived: "~ \(count) waived"
    case .suspect, .warn, .near: "! \(count) \(outcome.rawValue)"
    }
  }

  /// What was judged as a table, what was only measured in a line.
  private func body(_ findings: [Finding], _ profile: String) -> HTML {
    let judged = findings.filter { $0.outcome != .recorded }
    let judgedSeries = Set(judged.map(\.series))
    let others = findings.filter { !judgedSeries.contains($0.series) }.compactMap { finding in
      finding.value.map {
        HTML("\(MetricCatalogue.label(of: finding.series.metric, finding.series.statistic)) ")
          + .element("b", figureCell(quantity($0, finding.unit)))
      }
    }
    let thresholds = findings.flatMap { finding in
      finding.thresholds.map { threshold in
        let held = threshold.passed.map { $0 ? "held" : "✗ failed" } ?? "unknown"
        return "\(threshold.metric): \(threshold.expression) \(held)"
      }
    }
    let caption = "\(shortened(label(ofEndpoint: endpoint), to: 60)) under \(profile)"
    return figuresTable(of: judged, caption: caption, review)
      + also("Also measured under \(profile): ", others)
      + also("The tool's own thresholds: ", unique(thresholds).map { HTML($0) })
  }

  private func also(_ head: String, _ items: [HTML]) -> HTML {
    items.isEmpty ? .empty : .element("p", ["class": "also"], HTML(head) + items.joined(" · "))
  }
}
