import SLOGate
import TestSupport
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
    case "drifted": Scenes.drifted
    case "unruly": Scenes.unruly
    default: Scenes.inconclusive
    }
  }

  @Test("Text", arguments: ["passing", "blocked", "inconclusive"], Look.all)
  func text(name: String, look: Look) throws {
    let verdict = try GoldenTests.scene(name).verdict()
    #expect(verdict.outcome.rawValue == (name == "passing" ? "pass" : name))
    try expectGolden(textReport(of: verdict, style: look.style), "\(name)-\(look.name).txt")
  }

  @Test("Text of what a single commit does not show", arguments: ["drifted", "unruly"])
  func changes(name: String) throws {
    let style = TextStyle(isColoured: false, width: 120)
    try expectGolden(textReport(of: GoldenTests.scene(name).verdict(), style: style), "\(name)-wide.txt")
  }

  @Test("JSON", arguments: ["passing", "blocked", "inconclusive"])
  func json(name: String) throws {
    try expectGolden(jsonReport(of: GoldenTests.scene(name).verdict()), "\(name).json")
  }

  /// The other formats, each with the end of its file's name.
  static let documents: [(format: ReportFormat, suffix: String)] = [
    (.markdown, "md"), (.junit, "junit.xml"), (.sarif, "sarif"), (.github, "github.txt"),
    (.gitlab, "codequality.json"), (.gitlabMetrics, "metrics.txt"), (.badge, "svg"), (.html, "html"),
  ]

  @Test(
    "Every other format", arguments: ["passing", "blocked", "inconclusive", "drifted", "unruly"], documents)
  func document(name: String, document: (format: ReportFormat, suffix: String)) throws {
    let review = try GoldenTests.scene(name).review()
    let style = TextStyle(isColoured: true, width: 60)
    let text = document.format.report(of: review.verdict, review: review, style: style)
    try expectGolden(text, "\(name).\(document.suffix)")
  }

  /// A story in the forms in which people read it.
  static let readings: [(suffix: String, write: @Sendable (Review, [ExplainedText]) -> String)] = [
    (
      "80.txt",
      { review, _ in textReport(of: review.verdict, style: TextStyle(isColoured: false, width: 80)) }
    ),
    (
      "120.txt",
      { review, _ in textReport(of: review.verdict, style: TextStyle(isColoured: false, width: 120)) }
    ),
    (
      "verbose.txt",
      { review, _ in
        textReport(of: review.verdict, style: TextStyle(isColoured: false, width: 100), isVerbose: true)
      }
    ),
    ("github.txt", { gitHubReport(of: $0.verdict, explained: $1) }),
    ("md", { markdownReport(of: $0.verdict, explained: $1) }),
    ("summary.md", { markdownSummary(of: $0.verdict, explained: $1, limit: 1 << 20) }),
    ("junit.xml", { review, _ in junitReport(of: review.verdict) }),
    ("sarif", { review, _ in sarifReport(of: review.verdict) }),
    ("codequality.json", { review, _ in codeQualityReport(of: review.verdict) }),
    ("html", { review, _ in (answerSection(of: review)?.html.source ?? "") + "\n" }),
  ]

  @Test("Every surface says the same story", arguments: Scenes.stories.indices, readings.indices)
  func story(index: Int, reading: Int) throws {
    let (name, scene) = Scenes.stories[index]
    let (suffix, write) = GoldenTests.readings[reading]
    let review = try scene.review()
    let explained = explanationTexts(of: review.verdict)
    try expectGolden(write(review, explained), "stories/\(name).\(suffix)")
  }

  @Test("No format is left out")
  func allFormats() {
    let kept = Set(GoldenTests.documents.map(\.format)).union([.text, .json, .gitlabCodeQuality])
    #expect(kept == Set(ReportFormat.allCases))
  }

  @Test("A difference is reported by line")
  func difference() {
    #expect(lineDifference(from: "a\nb\nc", to: "a\nB\nc") == "-2: b\n+2: B")
  }
}
