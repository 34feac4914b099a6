import Foundation
import SLOGate
import SLOModel
import SLOReaders
import TestSupport
import Testing

@testable import SLOReports

@Suite("Comparisons as people see them")
struct ComparisonReportTests {
  enum Name: String, CaseIterable, Sendable {
    case judged, young, across, refused

    var scene: ComparisonScene {
      var scene = ComparisonScene()
      switch self {
      case .judged:
        scene.after.settings = ["pool": "40"]
        scene.after.facts = ["benchmarkIndex": "900"]
        scene.after.extra = [latency(.p95, 90, of: "GET /new")]
      case .young: scene.commits = 2
      case .across:
        scene.after.sizing["memory"] = "2Gi"
        scene.isAcrossEnvironments = true
      case .refused: scene.after.sizing = ["memory": "2Gi", "stage": "sin-perf", "cdn": "true"]
      }
      return scene
    }
  }

  @Test("Text", arguments: Name.allCases, GoldenTests.Look.all)
  func text(name: Name, look: GoldenTests.Look) throws {
    let text = textReport(of: name.scene.comparison(), style: look.style)
    try expectGolden(text, "compare-\(name.rawValue)-\(look.name).txt")
  }

  @Test("Every series and distribution on request")
  func all() throws {
    let comparison = Name.judged.scene.comparison()
    let text = textReport(
      of: comparison, style: TextStyle(isColoured: false, width: 120), showsAll: true)
    try expectGolden(text, "compare-all.txt")
    for finding in comparison.series {
      #expect(text.contains(MetricCatalogue.label(of: finding.series.metric, finding.series.statistic)))
    }
  }

  @Test("JSON", arguments: [Name.judged, .young, .refused])
  func json(name: Name) throws {
    try expectGolden(
      jsonReport(of: name.scene.comparison(), failsOnRegression: true), "compare-\(name.rawValue).json")
  }

  @Test("No line is wider than the terminal", arguments: Name.allCases, [60, 80, 120, 200])
  func width(name: Name, width: Int) {
    let text = textReport(of: name.scene.comparison(), style: TextStyle(isColoured: false, width: width))
    for line in text.split(separator: "\n") { #expect(columns(of: String(line)) <= width, "\(line)") }
  }

  /// Where a report shows words of others.
  private func hostile(_ text: String) -> SideBySide {
    var scene = Name.judged.scene
    scene.before.name = text
    scene.before.sha = text
    scene.after.settings[text] = text
    scene.after.facts = [text: text]
    scene.after.extra = [latency(.p95, 1, of: text), value(text, .p95, 1, of: text)]
    var comparison = scene.comparison()
    comparison.cohorts[0].environmentAfter.sizing[text] = text
    comparison.cohorts[0].profile = text
    comparison.cohorts[0].service = text
    for index in comparison.cohorts[0].series.indices.suffix(2) {
      comparison.cohorts[0].series[index].series.endpoint = text
      comparison.cohorts[0].series[index].series.metric = text
    }
    comparison.cohorts[0].distributions[1].endpoint = text
    comparison.cohorts[0].distributions[1].metric = text
    comparison.notices.append(text)
    return comparison
  }

  @Test("Untrusted names have no effect", arguments: HostileTextTests.hostile, [60, 120])
  func hostileText(text: String, width: Int) throws {
    for showsAll in [false, true] {
      let report = textReport(
        of: hostile(text), style: TextStyle(isColoured: false, width: width), showsAll: showsAll)
      for scalar in report.unicodeScalars where scalar != "\n" {
        #expect(scalar.properties.generalCategory != .control && scalar != "\u{202e}" && scalar != "\u{2028}")
      }
      #expect(!report.contains("##["))
      for line in report.split(separator: "\n") {
        #expect(!line.drop { $0 == " " }.hasPrefix("::"), "\(line)")
      }
    }
    let object = try JSONSerialization.jsonObject(with: Data(jsonReport(of: hostile(text)).utf8))
    let side = try #require((object as? [String: Any])?["a"] as? [String: Any])
    #expect((side["name"] as? String).map { Array($0.utf8) } == Array(text.utf8))
  }
}
