import SLOBudgets
import SLOGate
import SLOModel
import SLOSupport

/// A story in words, as every rendering shows it: what and by how much, and what there is to know of it. All of it
/// is escaped.
struct StoryWords {
  /// How severe it is in one character.
  let symbol: String
  let colour: TextStyle.Colour
  /// What and by how much: `payments p95: 136 ms, limit < 115 ms, OVER by 17.9 % (baseline)`.
  let headline: String
  /// How far it is from its history, where the headline does not say so: `+36 %`.
  let change: String?
  /// What there is to know, in the order in which it is asked for.
  let facts: [Fact]

  /// The facts as sentences.
  var sentences: [String] { facts.map(\.sentence) }

  init?(_ story: Story, in verdict: Verdict) {
    guard let lead = story.lead else { return nil }
    let row = FindingRow(lead)
    (symbol, colour) = (row.symbol, row.colour)
    headline = StoryWords.headline(of: row)
    change = row.change == "–" || headline.contains(row.change) ? nil : row.change
    let also = Fact(label: .also, text: StoryWords.company(of: story))
    var facts = verdict.facts(of: lead)
    let place = facts.firstIndex { [.waived, .owner, .why].contains($0.label) } ?? facts.endIndex
    if !also.text.isEmpty { facts.insert(also, at: place) }
    // Why another figure could not be judged, and who let one pass, is asked of the story too.
    for label in [Fact.Label.waived, .why] where !facts.contains(where: { $0.label == label }) {
      let told = story.findings.dropFirst().lazy.flatMap(verdict.facts).first { $0.label == label }
      if let told { facts.append(told) }
    }
    if story.breadth != nil, let noise = facts.firstIndex(where: { $0.label == .noise }) {
      let advice = "; \(Verdict.sharedCause)"
      facts[noise] = Fact(label: .noise, text: facts[noise].text + advice)
    }
    self.facts = facts.map { Fact(label: $0.label, text: VisibleText.escaped($0.text)) }
  }

  /// A finding in a line.
  static func headline(of row: FindingRow) -> String {
    let limit = row.limit == "–" || !row.showsLimit ? "" : "limit \(row.limit)"
    let name = "\(shortened(row.endpoint, to: 80)) \(shortened(row.metric, to: 60))"
    let figures = [row.value == "–" ? "" : row.value + row.trials, limit, row.words].filter { !$0.isEmpty }
    return "\(name): \(figures.joined(separator: ", ")) (\(shortened(row.profile, to: 40)))"
  }

  /// What else moved at the endpoint, and what of the run as a whole follows from it.
  static func company(of story: Story) -> String {
    if let breadth = story.breadth {
      let endpoints = unique(
        story.all.filter { $0.series.endpoint != Series.wholeRun }.map(\.series.endpoint))
      let told = endpoints.compactMap { endpoint in
        story.all.first { $0.series.endpoint == endpoint }.map { "\(name(of: $0)) \(FindingRow($0).change)" }
      }
      let beyond = Set(story.all.filter { $0.outcome == .over }.map(\.series.endpoint))
        .subtracting([Series.wholeRun]).count
      let limits = beyond > 1 ? ", \(beyond) of them over their limits" : ""
      return
        "\(breadth.moved) of \(breadth.compared) \(story.kind.subject.plural) are slower\(limits): \(limited(told))"
    }
    let lead = story.lead?.series
    let others = story.findings.dropFirst().map { brief($0, beside: lead) }
    let whole = story.consequences.map { brief($0, beside: lead) }
    let echoes = unique(story.echoes.map(name))
    let parts = [
      limited(others),
      whole.isEmpty ? "" : "whole run \(limited(whole)), which \(whole.count == 1 ? "follows" : "follow")",
    ]
    let same =
      echoes.isEmpty ? "" : "\(limited(echoes)) \(echoes.count == 1 ? "shows" : "show") the same figures"
    return (parts + [same]).filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The endpoint of a finding, or the metric where that is one of the run as a whole.
  private static func name(of finding: Finding) -> String {
    let series = finding.series
    return series.endpoint == Series.wholeRun
      ? VisibleText.escaped(series.metric) : SeriesName.brief(ofEndpoint: series.endpoint)
  }

  /// A finding in few words: `p99 +37.1 %`, with its profile where that is another.
  private static func brief(_ finding: Finding, beside lead: Series?) -> String {
    let row = FindingRow(finding)
    let profile = finding.series.profile == lead?.profile ? "" : "\(row.profile) "
    if finding.outcome == .over || finding.outcome == .missing, finding.script?.isCrossed != true {
      let value = row.value == "–" ? "" : "\(row.value), "
      return "\(profile)\(row.metric) \(value)limit \(row.limit), \(row.words)"
    }
    if finding.script?.isCrossed == true, finding.budget?.outcome != .over {
      return "\(profile)\(row.metric) \(row.limit) \(row.words)"
    }
    let change = row.change == "–" || finding.outcome == .over ? row.words : row.change
    return "\(profile)\(row.metric) \(change)"
  }

  private static func limited(_ texts: [String]) -> String {
    let most = 4
    return texts.prefix(most).joined(separator: ", ")
      + (texts.count > most ? " and \(texts.count - most) more" : "")
  }
}
