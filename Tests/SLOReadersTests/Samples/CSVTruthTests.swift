import Foundation
import Testing

@testable import SLOReaders

/// Raw samples of the k6 runs against figures recomputed from the same runs.
@Suite("k6's CSV against the truth")
struct CSVTruthTests {
  static let runs = Fixtures.k6Runs { $0.hasSuffix("samples.csv") || $0.hasSuffix("samples.csv.gz") }
    .filter { !$0.contains("truncated") && !$0.contains("csv-time") }

  private static func json(_ name: String) throws -> [String: Any] {
    let data = try Data(contentsOf: Fixtures.k6Set.appendingPathComponent(name))
    return try JSONSerialization.jsonObject(with: data) as? [String: Any] ?? [:]
  }

  private func decode(_ file: String) throws -> DecodedCSV {
    try DecodedCSV(Fixtures.text(atPath: Fixtures.k6Run(file)))
  }

  @Test("Every sample is there: counts, sums and extremes of each metric", arguments: runs)
  func figures(file: String) throws {
    let run = String(file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex))
    let truth = try #require(Self.json("expected.json")[run] as? [String: Any])
    let decoded = try decode(file)
    #expect(!decoded.isCut && decoded.consoleLines == 0)
    // NDJSON, which the truth comes from, has no infinite samples.
    let finite = decoded.samples.filter(\.value.isFinite)
    #expect(finite.count == truth["points"] as? Int)
    for (metric, figures) in truth["metrics"] as? [String: [String: Any]] ?? [:] {
      let values = finite.filter { $0.metric == metric }.map(\.value)
      // Values have six decimals in CSV.
      let slack = 1e-6 * Double(values.count)
      switch figures["type"] as? String {
      case "trend":
        #expect(values.count == figures["count"] as? Int, "\(metric)")
        if let least = figures["min"] as? Double { #expect(abs((values.min() ?? 0) - least) <= 1e-6) }
      case "rate": #expect(values.count == figures["total"] as? Int, "\(metric)")
      case "counter":
        let sum = try #require(figures["count"] as? Double)
        #expect(abs(values.reduce(0, +) - sum) <= slack + 1e-12 * abs(sum), "\(metric)")
      default: break
      }
    }
  }

  @Test(
    "All time formats put a run where its own clock put it",
    arguments: [
      "csv-time/unix_milli", "csv-time/unix_micro", "csv-time/unix_nano", "csv-time/rfc3339",
      "csv-time/rfc3339_nano", "plain/run-1",
    ])
  func times(run: String) throws {
    let meta = try Self.json("runs/\(run)/meta.json")
    let started = try #require(meta["started_unix"] as? Double)
    let length = try #require(meta["wall_s"] as? Double)
    let samples = try decode(run + "/samples.csv").samples
    // Two of the forms cut off what is less than a second.
    for time in samples.map({ Double($0.time) / 1e9 }) {
      #expect(time > started - 1 && time < started + length + 0.1)
    }
    #expect(samples.count == (run == "plain/run-1" ? 1_380 : 460))
  }
}
