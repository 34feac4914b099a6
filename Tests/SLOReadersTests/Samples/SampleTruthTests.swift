import Foundation
import SLOModel
import Testing

@testable import SLOReaders

/// Every file of raw samples of the k6 runs against figures recomputed from it by other means.
@Suite("Raw samples against the truth")
struct SampleTruthTests {
  static let files = Fixtures.k6Runs {
    $0.contains("/samples.json") && !$0.contains("truncated")
  }

  @Test("The whole run, every sub-metric and every endpoint have the true figures to 1e-9", arguments: files)
  func values(file: String) throws {
    let values = try self.values(of: reading(file))
    guard let truth = K6Truth.expected[K6Truth.run(of: file)], truth["metrics"] != nil else { return }
    var compared = 0
    for (series, figures) in K6Truth.series(truth) {
      for (name, figure) in figures {
        guard let figure = figure as? Double, let statistic = K6Truth.statistic(name, figures) else {
          continue
        }
        compared += 1
        let value = values["\(series) \(statistic)"]
        #expect(value != nil, "\(series) \(statistic)")
        #expect(abs((value ?? .nan) - figure) <= 1e-9 * max(1, abs(figure)), "\(series) \(statistic)")
      }
    }
    #expect(compared > 3 || truth["points"] as? Int == 0)
  }

  @Test("What k6's own summary of the run says, the samples say too", arguments: files)
  func summary(file: String) throws {
    let samples = try self.values(of: reading(file))
    let summary = file.prefix(upTo: file.lastIndex(of: "/") ?? file.endIndex) + "/handle-summary.json"
    guard FileManager.default.fileExists(atPath: Fixtures.k6Run(String(summary))) else { return }
    let differing = Set(
      (K6Truth.expected[K6Truth.run(of: file)]?["differs_from_k6"] as? [[String]] ?? []).map(\.[0]))
    for measurement in try reading(String(summary)).measurements {
      let series = measurement.series
      let metric = MetricName(parsing: series.metric).base
      // A counter's rate rests on k6's own clock.
      guard series.statistic != .rate || measurement.unit == .ratio,
        !differing.contains(where: { $0.hasPrefix(metric) }),
        !metric.hasPrefix("checks_")
      else { continue }
      let value = samples["\(series.endpoint) \(series.metric) \(series.statistic)"]
      // Of what never happened there are no samples, and percentiles a script asks for are its own.
      #expect(value != nil || measurement.value == 0 || series.statistic.percentile != nil, "\(series)")
      if let value { #expect(abs(value - measurement.value) <= 1e-9 * max(1, abs(value)), "\(series)") }
    }
  }

  private func reading(_ file: String) throws -> Reading {
    let result = Readers.read(paths: [Fixtures.k6Run(file)], as: .profile("baseline"))
    #expect(result.errors.map(\.description) == [])
    return try #require(result.usable.first)
  }

  private func values(of reading: Reading) -> [String: Double] {
    Dictionary(
      reading.measurements.map {
        ("\($0.series.endpoint) \($0.series.metric) \($0.series.statistic)", $0.value)
      },
      uniquingKeysWith: { first, _ in first })
  }
}
