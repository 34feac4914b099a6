import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics
import SLOSupport

/// What stops a release and is no series: rules, gaps, and a shift of all of a run.
extension Verdict {
  /// Each with a title in one line and a text.
  func otherTexts(_ style: TextStyle) -> [(title: String, text: String)] {
    guard code != .pass else { return [] }
    return ruleTexts(style) + gapTexts(style) + warningTexts(style)
  }

  /// A text for each rule, with the places at which it does not hold or could not be judged.
  private func ruleTexts(_ style: TextStyle) -> [(title: String, text: String)] {
    let broken = rules.filter { [.over, .missing].contains($0.outcome) }
    return unique(broken.map(\.origin)).compactMap { origin in
      let same = broken.filter { $0.origin == origin }
      guard let first = same.first else { return nil }
      let shown = same.prefix(5).map { (label: "rule", text: Optional($0.sentence)) }
      let more =
        same.count > 5 ? [(label: "", text: Optional("… and \(counted(same.count - 5, "more place"))"))] : []
      let remedy = first.remedy ?? "where the rule is wrong: change it at \(origin) in a pull request"
      return text(
        "rule \(first.rule.text): \(first.outcome == .over ? "does not hold" : "could not be judged")"
          + (same.count == 1 ? "" : " at \(same.count) places"), shown + more + [("next", remedy)], style)
    }
  }

  /// The gaps besides missing values, which have explanations of their own.
  private func gapTexts(_ style: TextStyle) -> [(title: String, text: String)] {
    openGaps.map { gap in
      text(
        "not judged: \(gap.split(separator: ";").first.map(String.init) ?? gap)",
        [
          ("open", gap), ("next", "give what is missing and check again: nothing was let through unseen"),
        ], style)
    }
  }

  /// What moved all of a run and stops the release, each with a title and a text.
  func shiftTexts(_ style: TextStyle) -> [(title: String, text: String)] {
    commonFactors.filter { $0.blocks || $0.isSuspect }.map { factor in
      let change = signedPercent(factor.factor.factor - 1)
      let odds = factor.factor.judgement.p.map { "p\(probability($0)) by its own test against earlier runs" }
      return text(
        "\(factor.profile): the whole run moved by \(change)",
        [
          ("host", sentence(factor)), ("noise", odds.map { "probably not noise: \($0)" }),
          (
            "fix",
            factor.isSuspect
              ? "measure once more in a new job, and judge this run by it with --confirm"
              : "run it again on the same machine; where it stays, look for a change that hits every endpoint"
          ),
        ], style)
    }
  }

  /// What warns and is no series, where warnings stop the release.
  private func warningTexts(_ style: TextStyle) -> [(title: String, text: String)] {
    code != .warnings ? [] : warnings.map { text("warning: \($0)", [("warn", $0)], style) }
  }

  private func text(
    _ title: String, _ lines: [(label: String, text: String?)], _ style: TextStyle
  ) -> (title: String, text: String) {
    let shown = shortened(VisibleText.escaped(title), to: 160)
    let body = lines.flatMap { line in line.text.map { StoryText.escaped(line.label, $0, style) } ?? [] }
    return (shown, VisibleText.inert(([style.paint(shown, .bold)] + body).joined(separator: "\n") + "\n"))
  }
}
