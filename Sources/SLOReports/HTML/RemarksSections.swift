import SLOGate
import SLOModel

/// What to do next; nothing after a pass.
func adviceSection(of review: Review) -> PageSection? {
  let advice = review.verdict.advice
  guard !advice.isEmpty else { return nil }
  return PageSection(id: "advice", title: "Recommendations", body: .list(advice))
}

/// What could not be judged, and what to do about it; what moved whole runs.
func openSection(of review: Review) -> PageSection? {
  let verdict = review.verdict
  let missing = verdict.gaps + verdict.factors
  let failed = verdict.runs.compactMap { judged in
    judged.run.reading.failure.map { "\(judged.run.reading.source.path): \($0)" }
  }
  guard !missing.isEmpty || !failed.isEmpty || !verdict.remedies.isEmpty else { return nil }
  let remedies =
    verdict.remedies.isEmpty
    ? HTML.empty : .element("h3", "How to mend it") + .list(verdict.remedies)
  return PageSection(
    id: "open", title: "Open or moved as a whole", body: .list(missing + failed) + remedies)
}

/// The endpoints that were measured and that no budget holds to anything.
func coverageSection(of review: Review) -> PageSection? {
  let endpoints = review.verdict.unbudgeted
  guard !endpoints.isEmpty else { return nil }
  return PageSection(
    id: "coverage", title: "Without a budget", count: endpoints.count,
    body: .element("p", "These were measured, and no limit holds them to anything.")
      + .element("ul", ["class": "names"], endpoints.map { .element("li", .name($0)) }))
}

/// The waivers a person has to act on.
func waiversSection(of review: Review) -> PageSection? {
  let sentences = review.verdict.waiverSentences
  guard !sentences.isEmpty else { return nil }
  return PageSection(
    id: "waivers", title: "Waivers to look at", count: sentences.count, body: .list(sentences))
}

/// What a person should know and no exit code tells.
func noticesSection(of review: Review) -> PageSection? {
  let notices = unique(review.verdict.notices)
  guard !notices.isEmpty else { return nil }
  return PageSection(id: "notices", title: "Notices", count: notices.count, body: .list(notices))
}
