import Foundation
import SLOModel
import Testing

@testable import SLOReaders

/// The Lighthouse reports of others against the same figures taken from them with Foundation's JSON.
@Suite("Lighthouse reports against the truth", .enabled(if: Fixtures.lighthouseSet != nil))
struct LighthouseTruthTests {
  static let files = Fixtures.lighthouseReports {
    ($0.hasPrefix("lhr/") || $0.hasPrefix("errors/") || $0.hasPrefix("flow/"))
  }

  @Test("Every figure is the report's", arguments: files)
  func figures(file: String) throws {
    let url = try #require(Fixtures.lighthouseSet).appendingPathComponent(file)
    let result = Readers.read(paths: [url.path], as: .kind(.page))
    #expect(result.errors.map(\.description) == [])
    let reports = try reports(url)
    #expect(result.usable.count == reports.count)
    for (reading, report) in zip(result.usable, reports) {
      let mine = Dictionary(
        uniqueKeysWithValues: reading.measurements.map {
          ("\($0.series.metric) \($0.series.statistic)", $0.value)
        })
      let truth = figures(report)
      #expect(Set(mine.keys) == Set(truth.keys))
      // Foundation's JSON is a few units in the last place off where a number has 17 digits.
      for (name, value) in mine {
        #expect(abs(value - (truth[name] ?? .nan)) <= 1e-12 * abs(value), "\(name)")
      }
    }
  }

  @Test(
    "Versions 1 and 2 are refused", arguments: ["legacy/v1.6.3-sample.json", "legacy/v2.9.4-sample.json.gz"])
  func legacy(file: String) throws {
    let path = try #require(Fixtures.lighthouseSet).appendingPathComponent(file).path
    let result = Readers.read(paths: [path], as: .kind(.page))
    #expect(result.errors.first?.expected == "a report of Lighthouse 3 or later")
  }

  @Test("Folders of Lighthouse CI give each run once", arguments: [("multirun", 3), ("pdf-merge", 1)])
  func folders(name: String, count: Int) throws {
    let folder = try #require(Fixtures.lighthouseSet).appendingPathComponent("lhci/" + name).path
    for path in [folder, folder + "/manifest.json"] {
      let result = Readers.read(paths: [path], as: .kind(.page))
      #expect(result.errors.map(\.description) == [] && result.usable.count == count)
    }
  }

  @Test("Values worked out by hand from two of the files")
  func samples() throws {
    let root = try #require(Fixtures.lighthouseSet)
    let path = root.appendingPathComponent("lhr/v9.6.8-sample-budgets.json").path
    let reading = try #require(Readers.read(paths: [path], as: .kind(.page)).usable.first)
    let page = "/dobetterweb/dbw_tester.html"
    #expect(reading.value("resource.total", .size, endpoint: page) == 1_324_053)
    #expect(reading.value("total-byte-weight", .value, endpoint: page) == 1_324_308)
    #expect(reading.value("performance", .score, endpoint: page) == 0.26)
  }

  private func reports(_ url: URL) throws -> [[String: Any]] {
    let text = try SourceFile(opening: url.path).text()
    let data = text.withBytes { Data($0) }
    let root = try JSONSerialization.jsonObject(with: data)
    if let list = root as? [[String: Any]] { return list }
    let object = root as? [String: Any] ?? [:]
    if let steps = object["steps"] as? [[String: Any]] {
      return steps.compactMap { $0["lhr"] as? [String: Any] }
    }
    return [object]
  }

  private func figures(_ report: [String: Any]) -> [String: Double] {
    let error = (report["runtimeError"] as? [String: Any])?["code"] as? String ?? "NO_ERROR"
    guard error == "NO_ERROR" else { return [:] }
    var figures: [String: Double] = [:]
    let names = [
      "time-to-first-byte": "server-response-time",
      "experimental-interaction-to-next-paint": "interaction-to-next-paint",
    ]
    for (id, audit) in report["audits"] as? [String: [String: Any]] ?? [:] {
      let isError = audit["scoreDisplayMode"] as? String == "error"
      let raw = audit["numericValue"] ?? audit["rawValue"]
      // Foundation's JSON gives `true` as a number of C's type char.
      if !isError, let number = raw as? NSNumber, String(cString: number.objCType) != "c" {
        figures["\(names[id] ?? id) value"] = number.doubleValue
      }
    }
    let summary =
      (report["audits"] as? [String: [String: Any]])?["resource-summary"]?["details"] as? [String: Any]
    for item in summary?["items"] as? [[String: Any]] ?? [] {
      let type = item["resourceType"] as? String ?? ""
      figures["resource.\(type) size"] = (item["transferSize"] ?? item["size"]) as? Double
      figures["resource.\(type) count"] = item["requestCount"] as? Double
    }
    let isNavigation = (report["gatherMode"] as? String ?? "navigation") == "navigation"
    for (id, category) in report["categories"] as? [String: [String: Any]] ?? [:]
    where id != "performance" || isNavigation {
      figures["\(id) score"] = category["score"] as? Double
    }
    return figures
  }
}
