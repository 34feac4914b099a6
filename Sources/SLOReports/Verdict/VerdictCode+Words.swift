import SLOGate

/// An exit code in the words and signs that every report has for it.
extension Verdict.Code {
  /// The most severe first: of several verdicts the first of these decides.
  static let bySeverity: [Verdict.Code] = [
    .overBudget, .inconclusive, .regression, .suspect, .warnings, .pass,
  ]

  /// In a word or two, as a title begins.
  var word: String {
    switch self {
    case .overBudget, .regression: "Blocked"
    case .inconclusive: "Inconclusive"
    case .suspect: "Suspect"
    case .warnings: "Warnings, which --strict refuses"
    case .pass: "Passed"
    }
  }

  /// In one word, as text for a terminal begins.
  var loudWord: String { self == .warnings ? "WARNINGS" : outcome.rawValue.uppercased() }

  /// In one character.
  var symbol: String {
    switch self {
    case .overBudget, .regression: "✗"
    case .inconclusive: "?"
    case .suspect, .warnings: "!"
    case .pass: "✓"
    }
  }

  /// As a picture that Markdown shows in colour.
  var picture: String {
    switch self {
    case .overBudget, .regression: "❌"
    case .inconclusive: "❔"
    case .warnings, .suspect: "⚠️"
    case .pass: "✅"
    }
  }

  /// The class of a page that gives its colours.
  var tone: String {
    switch self {
    case .overBudget, .regression: "bad"
    case .inconclusive, .suspect, .warnings: "mind"
    case .pass: "good"
    }
  }

  /// The colour of text in a terminal.
  var colour: TextStyle.Colour {
    switch self {
    case .overBudget, .regression: .red
    case .inconclusive, .suspect, .warnings: .yellow
    case .pass: .green
    }
  }
}
