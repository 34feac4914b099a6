import SLOGate
import SLOHistory
import SLOModel
import SLOSupport

/// The commits a value was held against, newest first, and the runs left out with the reason.
struct ReferenceTable {
  let lines: [String]

  init(_ explanation: Explanation, atMost count: Int, _ style: TextStyle) {
    let shown = explanation.references.suffix(count).reversed()
    let rows = shown.map { reference in
      [
        VisibleText.escaped(String(reference.commit.sha.prefix(10))), reference.commit.time.date,
        quantity(reference.value, explanation.finding.unit),
        reference.repetitions == 1 ? "" : "\(reference.repetitions) repetitions",
        ReferenceTable.word(for: reference.role),
      ]
    }
    let table = aligned(rows, right: [2])
    let more = explanation.references.count - rows.count
    let hidden = more > 0 ? ["… and \(more) older"] : []
    lines =
      (table + hidden).enumerated().flatMap {
        labelled($0.offset == 0 ? "against" : "", verbatim: $0.element, style)
      }
      + ReferenceTable.leftOut(explanation, style)
  }

  private static func word(for role: Explanation.Reference.Role) -> String {
    switch role {
    case .level: ""
    case .outsider: "outside the level"
    case .older: "before the level"
    case .blocked: "blocked or suspect, not accepted"
    }
  }

  private static func leftOut(_ explanation: Explanation, _ style: TextStyle) -> [String] {
    let reasons = explanation.comparison?.leftOut.map { "\(counted($0.runs, "run")): \($0.reason)" } ?? []
    return reasons.isEmpty ? [] : labelled("skipped", reasons.joined(separator: "; "), style)
  }
}
