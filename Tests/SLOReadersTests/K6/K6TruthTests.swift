import Foundation
import SLOModel
import Testing

@testable import SLOReaders

/// Every summary of the k6 runs against figures recomputed from the raw samples of its run.
@Suite("k6 summaries against the truth")
struct K6TruthTests {
  static let files = Fixtures.k6Runs {
    ($0.hasSuffix("summary-export.json") || $0.hasSuffix("handle-summary.json")) && !$0.contains("truncated")
  }

  @Test("Every value is the true one to 1e-9", arguments: files)
  func values(file: String) throws {
    let reading = try reading(file)
    guard let truth = K6Truth.expected[K6Truth.run(of: file)], truth["metrics"] != nil else { return }
    let figures = figures(truth)
    var compared = 0
    for measurement in reading.measurements {
      let name = spelled(measurement.series.endpoint, measurement.series.metric, in: reading)
      let statistic = measurement.series.statistic
      // A counter's rate has no truth: it rests on k6's own clock.
      guard let figure = figures[name], figure["type"] as? String != "counter" || statistic == .count,
        let value = figure[statistic.k6Name] as? Double
      else { continue }
      compared += 1
      #expect(abs(measurement.value - value) <= 1e-9 * max(1, abs(value)), "\(measurement.series)")
    }
    #expect(compared > 3)
  }

  @Test("The statistics given are those of the file", arguments: files)
  func statistics(file: String) throws {
    let reading = try reading(file)
    let given = Dictionary(grouping: reading.measurements) {
      spelled($0.series.endpoint, $0.series.metric, in: reading)
    }
    .mapValues { Set($0.map(\.series.statistic.rawValue)) }
    for (name, keys) in try keysOfFile(file) {
      let name = MetricName(parsing: name).description
      // What a trend or rate without samples must give is a matter of other tests.
      guard let mine = given[name] else { continue }
      #expect(mine == keys, "\(name)")
    }
  }

  @Test("Thresholds have the outcome k6 saw", arguments: files)
  func thresholds(file: String) throws {
    let reading = try reading(file)
    let truth = K6Truth.expected[K6Truth.run(of: file)]?["thresholds"] as? [[String: Any]] ?? []
    for threshold in truth where !reading.source.format.hasPrefix("k6-summary-1") {
      let name = MetricName(parsing: threshold["metric"] as? String ?? "").description
      let mine = reading.thresholds.first {
        spelled($0.endpoint, $0.metric, in: reading) == name
          && $0.expression == threshold["expr"] as? String
      }
      #expect(mine?.passed == threshold["k6_ok"] as? Bool, "\(name) \(threshold["expr"] ?? "")")
    }
  }

  private func reading(_ file: String) throws -> Reading {
    let result = Readers.read(paths: [Fixtures.k6Run(file)], as: .profile("baseline"))
    #expect(result.errors.map(\.description) == [])
    return try #require(result.usable.first)
  }

  /// The series' name with its endpoint back in braces.
  private func spelled(_ endpoint: String, _ metric: String, in reading: Reading) -> String {
    reading.endpointTags[endpoint].map { "\(metric){\($0):\(endpoint)}" } ?? metric
  }

  /// The recomputed figures of a run by normalised name, but for those k6 is known to have wrong.
  private func figures(_ truth: [String: Any]) -> [String: [String: Any]] {
    var figures: [String: [String: Any]] = [:]
    for part in ["metrics", "submetrics"] {
      for (name, values) in truth[part] as? [String: [String: Any]] ?? [:] {
        figures[MetricName(parsing: name).description] = values
      }
    }
    for difference in truth["differs_from_k6"] as? [[String]] ?? [] {
      figures[difference[0]]?[difference[1]] = nil
      if difference[1] == "med" { figures[difference[0]]?["p(50)"] = nil }
    }
    return figures
  }

  /// The statistics a file holds of each metric, worked out apart from the reader.
  private func keysOfFile(_ file: String) throws -> [String: Set<String>] {
    let data = try Data(contentsOf: URL(fileURLWithPath: Fixtures.k6Run(file)))
    let root = try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
    var metrics = root["metrics"] as? [String: [String: Any]] ?? [:]
    let results = root["results"] as? [String: Any]
    for metric in results?["metrics"] as? [[String: Any]] ?? [] {
      metrics[metric["name"] as? String ?? ""] = metric
    }
    return metrics.mapValues { metric in
      let values = (metric["values"] as? [String: Any] ?? metric).filter { !($0.value is NSNull) }
      if values["fails"] != nil || values["matches"] != nil { return ["rate"] }
      let isTrend =
        values["value"] == nil && (values["rate"] == nil && metric["type"] as? String != "counter")
      var keys = Set(values.keys.compactMap { key in Statistic(spelled: key)?.rawValue })
      if keys.contains("p50") { keys.insert("med") }
      if isTrend, keys.contains("med") { keys.insert("p50") }
      if metric["type"] as? String == "counter" || keys == ["count"] && results != nil { keys.insert("rate") }
      return keys
    }
  }
}
