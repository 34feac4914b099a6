import SLOGate
import Testing

@testable import SLOReports

@Suite("Reports as people see them")
struct GoldenTests {
  struct Look: Sendable, CustomTestStringConvertible {
    var name: String
    var style: TextStyle
    var testDescription: String { name }

    static let all = [
      Look(name: "wide", style: TextStyle(isColoured: false, width: 120)),
      Look(name: "narrow", style: TextStyle(isColoured: false, width: 60)),
      Look(name: "coloured", style: TextStyle(isColoured: true, width: 120)),
    ]
  }

  static func scene(_ name: String) -> Scene {
    switch name {
    case "passing": Scenes.passing
    case "blocked": Scenes.blocked
    default: Scenes.inconclusive
    }
  }

  @Test("Text", arguments: ["passing", "blocked", "inconclusive"], Look.all)
  func text(name: String, look: Look) throws {
    let verdict = try GoldenTests.scene(name).verdict()
    #expect(verdict.outcome.rawValue == (name == "passing" ? "pass" : name))
    try expectGolden(textReport(of: verdict, style: look.style), "\(name)-\(look.name).txt")
  }

  @Test("JSON", arguments: ["passing", "blocked", "inconclusive"])
  func json(name: String) throws {
    try expectGolden(jsonReport(of: GoldenTests.scene(name).verdict()), "\(name).json")
  }

  /// The other formats, each with the end of its file's name.
  static let documents: [(format: ReportFormat, suffix: String)] = [
    (.markdown, "md"), (.junit, "junit.xml"), (.sarif, "sarif"), (.github, "github.txt"),
    (.gitlab, "codequality.json"), (.gitlabMetrics, "metrics.txt"), (.badge, "svg"),
  ]

  @Test("Every other format", arguments: ["passing", "blocked", "inconclusive"], documents)
  func document(name: String, document: (format: ReportFormat, suffix: String)) throws {
    let verdict = try GoldenTests.scene(name).verdict()
    let style = TextStyle(isColoured: true, width: 60)
    try expectGolden(document.format.report(of: verdict, style: style), "\(name).\(document.suffix)")
  }

  @Test("No format is left out")
  func allFormats() {
    let kept = Set(GoldenTests.documents.map(\.format)).union([.text, .json, .gitlabCodeQuality])
    #expect(kept == Set(ReportFormat.allCases))
  }

  @Test("A difference is told by line")
  func difference() {
    #expect(lineDifference(from: "a\nb\nc", to: "a\nB\nc") == "-2: b\n+2: B")
  }
}
