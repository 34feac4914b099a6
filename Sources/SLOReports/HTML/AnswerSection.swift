import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

/// What a developer asks whose release was not let through: what, how much, since when, is it noise, whose is it,
/// and what next. Nothing where nothing is to be done.
func answerSection(of review: Review) -> PageSection? {
  let verdict = review.verdict
  let decisive = verdict.stories(Finding.Outcome.bySeverity).filter(verdict.isDecided)
  let answers = decisive.prefix(mostAnswered).compactMap { answer($0, review) }
  let more = decisive.count - answers.count
  let rest =
    more > 0
    ? HTML.element("p", .element("a", ["href": "#findings"], "\(counted(more, "more endpoint")) below"))
    : .empty
  let rules = verdict.brokenRules.map { finding in
    "\(finding.outcome == .over ? "✗" : "!") \(finding.sentence)"
  }
  let parts = [
    answers.isEmpty ? .empty : .element("div", ["class": "answers"], answers), rest,
    titled("Rules that do not hold", rules), titled("The whole run moved", verdict.factors),
    titled("Recommendations", verdict.advice.map { sentence($0.text) }),
  ]
  let body = parts.joined()
  return body.isEmpty ? nil : PageSection(id: "answer", title: "In short", body: body)
}

private func titled(_ title: String, _ texts: [String]) -> HTML {
  texts.isEmpty ? .empty : .element("h3", HTML(title)) + .list(texts)
}

/// How many endpoints are answered for at the top.
private let mostAnswered = 3

/// A story: its figures, and the facts that every rendering shows.
private func answer(_ story: Story, _ review: Review) -> HTML? {
  guard let finding = story.lead, let words = StoryWords(story, in: review.verdict) else { return nil }
  let row = FindingRow(finding)
  let explanation = review.explanations.first { $0.finding.series == finding.series }
  let number = review.explanations.firstIndex { $0.finding.series == finding.series } ?? 0
  let limit = row.limit == "–" ? nil : "limit \(row.limit)"
  let typical = row.typical == "–" ? nil : "typical \(row.typical)"
  return .element(
    "div", ["class": "answer \(tone(of: finding.outcome))"],
    .element("h3", .element("a", ["href": "#finding-\(number + 1)"], title(of: row))),
    .element("p", verdictChip(finding, row)),
    .element("p", ["class": "now"], figureCell(row.value == "–" ? "not measured" : row.value + row.trials)),
    .element("p", ["class": "beside"], figures([limit, typical].compactMap { $0 })),
    review.trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty,
    .facts(
      words.facts.map { (title(of: $0.label), fact($0, of: finding, review)) }
        + [("Next", explanation?.steps.first.map(step) ?? .empty)]))
}

private func title(of label: Fact.Label) -> String {
  label.rawValue.prefix(1).uppercased() + label.rawValue.dropFirst()
}

/// A fact; the commit in it leads to its page, where a code host is known.
private func fact(_ fact: Fact, of finding: Finding, _ review: Review) -> HTML {
  let commit: String? =
    switch (fact.label, finding.past?.novelty) {
    case (.since, .new?): review.verdict.commit.sha
    case (.since, .known(let since)?): since.sha
    default: nil
    }
  guard let commit, let page = review.verdict.context.links.page(ofCommit: commit) else {
    return HTML(fact.text)
  }
  let name = String(commit.prefix(10))
  guard let range = fact.text.firstRange(of: name) else { return HTML(fact.text) }
  return HTML(String(fact.text[..<range.lowerBound])) + .element("a", ["href": page], HTML(name))
    + HTML(String(fact.text[range.upperBound...]))
}

private func figures(_ parts: [String]) -> HTML { parts.map(figureCell).joined(" · ") }

/// What a finding is of: endpoint, metric, profile.
func title(of row: FindingRow) -> HTML {
  .name(row.endpoint) + " " + .element("span", ["class": "metric"], HTML(row.metric)) + " "
    + .element("span", ["class": "profile"], HTML(row.profile))
}
