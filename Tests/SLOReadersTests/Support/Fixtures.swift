import Foundation
import SLOModel
import TestSupport

@testable import SLOReaders

/// Files to read in tests: small ones copied into the bundle, the results of real k6 binaries in `Tests/K6Runs`, and a
/// set of Lighthouse reports where it is at hand.
enum Fixtures {
  /// The path of one of our own files: `k6/zero-summary-export.json`.
  static func path(_ name: String) -> String {
    Bundle.module.bundleURL.appendingPathComponent("Fixtures/" + name).path
  }

  /// The results of real k6 binaries, and the true figures of each.
  static let k6Set = packageFolder.appending(path: "Tests/K6Runs")

  /// The path of a file of a k6 run: `plain/run-1/samples.json`.
  static func k6Run(_ file: String) -> String { k6Set.appending(path: "runs/" + file).path }

  /// All files of the k6 runs that a test asks for.
  static func k6Runs(where isWanted: (String) -> Bool) -> [String] {
    files(in: k6Set.appending(path: "runs"), where: isWanted)
  }

  /// The Lighthouse reports of others, which are no part of the repository; nil where they are not at hand.
  static let lighthouseSet = sharedFixtures(with: "lighthouse")?.appending(path: "lighthouse")

  /// All of those reports that a test asks for.
  static func lighthouseReports(where isWanted: (String) -> Bool) -> [String] {
    lighthouseSet.map { files(in: $0, where: isWanted) } ?? []
  }

  /// Reports of sizes as tools write them; nil where they are not at hand.
  static let bundleSet = sharedFixtures(with: "bundle")?.appending(path: "bundle")

  private static func files(in folder: URL, where isWanted: (String) -> Bool) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return names.filter(isWanted).sorted()
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
    let folder = try TemporaryFolder()
    return try withExtendedLifetime(folder) { try body(folder.path) }
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
  ) -> SLOModel.MetricValue? {
    measurements.first {
      $0.series.metric == metric && $0.series.statistic == statistic && $0.series.endpoint == endpoint
    }
  }
}
