import SLOBudgets
import SLOGate
import SLOModel

/// What a developer asks whose release was not let through: what, how much, since when, is it noise, whose is it,
/// and what next. Nothing where nothing is to be done.
func answerSection(of review: Review) -> PageSection? {
  let verdict = review.verdict
  let gravest = review.gravestOfEndpoints
  let answers = gravest.prefix(mostAnswered).map { answer($0, review) }
  let more = gravest.count - answers.count
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

extension Review {
  /// Of each endpoint that something blocks for, the gravest finding, explained.
  fileprivate var gravestOfEndpoints: [Explanation] {
    var told: Set<String> = []
    return explanations.filter { explanation in
      [.over, .missing, .regressed].contains(explanation.finding.outcome)
        && told.insert(explanation.finding.series.endpoint).inserted
    }
  }
}

private func answer(_ explanation: Explanation, _ review: Review) -> HTML {
  let finding = explanation.finding
  let row = FindingRow(finding)
  let number = review.explanations.firstIndex { $0.finding.series == finding.series } ?? 0
  let limit = row.limit == "–" ? nil : "limit \(row.limit)"
  let typical = row.typical == "–" ? nil : "typical \(row.typical)"
  let limitPlace = finding.budget?.limit.writtenPlace.map { "\($0.file):\($0.line)" }
  let owner = finding.budget?.limit.owner
  let drift = finding.creep?.outcome == .over ? explanation.creepSentence : nil
  // What crept is neither new nor unlike its references.
  let isTested = finding.value != nil && (drift == nil || finding.regression?.effect == .blocks)
  return .element(
    "div", ["class": "answer \(tone(of: finding.outcome))"],
    .element("h3", .element("a", ["href": "#finding-\(number + 1)"], title(of: row))),
    .element("p", verdictChip(finding, row)),
    .element("p", ["class": "now"], figureCell(row.value == "–" ? "not measured" : row.value)),
    .element("p", ["class": "beside"], figures([limit, typical].compactMap { $0 })),
    review.trends[finding.series].map { TrendSketch(of: $0).html } ?? .empty,
    .facts([
      ("New?", isTested ? HTML(explanation.noveltySentence) : .empty),
      ("Noise?", isTested ? HTML(explanation.chanceSentence) : .empty),
      ("Drift", drift.map { HTML($0) } ?? .empty),
      ("Owner", owner.map(HTML.name) ?? "nobody is named"),
      ("Limit", limitPlace.map(HTML.name) ?? .empty),
      ("Next", explanation.steps.first.map(step) ?? .empty),
    ]))
}

private func figures(_ parts: [String]) -> HTML { parts.map(figureCell).joined(" · ") }

/// What a finding is of: endpoint, metric, profile.
func title(of row: FindingRow) -> HTML {
  .name(row.endpoint) + " " + .element("span", ["class": "metric"], HTML(row.metric)) + " "
    + .element("span", ["class": "profile"], HTML(row.profile))
}
