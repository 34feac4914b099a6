import SLOGate
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOReports

@Suite("Trends as a log of commits")
struct TrendLogTests {
  /// Four series of forty commits: the first was not measured at the newest, the second was blocked where it broke
  /// its limit.
  private static var trends: [Trend] {
    var trends = TrendScenes.shop
    trends[0].points.removeLast()
    trends[1].points[25].isBlocked = true
    return trends
  }

  private static var notes: CommitNotes {
    let commits = trends[0].commits
    var notes = CommitNotes()
    notes.descriptions[commits[12].sha] = CommitDescription(subject: "search: cache", author: "Ann")
    notes.descriptions[commits[25].sha] = CommitDescription(
      subject: "payments: score every payment for fraud before it is sent to the bank", author: "Bo")
    notes.acceptances = [
      Acceptance(
        service: "shop", commit: commits[25].sha, since: commits[25].time, by: "ops", reason: "fraud",
        at: commits[26].time)
    ]
    return notes
  }

  private static let looks = [
    GoldenTests.Look(name: "wide", style: TextStyle(isColoured: false, width: 120)),
    GoldenTests.Look(name: "narrow", style: TextStyle(isColoured: false, width: 80)),
    GoldenTests.Look(name: "coloured", style: TextStyle(isColoured: true, width: 100)),
  ]

  @Test("Several series, with subjects, marks, a gap and changes", arguments: looks)
  func log(look: GoldenTests.Look) throws {
    let text = logReport(of: TrendLogTests.trends, notes: TrendLogTests.notes, style: look.style)
    try expectGolden(text, "trend-log-\(look.name).txt")
  }

  @Test("A single series, whose name is in the title alone, and a drift")
  func single() throws {
    let style = TextStyle(isColoured: false, width: 80)
    try expectGolden(logReport(of: [TrendScenes.drifting], style: style), "trend-log-drift.txt")
  }

  @Test("A table of one series has the subjects too, where there is room")
  func table() throws {
    let only = [TrendLogTests.trends[1]]
    let wide = TextStyle(isColoured: false, width: 140)
    try expectGolden(
      tableReport(of: only, notes: TrendLogTests.notes, style: wide), "trend-commits-subjects.txt")
    let narrow = TextStyle(isColoured: false, width: 80)
    #expect(
      tableReport(of: only, notes: TrendLogTests.notes, style: narrow)
        == tableReport(of: only, style: narrow))
  }

  @Test("No line is wider than the terminal, however narrow", arguments: [40, 60, 80, 120, 200])
  func width(width: Int) {
    let style = TextStyle(isColoured: false, width: width)
    let text = logReport(of: TrendLogTests.trends, notes: TrendLogTests.notes, style: style)
    for line in text.split(separator: "\n") { #expect(columns(of: String(line)) <= width, "\(line)") }
  }

  @Test("Each change is drawn right above the first commit at the new level, once")
  func place() throws {
    let trend = TrendLogTests.trends[1]
    let text = logReport(of: [trend], style: TextStyle(isColoured: false, width: 80))
    let lines = text.split(separator: "\n").map(String.init)
    let rules = lines.indices.filter { lines[$0].hasPrefix("────") }
    let rule = try #require(rules.first)
    #expect(rules.count == 1)
    #expect(lines[rule].contains("+32.1 % slower since \(trend.points[25].commit.shortName)"))
    #expect(lines[rule - 1].hasPrefix(trend.points[24].commit.shortName))
    #expect(lines[rule + 1].hasPrefix(trend.points[25].commit.shortName))
  }

  @Test("Series of different runs are logs of their own")
  func cohorts() {
    var other = TrendLogTests.trends[1]
    other.environment.name = "tiny"
    let text = logReport(
      of: [TrendLogTests.trends[0], other], style: TextStyle(isColoured: false, width: 120))
    #expect(text.split(separator: "\n").count { $0.contains("the newest last") } == 2)
  }
}
