import SLOGate
import SLOModel

/// What was judged: where it was measured, what it was compared with, with which settings, and from which files.
func measuredSection(of review: Review) -> PageSection {
  let verdict = review.verdict
  let comparisons = verdict.comparisons.map { HTML(verdict.reference(of: $0)) }
  let facts = HTML.facts([
    ("Environment", HTML(verdict.environment.name ?? (verdict.environment.isKnown ? "unnamed" : "unknown"))),
    ("Sizing", words(verdict.environment.sizing)),
    ("Conditions", words(verdict.conditions)),
    ("Compared with", HTML.list(comparisons)),
    ("Settings", words(verdict.settings)),
    ("Host", words(verdict.hostFacts)),
    ("Anchor of drift", verdict.anchor.map { HTML.name($0.name) } ?? .empty),
    ("How", verdict.grounds.map { HTML($0) } ?? .empty),
  ])
  return PageSection(
    id: "measured", title: "What was judged",
    body: facts + verdict.comparisons.map(sizingTable).joined() + runsTable(of: verdict)
      + sourcesTable(of: verdict))
}

private func words(_ words: [(key: String, value: String)]) -> HTML {
  words.map { HTML.element("span", ["class": "word"], .code("\($0.key)=\($0.value)")) }.joined(" ")
}

private func words(_ facts: [String: String]) -> HTML { words(facts.sorted { $0.key < $1.key }) }

/// In which fields the sizing of earlier runs, left out for it, differs.
private func sizingTable(_ comparison: ReferenceComparison) -> HTML {
  PageTable(
    caption: "Sizing of \(comparison.profile) against the runs left out for it",
    columns: [.init(title: "Field"), .init(title: "Those runs"), .init(title: "Now")],
    rows: comparison.sizingDelta.map {
      [HTML.code($0.field), HTML($0.then ?? "not given"), HTML($0.now ?? "not given")]
    }
  ).html
}

private func runsTable(of verdict: Verdict) -> HTML {
  PageTable(
    caption: "Runs and their repetitions",
    columns: [
      .init(title: "Profile"), .init(title: "Repetition", kind: "n"), .init(title: "Started (UTC)"),
      .init(title: "Length", kind: "n"), .init(title: "Format"), .init(title: "State"),
    ],
    rows: verdict.runs.map { judged in
      let reading = judged.run.reading
      return [
        HTML.name(judged.run.profile)
          + (reading.subject.map { .element("small", .name($0)) } ?? .empty),
        "\(judged.repetition)",
        reading.startedAt.map { figureCell($0.minute) } ?? "–",
        figureCell(reading.duration.map { quantity($0 * 1_000, .milliseconds) } ?? "–"),
        HTML([reading.source.format, reading.toolVersion].compactMap { $0 }.joined(separator: " ")),
        HTML(reading.failure.map { "✗ \($0)" } ?? "good"),
      ]
    }
  ).html
}

private func sourcesTable(of verdict: Verdict) -> HTML {
  PageTable(
    caption: "Sources", columns: [.init(title: "File"), .init(title: "SHA-256")],
    rows: verdict.sources.map { [HTML.name($0.path), .code($0.sha256)] }
  ).html
}

extension Verdict {
  /// The files judged, each once.
  var sources: [Reading.Source] {
    var seen: Set<String> = []
    return runs.map(\.run.reading.source).filter { seen.insert("\($0.sha256) \($0.path)").inserted }
  }

  /// Tuning knobs and versions, each with every value it had, in order.
  var settings: [(key: String, value: String)] { merged(runs.map(\.run.settings)) }

  /// How and under what it was measured, besides the environment as it was named: each condition with every value it had.
  var conditions: [(key: String, value: String)] { merged(runs.map(\.run.reading.conditions)) }

  /// What is known of the hosts, each with every value it had, in order; the page's own name is none.
  var hostFacts: [(key: String, value: String)] {
    merged(runs.map { $0.run.reading.hostFacts })
  }

  private func merged(_ all: [[String: String]]) -> [(key: String, value: String)] {
    let values = all.reduce(into: [String: Set<String>]()) { values, facts in
      for (key, value) in facts { values[key, default: []].insert(value) }
    }
    return values.sorted { $0.key < $1.key }.map { ($0.key, $0.value.sorted().joined(separator: ", ")) }
  }
}
