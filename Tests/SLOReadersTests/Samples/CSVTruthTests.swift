import Foundation
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Both paths through k6's CSV give the same")
struct CSVPathsTests {
  static let own = ["odd-names", "odd-values", "truncated", "v0.29.0"].map {
    Fixtures.path("k6/\($0)-samples.csv")
  }
  static let shared = Fixtures.shared("k6/runs") { $0.hasSuffix("csv") || $0.hasSuffix("csv.gz") }
    .compactMap { Fixtures.shared?.appendingPathComponent("k6/runs/" + $0).path }

  @Test("On real files", arguments: own + shared)
  func files(path: String) throws {
    let text = try Fixtures.text(atPath: path)
    let cuts = text.indices.filter { text[$0] == UInt8(ascii: "\n") && $0 % 97 == 0 }.map { $0 + 1 }
      .filter { $0 < text.count }
    let fast = try DecodedCSV(text)
    #expect(try DecodedCSV(text, usesTemplates: false) == fast)
    #expect(try DecodedCSV(text, cutAt: cuts) == fast)
  }

  @Test("On files changed at random, where both give the same error", arguments: own, [1, 2] as [UInt64])
  func mutations(path: String, seed: UInt64) throws {
    let original = Array(try Fixtures.text(atPath: path).prefix(9_000))
    var random = SeededGenerator(seed: seed)
    var faults = 0
    for _ in 0..<150 {
      var text = original
      for _ in 0..<Int.random(in: 1...4, using: &random) { mutate(&text, &random) }
      let fast = Result { () throws(InputError) in try DecodedCSV(text) }
      let plain = Result { () throws(InputError) in try DecodedCSV(text, usesTemplates: false) }
      #expect(fast == plain)
      if case .failure = fast { faults += 1 }
    }
    #expect((1..<150).contains(faults))
  }

  /// Changes a byte, mostly to one that matters, or doubles a piece, or takes it out.
  private func mutate(_ text: inout [UInt8], _ random: inout SeededGenerator) {
    let at = Int.random(in: 0..<text.count, using: &random)
    let piece = at..<min(text.count, at + Int.random(in: 1...30, using: &random))
    switch Int.random(in: 0..<6, using: &random) {
    case 0: text[at] = UInt8.random(in: 0...255, using: &random)
    case 1: text.insert(contentsOf: text[piece], at: at)
    case 2: text.removeSubrange(piece)
    default: text[at] = Array("\",\n\r 1T".utf8).randomElement(using: &random) ?? 0
    }
  }
}

/// Raw samples of the shared set against figures recomputed from the same runs.
@Suite("k6's CSV against the truth", .enabled(if: Fixtures.shared != nil))
struct CSVTruthTests {
  static let runs = Fixtures.shared("k6/runs") {
    $0.hasSuffix("samples.csv") || $0.hasSuffix("samples.csv.gz")
  }
  .filter { !$0.contains("truncated") && !$0.contains("csv-time") }

  private static func json(_ name: String) throws -> [String: Any] {
    let url = try #require(Fixtures.shared).appendingPathComponent("k6/" + name)
    return try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any] ?? [:]
  }

  private func decode(_ file: String) throws -> DecodedCSV {
    let path = try #require(Fixtures.shared).appendingPathComponent("k6/runs/" + file).path
    return try DecodedCSV(Fixtures.text(atPath: path))
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
