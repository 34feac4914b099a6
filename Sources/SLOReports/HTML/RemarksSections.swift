import SLOGate
import SLOModel

/// What could not be judged, and what to do about it.
func openSection(of review: Review) -> PageSection? {
  let verdict = review.verdict
  let failed = verdict.runs.compactMap { judged in
    judged.run.reading.failure.map { "\(judged.run.reading.source.path): \($0)" }
  }
  let open = verdict.gaps + failed
  guard !open.isEmpty || !verdict.remedies.isEmpty else { return nil }
  let remedies =
    verdict.remedies.isEmpty
    ? HTML.empty : .element("h3", "How to fix it") + .list(verdict.remedies)
  return PageSection(id: "open", title: "Not judged", body: .list(open) + remedies)
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

/// What the branch does to the budgets: whoever reads that a limit holds has to know that it was loosened for it.
func budgetsSection(of review: Review) -> PageSection? {
  guard let changes = review.verdict.budgetReview?.sentences, !changes.isEmpty else { return nil }
  return PageSection(
    id: "budgets", title: "Budget changes", count: changes.count,
    body: .element("p", "What this branch does to the budgets, against where it left the reference.")
      + .list(changes))
}

/// The waivers a person has to act on.
func waiversSection(of review: Review) -> PageSection? {
  let sentences = review.verdict.waiverSentences
  guard !sentences.isEmpty else { return nil }
  return PageSection(
    id: "waivers", title: "Waivers to look at", count: sentences.count, body: .list(sentences))
}

/// What a person has to look at and what blocks nothing.
func warningsSection(of review: Review) -> PageSection? {
  let warnings = unique(review.verdict.warnings)
  guard !warnings.isEmpty else { return nil }
  return PageSection(id: "warnings", title: "Warnings", count: warnings.count, body: .list(warnings))
}

/// What a person should know and no exit code says.
func noticesSection(of review: Review) -> PageSection? {
  let notices = unique(review.verdict.remarks)
  guard !notices.isEmpty else { return nil }
  return PageSection(id: "notices", title: "Notices", count: notices.count, body: .list(notices))
}
