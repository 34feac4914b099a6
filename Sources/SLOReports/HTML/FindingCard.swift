import SLOBudgets
import SLOGate
import SLOModel

/// One finding explained: what was measured, what it was held against, whether it is new, and what to do.
struct FindingCard {
  /// How many are unfolded when the page opens.
  private static let unfolded = 3
  /// How many have a chart: each is as large as all else said of a finding.
  private static let drawn = 24

  private let explanation: Explanation
  private let number: Int
  private let trend: Trend?
  private let shift: SampleShift?
  private let links: LinkedText
  private let anchor: String

  init(_ explanation: Explanation, number: Int, in review: Review) {
    self.explanation = explanation
    self.number = number
    trend = number <= FindingCard.drawn ? review.trends[explanation.finding.series] : nil
    shift = review.verdict.context.shifts[explanation.finding.series]
    (links, anchor) = (review.links, review.anchor)
  }

  var html: HTML {
    let parts = [
      .element("summary", .element("h3", heading)), chart, samples, HTML.facts(facts), next,
    ]
    let name = "card \(tone(of: explanation.finding.outcome))"
    return number <= FindingCard.unfolded
      ? .element("details", ["class": name, "id": "\(anchor)finding-\(number)", "open": ""], parts)
      : .element("details", ["class": name, "id": "\(anchor)finding-\(number)"], parts)
  }

  private var heading: HTML {
    let row = FindingRow(explanation.finding)
    return title(of: row) + " " + verdictChip(explanation.finding, row)
  }

  private var chart: HTML {
    guard let trend else { return .empty }
    let label = "Chart of \(trend.endpointLabel) \(trend.metricLabel)"
    return .element(
      "div", ["class": "scroll chart", "tabindex": "0", "role": "region", "aria-label": label],
      .chart(of: trend, width: 880, height: 260))
  }

  private var samples: HTML {
    guard let shift else { return .empty }
    let name = "\(FindingRow(explanation.finding).endpoint) \(explanation.finding.series.metric)"
    return .element(
      "figure", ["class": "shift"], ShiftDrawing(of: shift, name: name).html,
      .element("figcaption", HTML(ShiftWords(of: shift).caption)))
  }

  private var facts: [(name: String, value: HTML)] {
    let limits = explanation.limitSentences.map { HTML.element("div", links.html($0)) }.joined()
    let written = explanation.limitText.map { HTML.element("pre", .code($0)) } ?? .empty
    let isKnown = explanation.finding.value != nil
    let left = explanation.comparison?.leftOut.map { "\(counted($0.runs, "run")): \($0.reason)" } ?? []
    return [
      ("Value", links.html(explanation.valueSentence)),
      ("Limit", limits + written),
      ("Owner", explanation.finding.budget?.limit.owner.map(HTML.name) ?? .empty),
      ("New?", isKnown ? links.html(explanation.noveltySentence) : .empty),
      ("History", isKnown ? links.html(explanation.historySentence) : .empty),
      ("Test", sentence(explanation.testSentence)),
      ("Level", sentence(explanation.levelSentence)),
      ("Host", sentence(explanation.hostSentence)),
      ("Drift", sentence(explanation.creepSentence)),
      ("Noise", sentence(explanation.noiseSentence)),
      ("Left out", HTML(left.joined(separator: "; "))),
      ("Waiver", explanation.waiverSentences.map { HTML.element("div", HTML($0)) }.joined()),
    ]
  }

  private func sentence(_ text: String?) -> HTML { text.map(links.html) ?? .empty }

  private var next: HTML {
    let steps = explanation.steps
    guard !steps.isEmpty else { return .empty }
    return .element("h4", "Next")
      + .element("ol", ["class": "steps"], steps.map { .element("li", step($0, links)) })
  }
}

extension Explanation {
  /// What to do next, without the commands that are too long to paste.
  var steps: [NextStep] { nextSteps(after: self).filter { $0.text.utf8.count < 1_000 } }
}

/// A step: its words, and its command set as one.
func step(_ step: NextStep, _ links: LinkedText) -> HTML {
  guard let command = step.command else { return links.html(step.words) }
  return links.html(step.words + ": ") + .command(command, links)
}
