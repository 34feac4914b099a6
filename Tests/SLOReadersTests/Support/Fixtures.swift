import Foundation
import SLOModel

@testable import SLOReaders

/// Files to read in tests: our own, copied into the bundle, and the large shared set where it is at hand.
enum Fixtures {
  /// The path of one of our own files: `k6/zero-summary-export.json`.
  static func path(_ name: String) -> String {
    Bundle.module.bundleURL.appendingPathComponent("Fixtures/" + name).path
  }

  /// The folder of the shared set, from `SLOGATE_FIXTURES` or beside the package.
  static let shared: URL? = {
    let package = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let beside = package.appendingPathComponent("../shared/fixtures").standardizedFileURL
    let named = ProcessInfo.processInfo.environment["SLOGATE_FIXTURES"].map { URL(fileURLWithPath: $0) }
    return [named, beside].compactMap(\.self).first {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("k6/expected.json").path)
    }
  }()

  /// All files of a folder of the shared set that a test asks for.
  static func shared(_ folder: String, where isWanted: (String) -> Bool) -> [String] {
    guard let root = shared?.appendingPathComponent(folder) else { return [] }
    let names = FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return names.filter(isWanted).sorted()
  }

  /// Whether the shared set has a file.
  static func exists(_ name: String) -> Bool {
    shared.map { FileManager.default.fileExists(atPath: $0.appendingPathComponent(name).path) } ?? false
  }

  /// A text as a document.
  static func document(_ text: String) throws(InputError) -> JSONDocument {
    try JSONDocument(Bytes(Array(text.utf8)), file: "test.json")
  }

  /// The reading of a k6 summary given as text.
  static func k6(_ text: String, endpointTag: String? = nil) throws(InputError) -> Reading? {
    guard let location = try K6Locator.find(in: try document(text).root) else { return nil }
    let summary = try K6Summary(location)
    let source = Reading.Source(path: "test.json", format: summary.format, sha256: "")
    return K6Reading.reading(summary, profile: "baseline", source: source, endpointTag: endpointTag)
  }

  /// A folder of its own for one test, gone afterwards.
  static func withFolder<Value>(_ body: (String) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
  }

  /// Writes a file of a test.
  static func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }
}

extension Fixtures {
  /// Writes a file of bytes.
  static func write(_ bytes: [UInt8], to path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path))
  }
}

extension Reading {
  /// The series that have more than one measurement.
  var repeatedSeries: [Series] {
    var seen: Set<Series> = []
    return measurements.map(\.series).filter { !seen.insert($0).inserted }
  }

  /// The value of one series; nil where there is none.
  func value(_ metric: String, _ statistic: Statistic, endpoint: String = Series.wholeRun) -> Double? {
    measurement(metric, statistic, endpoint: endpoint)?.value
  }

  /// One measurement; nil where there is none.
  func measurement(
    _ metric: String, _ statistic: Statistic, endpoint: String = Series.wholeRun
  ) -> SLOModel.Measurement? {
    measurements.first {
      $0.series.metric == metric && $0.series.statistic == statistic && $0.series.endpoint == endpoint
    }
  }
}
