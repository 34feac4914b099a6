import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// A finding with all that is known of it: the statistics, the related figures, and the earlier commits.
/// - Parameters:
///   - next: what to do next.
///   - references: how many of the commits compared with are listed.
package func textReport(
  of explanation: Explanation, next: [NextStep], references: Int = 12, style: TextStyle
) -> String {
  let lines: [(label: String, text: String?)] = [
    ("history", explanation.historySentence), ("test", explanation.testSentence),
    ("level", explanation.levelSentence), ("host", explanation.hostSentence),
    ("creep", explanation.creepSentence), ("detect", explanation.noiseSentence),
    ("noise", explanation.noise.sentence),
  ]
  let sections = [
    heading(of: explanation, style), escaped("of", explanation.subjectSentence, style),
    escaped("value", explanation.valueSentence, style),
    limit(explanation, style),
    lines.flatMap { line in line.text.map { escaped(line.label, $0, style) } ?? [] },
    StoryText.since(explanation, style), StoryText.places(explanation, style),
    NeighbourTable(explanation, style).lines,
    ReferenceTable(explanation, atMost: references, style).lines,
    explanation.waiverSentences.flatMap { escaped("waiver", $0, style) }, labelled(next, style),
  ]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n") + "\n"
}

func heading(of explanation: Explanation, _ style: TextStyle) -> [String] {
  let row = FindingRow(explanation.finding)
  let name = [row.profile, row.endpoint, row.metric].joined(separator: "  ")
  return [style.paint(name + "  ", .bold) + style.paint(row.verdict, .bold, row.colour)]
}

private func limit(_ explanation: Explanation, _ style: TextStyle) -> [String] {
  let lines = explanation.limitSentences.flatMap { escaped("limit", $0, style) }
  guard let text = explanation.limitText, let place = explanation.finding.budget?.limit.writtenPlace else {
    return lines
  }
  let shown = shortened(VisibleText.escaped(text), to: max(20, style.width - 16))
  return lines + [style.paint("        \(padded("\(place.line)", to: 5, right: true)) │ \(shown)", .dim)]
}

private func escaped(_ label: String, _ text: String, _ style: TextStyle) -> [String] {
  labelled(label, VisibleText.escaped(text), style)
}
