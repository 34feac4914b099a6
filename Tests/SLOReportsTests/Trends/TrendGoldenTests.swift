import SLOGate
import SLOStatistics
import TestSupport
import Testing

@testable import SLOReports

@Suite("Trends and changes as people see them")
struct TrendGoldenTests {
  private static let looks = [
    GoldenTests.Look(name: "wide", style: TextStyle(isColoured: false, width: 120)),
    GoldenTests.Look(name: "narrow", style: TextStyle(isColoured: false, width: 80)),
    GoldenTests.Look(name: "coloured", style: TextStyle(isColoured: true, width: 100)),
  ]

  @Test("The table of several series", arguments: looks)
  func table(look: GoldenTests.Look) throws {
    try expectGolden(tableReport(of: TrendScenes.shop, style: look.style), "trend-table-\(look.name).txt")
  }

  @Test("The table of one series' commits", arguments: looks)
  func commits(look: GoldenTests.Look) throws {
    try expectGolden(
      tableReport(of: [TrendScenes.shop[1]], style: look.style), "trend-commits-\(look.name).txt")
  }

  @Test("The chart", arguments: looks)
  func chart(look: GoldenTests.Look) throws {
    try expectGolden(chartReport(of: TrendScenes.shop, style: look.style), "trend-chart-\(look.name).txt")
  }

  @Test("A single commit has a chart too")
  func single() throws {
    let style = TextStyle(isColoured: false, width: 80)
    try expectGolden(chartReport(of: TrendScenes.single, style: style), "trend-chart-single.txt")
  }

  @Test("CSV, JSON and SVG")
  func files() throws {
    try expectGolden(csvReport(of: TrendScenes.shop), "trend.csv")
    try expectGolden(jsonReport(of: [TrendScenes.shop[1]]), "trend.json")
    try expectGolden(svgReport(of: TrendScenes.shop), "trend.svg")
  }

  @Test("A drift is said as a line with its rise a run, and drawn as one")
  func drift() throws {
    let trends = [TrendScenes.drifting]
    let style = TextStyle(isColoured: false, width: 100)
    try expectGolden(textReport(of: changeEvents(in: trends), in: trends, style: style), "drift-changes.txt")
    try expectGolden(tableReport(of: trends, style: style), "drift-commits.txt")
    try expectGolden(chartReport(of: trends, style: style), "drift-chart.txt")
    try expectGolden(svgReport(of: trends), "drift-trend.svg")
    let json = jsonReport(of: changeEvents(in: trends), in: trends)
    #expect(json.contains("\"rise_per_run\": 2.5") && json.contains("\"suspects\": null"))
  }

  @Test(
    "What drifts rises, falls or keeps its height",
    arguments: [
      (2.5, 500.0, "drift: rises about 0.5 % a run"), (-1, 500, "drift: falls about 0.2 % a run"),
      (0.01, 500, "drift: level since"), (0, 0, "drift: level since"), (3, 0, "drift: rises about 3 a run"),
    ])
  func course(rise: Double, before: Double, expected: String) {
    let change = ChangePoint(
      index: 9, before: before, after: before + 9 * rise, p: 0.1, kind: .drift, isProvisional: false,
      rise: rise)
    #expect(remark(on: change) == expected)
  }

  @Test("Change events as text", arguments: looks)
  func events(look: GoldenTests.Look) throws {
    let trends = TrendScenes.shop
    try expectGolden(
      textReport(of: changeEvents(in: trends), in: trends, style: look.style), "changes-\(look.name).txt")
  }

  @Test("Change events as JSON")
  func eventsJSON() throws {
    let trends = TrendScenes.shop
    try expectGolden(jsonReport(of: changeEvents(in: trends), in: trends), "changes.json")
  }
}
