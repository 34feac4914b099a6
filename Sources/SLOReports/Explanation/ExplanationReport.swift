import SLOBudgets
public import SLOGate
import SLOModel
import SLOSupport

/// Everything that stops a release, or where nothing does what warns, for a reader with half a minute: whose check it
/// is, a story an endpoint, the most severe first, what has no series, and last the warnings in a row each.
/// - Parameters:
///   - verdict: a verdict that shows the history of `Verdict.companions` of what is reported.
///   - most: no more stories than that.
package func explanationReport(
  of verdict: Verdict, context: ExplanationContext = ExplanationContext(), most: Int = 5, style: TextStyle
) -> String {
  let outcomes = verdict.toldOutcomes
  let stories = verdict.explainedStories(outcomes, most: most, context)
  let told = stories.flatMap { [$0.explanation.finding] + $0.others + $0.consequences }.map(\.series)
  let rest = [verdict.rows(outcomes, besides: Set(told), style), verdict.lighter(than: outcomes, style)]
  let sections =
    [verdict.explanationHeading(style)] + verdict.shiftTexts(style).map(\.text)
    + stories.map { textReport(of: $0, style: style) } + verdict.otherTexts(style).map(\.text)
    + rest.compactMap(\.self)
  return (sections.count == 1 ? sections + [verdict.calmText(style)] : sections).joined(separator: "\n")
}

extension Verdict {
  /// The outcomes that are explained where nothing is named: those that block, else those that warn.
  public var toldOutcomes: [Finding.Outcome] {
    let decisive = Finding.Outcome.decisive
    return findings.contains { decisive.contains($0.outcome) } ? decisive : [.waived, .warn, .near]
  }

  /// What was judged, and the answer.
  fileprivate func explanationHeading(_ style: TextStyle) -> String {
    let colour: TextStyle.Colour =
      outcome == .blocked ? .red : code == .pass ? .green : .yellow
    let branch = commit.branch.map { " (\($0))" } ?? ""
    let sizing = environmentWords.isEmpty ? ["environment unknown"] : environmentWords
    let subject = VisibleText.escaped(
      "\(commit.shortSHA)\(branch) of service \(service), \(sizing.joined(separator: " · "))")
    let word = code == .warnings ? "WARNINGS, which --strict refuses" : outcome.rawValue.uppercased()
    let lines = wrapped("\(word): \(subject)", to: style.width)
    return lines.map { style.paint($0, .bold, colour) + "\n" }.joined()
  }

  /// What has the outcomes shown and no story of its own, a row each.
  fileprivate func rows(
    _ outcomes: [Finding.Outcome], besides told: Set<Series>, _ style: TextStyle
  ) -> String? {
    let rest = stories(outcomes).flatMap(\.all).filter { !told.contains($0.series) }
    let shown = Array(rest.prefix(10))
    return rest.isEmpty
      ? nil
      : style.paint("The others, which --endpoint NAME explains:", .bold) + "\n"
        + keySeriesReport(of: shown, hidden: rest.count - shown.count, style: style)
  }

  /// What is not among the outcomes shown and deserves a look, a row each.
  fileprivate func lighter(than told: [Finding.Outcome], _ style: TextStyle) -> String? {
    let rest = ([.waived, .warn, .near] as [Finding.Outcome]).filter { !told.contains($0) }
    let found = stories(rest).flatMap(\.all)
    guard !found.isEmpty else { return nil }
    let shown = Array(found.prefix(10))
    return style.paint("Stops nothing, and deserves a look:", .bold) + "\n"
      + keySeriesReport(of: shown, hidden: found.count - shown.count, style: style)
  }

  /// What is said where nothing blocks or warns: what was held against what, and which limit is nearest.
  fileprivate func calmText(_ style: TextStyle) -> String {
    let held = [
      evaluated == 0 ? nil : counted(evaluated, "limit") + (evaluated == 1 ? " holds" : " hold"),
      compared == 0 ? nil : "\(counted(compared, "series", plural: "series")) compared with history",
    ].compactMap(\.self)
    let words = gaps.isEmpty ? "nothing blocks or warns" : "of what could be judged nothing blocks or warns"
    let sentence = ([words + (held.isEmpty ? "" : ": " + held.joined(separator: ", "))] + unjudgedWords)
      .joined(separator: "; ")
    let nearest = nearestLimits
    let table =
      nearest.isEmpty
      ? ""
      : "\n" + style.paint("Nearest to their limits:", .bold) + "\n"
        + keySeriesReport(of: nearest, hidden: 0, style: style)
    let step = NextStep(
      "name a figure to see what is known of it", command: "slogate explain --endpoint '*' --metric p95")
    return wrapped(VisibleText.escaped(sentence), to: style.width).map { $0 + "\n" }.joined() + table + "\n"
      + labelled([step], style).map { $0 + "\n" }.joined()
  }

  private var unjudgedWords: [String] {
    unjudged.isEmpty ? [] : ["not judged yet, for the history is young: \(listed(unjudged))"]
  }

  /// The findings whose values are nearest to their limits.
  private var nearestLimits: [Finding] {
    let found = findings.compactMap { finding -> (finding: Finding, excess: Double)? in
      guard finding.outcome == .ok, let value = finding.value else { return nil }
      return finding.budget?.excess(of: value).map { (finding, $0) }
    }
    let sorted = found.sorted { one, other in
      one.excess != other.excess ? one.excess > other.excess : one.finding.series < other.finding.series
    }
    return sorted.prefix(3).map(\.finding)
  }
}
