import Foundation
import SLOBudgets
import SLOGate
import SLOModel
import Testing

@testable import SLOReports

@Suite("The layout of the text report")
struct LayoutTests {
  /// A release with this many endpoints, each beyond its limit and each of its own name.
  private func crowd(_ count: Int, name: (Int) -> String = { "GET /endpoint/\($0)" }) throws -> Verdict {
    let values = (0..<count).map { latency(.p95, 500 + Double($0), of: name($0)) }
    return try Scene(budget: "defaults: { baseline: { p95: 400ms, p99: 900ms } }", runs: [values]).verdict()
  }

  private func lines(_ verdict: Verdict, width: Int) -> [Substring] {
    textReport(of: verdict, style: TextStyle(isColoured: false, width: width))
      .split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test("However many endpoints, a person can read it", arguments: [(120, 140), (60, 250), (1, 400)])
  func crowds(width: Int, most: Int) throws {
    var verdict = try crowd(500)
    verdict.notices = (0..<500).map { "notice \($0)" }
    verdict.gaps = (0..<500).map { "gap \($0)" }
    let lines = lines(verdict, width: width)
    #expect(lines.count < most)
    #expect(lines.contains { $0.contains("and 962 more like these") })
    #expect(
      lines.contains { $0.contains("… and 480 more") } && lines.contains { $0.contains("… and 490 more") })
  }

  @Test("The same notice is told once, and what is cut is counted right")
  func repeatedNotices() throws {
    var verdict = try crowd(1)
    verdict.notices = (0..<60).map { "notice \($0 % 22)" }
    #expect(lines(verdict, width: 120).filter { $0.contains("note") }.count == 21)
    #expect(lines(verdict, width: 120).contains { $0.hasSuffix("… and 2 more") })
  }

  @Test(
    "No line of the table is longer than the terminal is wide",
    arguments: [
      "GET /a/rather/long/path/with/many/parts/{id}/and/a/tail", "日本語の長いエンドポイント名前はここにあります", "👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀",
      "x", "e\u{301}e\u{301}e\u{301}", "\u{1b}[31m\u{1b}[31m\u{1b}[31m\u{1b}[31m\u{1b}[31m",
    ])
  func widths(name: String) throws {
    let verdict = try crowd(5) { "\(name)\($0)" }
    for width in stride(from: 60, through: 200, by: 5) {
      for line in FindingTable(verdict, TextStyle(isColoured: false, width: width)).lines {
        #expect(columns(of: line) <= width, "\(width): \(line)")
      }
    }
  }

  @Test("Columns stand one below the other, whatever script a name is in")
  func alignment() throws {
    let verdict = try crowd(4) { ["short", "日本語", "👩‍💻 e\u{301}", "한국어 이름"][$0] }
    let rows = lines(verdict, width: 120).filter { $0.hasSuffix("%") || $0.hasSuffix("verdict") }
    let starts = rows.compactMap { row in
      row.range(of: "✗").map { columns(of: String(row[..<$0.lowerBound])) }
    }
    #expect(starts.count == 4 && Set(starts).count == 1)
  }

  @Test("No line ends in a blank", arguments: ["passing", "blocked", "inconclusive"], [40, 60, 120, 200])
  func trailingBlanks(name: String, width: Int) throws {
    let lines = try lines(GoldenTests.scene(name).verdict(), width: width)
    #expect(!lines.contains { $0.last == " " })
    #expect(lines.last?.isEmpty == true && lines.dropLast().last?.isEmpty == false)
  }

  @Test("The endpoint that is worst off comes first, with all that is said of it")
  func order() throws {
    let text = textReport(of: try Scenes.blocked.verdict(), style: TextStyle(isColoured: false, width: 120))
    let places = [
      "✗ OVER by 88.9 %", "? MISSING", "✗ SLOWER", "✗ OVER by 53.1 %", "✗ UNDER", "! suspicious", "~ WAIVED",
    ].map { text.range(of: $0)?.lowerBound }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test("Each colour tells how grave a row is", arguments: [(500.0, "31"), (395, "33")])
  func colours(value: Double, colour: String) throws {
    let verdict = try Scene(
      budget: "defaults: { baseline: { p95: 400ms } }", runs: [[latency(.p95, value)]]
    ).verdict()
    let text = textReport(of: verdict, style: TextStyle(isColoured: true, width: 120))
    #expect(
      text.contains("\u{1b}[\(colour)m\(value > 400 ? "✗ OVER by 25 %" : "! near: 1.25 % left")\u{1b}[0m"))
  }

  @Test("What to do next fits the limits: built-in ones stand on no line that could be changed")
  func next() throws {
    var verdict = try crowd(1)
    #expect(lines(verdict, width: 120).contains { $0.contains("on the line named above") })
    verdict.findings = verdict.findings.filter { $0.outcome == .over }
    verdict.findings[0].budget?.limit.place = Place(file: "built-in limits")
    #expect(lines(verdict, width: 120).contains { $0.hasSuffix("write limits of your own into budgets/") })
  }

  @Test("A pass is one glance: the answer, where it was measured, how many held")
  func pass() throws {
    let scene = Scene(budget: "defaults: { baseline: { p95: 400ms } }", runs: [[latency(.p95, 100)]])
    let lines = try lines(scene.verdict(), width: 120)
    #expect(lines[1] == "║  PASS  1 budget evaluated  ║")
    #expect(lines.contains("  1 series ok"))
  }
}
