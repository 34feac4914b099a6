import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOReports
import SLOSupport

@Suite("A finding explained, as its developer sees it")
struct ExplanationReportTests {
  private func explanation(of measurement: MetricValue) throws -> Explanation {
    let scene = Scenes.blocked
    var explanation = try #require(explain(measurement.series, in: scene.verdict()))
    explanation.limitText = explanation.finding.budget.map { _ in
      "\"POST /payments\": { baseline: { p95: 400ms } }"
    }
    return explanation
  }

  private static let findings = [
    ("over", latency(.p95, 0, of: "POST /payments")), ("regressed", latency(.p99, 0)),
    ("waived", latency(.p95, 0, of: "cart")),
  ]

  @Test("Text, wide and narrow", arguments: ["over", "regressed", "waived"])
  func text(name: String) throws {
    let measurement = try #require(ExplanationReportTests.findings.first { $0.0 == name }?.1)
    let explanation = try explanation(of: measurement)
    for (look, width) in [("wide", 120), ("narrow", 60)] {
      let style = TextStyle(isColoured: false, width: width)
      try expectGolden(
        textReport(of: explanation, next: nextSteps(after: explanation), style: style),
        "explain-\(name)-\(look).txt")
    }
  }

  @Test("JSON")
  func json() throws {
    let explanation = try explanation(of: latency(.p95, 0, of: "POST /payments"))
    try expectGolden(jsonReport(of: [(explanation, nextSteps(after: explanation))], total: 7), "explain.json")
  }

  @Test(
    "Each command stands whole on a line of its own, however narrow the terminal", arguments: [1, 60, 120])
  func commands(width: Int) throws {
    var explanation = try explanation(of: latency(.p99, 0))
    explanation.finding.series.endpoint = "GET  /a  b"
    let steps = nextSteps(after: explanation)
    let text = textReport(of: explanation, next: steps, style: TextStyle(isColoured: false, width: width))
    let lines = text.split(separator: "\n").map(String.init)
    let place = "--profile baseline --endpoint 'GET  /a  b' --metric p99"
    let commands = steps.compactMap(\.command)
    #expect(
      commands == [
        "git log 41d0e77100..9f3c1ab04d", "slogate compare 41d0e77100 9f3c1ab04d", "slogate trend \(place)",
        "slogate history accept --commit 9f3c1ab04d \(place) --reason WHY",
      ])
    for command in commands { #expect(lines.contains("        " + command), "\(command)") }
  }

  @Test("No untrusted word acts on the terminal", arguments: HostileTextTests.hostile)
  func hostile(text: String) throws {
    var explanation = try explanation(of: latency(.p95, 0, of: "POST /payments"))
    explanation.finding.series.endpoint = text
    explanation.finding.budget?.limit.owner = text
    explanation.finding.budget?.limit.place.file = text
    explanation.limits[0].owner = text
    explanation.limitText = text
    explanation.commit.sha = text
    explanation.reference = text
    explanation.references[0].commit.sha = text
    let shown = textReport(
      of: explanation, next: nextSteps(after: explanation), style: TextStyle(isColoured: false, width: 100))
    for line in shown.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(VisibleText.escaped(String(line)) == line)
      #expect(!line.hasPrefix("::"))
    }
  }

  @Test(
    "A command is quoted for the shell, or not offered at all",
    arguments: [
      ("search", "search"), ("GET /a b", "'GET /a b'"), ("it's", "'it'\\''s'"),
      ("$(rm -rf /)", "'$(rm -rf /)'"),
      ("--endpoint=-rf", "--endpoint=-rf"), ("a\nb", nil), ("\u{1b}[2J", nil), ("", nil), ("*", "'*'"),
      ("a'\u{301}; id #", "'a'\\''\u{301}; id #'"),
    ] as [(String, String?)])
  func shell(word: String, quoted: String?) {
    #expect(shellWord(word) == quoted)
  }
}
