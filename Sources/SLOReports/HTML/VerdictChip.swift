import SLOGate

/// The verdict on a finding: its symbol and its words, in a colour that only repeats them.
func verdictChip(_ finding: Finding, _ row: FindingRow) -> HTML {
  guard ![.ok, .recorded].contains(finding.outcome) else { return HTML(row.words) }
  return .element(
    "span", ["class": "chip \(tone(of: finding.outcome))"],
    .element("span", ["aria-hidden": "true"], "\(row.symbol)\u{A0}"),
    HTML(row.words.replacing(" %", with: "\u{A0}%")))
}

/// The class that colours an outcome.
func tone(of outcome: Finding.Outcome) -> String {
  switch outcome {
  case .over, .regressed: "bad"
  case .missing, .suspect, .warn, .waived, .near: "mind"
  case .improved, .ok, .recorded: "good"
  }
}

/// A figure that is not broken between number and unit.
func figureCell(_ text: String) -> HTML {
  HTML(text.unicodeScalars.reduce(into: "") { $0.unicodeScalars.append($1 == " " ? "\u{A0}" : $1) })
}
