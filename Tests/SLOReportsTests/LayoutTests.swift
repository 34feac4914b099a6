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

  @Test("However many endpoints, a person can read it", arguments: [120, 80, 60, 1])
  func crowds(width: Int) throws {
    var verdict = try crowd(500)
    verdict.notices = (0..<500).map { "notice \($0)" }
    verdict.warnings = (0..<500).map { "warning \($0)" }
    verdict.gaps = (0..<500).map { "gap \($0)" }
    let lines = lines(verdict, width: width)
    #expect(lines.count < (width < 80 ? 200 : 90))
    #expect(lines.contains { $0.contains("481 more endpoints") })
    #expect(lines.contains { $0.contains("more remarks: --verbose") || $0.contains("--verbose") })
  }

  @Test("Of more stories than a person reads, the first are reported in full and the others in a line each")
  func brevity() throws {
    let lines = lines(try crowd(40), width: 120)
    #expect(lines.filter { $0.hasPrefix("✗ ") }.count == 20)
    #expect(lines.filter { $0.hasPrefix("  owner") }.count == 3)
    let few = self.lines(try crowd(4), width: 120)
    #expect(few.filter { $0.hasPrefix("  owner") }.count == 5, "four endpoints and the run as a whole")
  }

  @Test("One slow endpoint is a title, a block, and five lines at most", arguments: [80, 120])
  func oneStory(width: Int) throws {
    let lines = lines(try Scenes.slowEndpoint.verdict(), width: width)
    let blocks = lines.split(separator: "")
    #expect(blocks.count == 3)
    #expect(blocks[0].count == 2 && blocks[0].first?.hasPrefix("BLOCKED  checkout p95 ") == true)
    #expect(blocks[1].count <= 8)
    #expect(blocks[2].count <= 5)
    #expect(lines.joined(separator: " ").split(separator: " ").count < 130)
  }

  @Test("A green verdict is its title, its context, what changed, and a last line")
  func green() throws {
    #expect(lines(try Scenes.green.verdict(), width: 80).filter { !$0.isEmpty }.count <= 4)
  }

  @Test("All of it is reported where that is asked for, each remark once")
  func verbose() throws {
    var verdict = try crowd(1)
    verdict.notices = (0..<60).map { "notice \($0 % 22)" }
    let text = textReport(
      of: verdict, style: TextStyle(isColoured: false, width: 120), isVerbose: true)
    #expect(text.split(separator: "\n").filter { $0.hasPrefix("note    notice") }.count == 22)
    #expect(!text.contains("--verbose"))
  }

  @Test("A remark left out is counted, and a warning is never left out alone")
  func remarks() throws {
    var verdict = try Scenes.slowEndpoint.verdict()
    verdict.warnings = [String(repeating: "a long warning ", count: 30), "another"]
    let text = lines(verdict, width: 80).joined(separator: " ")
    #expect(text.contains("warn    a long warning") && text.contains("more remark"))
  }

  @Test(
    "No line is longer than the terminal is wide",
    arguments: [
      "GET /a/rather/long/path/with/many/parts/{id}/and/a/tail", "日本語の長いエンドポイント名前はここにあります", "👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀👩‍💻🚀",
      "x", "e\u{301}e\u{301}e\u{301}", "\u{1b}[31m\u{1b}[31m\u{1b}[31m\u{1b}[31m\u{1b}[31m",
    ])
  func widths(name: String) throws {
    let verdict = try crowd(8) { "\(name)\($0)" }
    for width in stride(from: 80, through: 200, by: 5) {
      for line in lines(verdict, width: width) {
        #expect(columns(of: String(line)) <= width, "\(width): \(line)")
      }
    }
  }

  @Test("No line ends in a blank", arguments: ["passing", "blocked", "inconclusive"], [40, 60, 120, 200])
  func trailingBlanks(name: String, width: Int) throws {
    let lines = try lines(GoldenTests.scene(name).verdict(), width: width)
    #expect(!lines.contains { $0.last == " " })
    #expect(lines.last?.isEmpty == true && lines.dropLast().last?.isEmpty == false)
  }

  @Test("What a regression made comes first, then what is furthest off")
  func order() throws {
    let text = textReport(
      of: try Scenes.blocked.verdict(), style: TextStyle(isColoured: false, width: 120), isVerbose: true)
    let places = ["OVER by 53.1 %", "OVER by 88.9 %", "WAIVED until 2026-08-01"].map {
      text.range(of: $0)?.lowerBound
    }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test("Each colour says how severe a story is", arguments: [(500.0, "1;31"), (395, "33")])
  func colours(value: Double, colour: String) throws {
    let verdict = try Scene(
      budget: "defaults: { baseline: { p95: 400ms } }", runs: [[latency(.p95, value)]]
    ).verdict()
    let text = textReport(of: verdict, style: TextStyle(isColoured: true, width: 120))
    #expect(text.contains("\u{1b}[\(colour)m\(value > 400 ? "✗" : "!")"))
  }

  @Test("What to do next fits the limits: built-in ones stand on no line that could be changed")
  func next() throws {
    var verdict = try crowd(1)
    #expect(lines(verdict, width: 120).contains { $0.contains("change the limit named above") })
    verdict.findings = verdict.findings.filter { $0.outcome == .over }
    verdict.findings[0].budget?.limit.place = Place(file: "built-in limits")
    #expect(lines(verdict, width: 120).contains { $0.hasSuffix("write limits of your own into budgets/") })
  }
}
