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
    ? HTML.element(
      "p",
      .element(
        "a", ["href": "#\(review.anchor)findings"],
        "\(counted(more, "more", noun(of: decisive.map(\.kind)))) below"))
    : .empty
  let rules = verdict.brokenRules.map { finding in
    "\(finding.outcome == .over ? "✗" : "!") \(finding.sentence)"
  }
  let parts = [
    answers.isEmpty ? .empty : .element("div", ["class": "answers"], answers), rest,
    titled("Rules that do not hold", rules, review.links),
    titled("The whole run moved", verdict.factors, review.links),
    titled("Recommendations", verdict.advice.map { sentence($0.text) }, review.links),
  ]
  let body = parts.joined()
  return body.isEmpty ? nil : PageSection(id: "answer", title: "In short", body: body)
}

private func titled(_ title: String, _ texts: [String], _ links: LinkedText) -> HTML {
  texts.isEmpty ? .empty : .element("h3", HTML(title)) + .list(unique(texts).map(links.html))
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
    .element("h3", .element("a", ["href": "#\(review.anchor)finding-\(number + 1)"], title(of: row))),
    .element("p", verdictChip(finding, row)),
    .element("p", ["class": "now"], figureCell(row.value == "–" ? "not measured" : row.value + row.trials)),
    .element(
      "p", ["class": "beside"],
      [limit.map { limitCell($0, of: finding, review) }, typical.map(figureCell)].compactMap(\.self)
        .joined(" · ")),
    review.trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty,
    .facts(
      words.facts.map { (title(of: $0.label), review.links.html($0.text)) }
        + [("Next", explanation?.steps.first.map { step($0, review.links) } ?? .empty)]))
}

private func title(of label: Fact.Label) -> String {
  label.rawValue.prefix(1).uppercased() + label.rawValue.dropFirst()
}

/// A limit, which leads to the line it is written on.
func limitCell(_ text: String, of finding: Finding, _ review: Review) -> HTML {
  let (verdict, place) = (review.verdict, finding.writtenPlace)
  let page = verdict.context.links.page(of: place, at: verdict.commit)
  return page.map { .element("a", ["href": $0], figureCell(text)) } ?? figureCell(text)
}

/// What a finding is of: endpoint, metric, profile.
func title(of row: FindingRow) -> HTML {
  .name(row.endpoint) + " " + .element("span", ["class": "metric"], HTML(row.metric)) + " "
    + .element("span", ["class": "profile"], HTML(row.profile))
}
