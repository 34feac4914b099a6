import Foundation
import SLOModel
import SLOStatistics
import Testing

@testable import SLOReaders

/// Results that real tools wrote, against figures that `Fixtures/loads/truth.py` computes of them by itself.
@Suite("Results of real load tools")
struct LoadToolTruthTests {
  private static let truth: [String: [String: Double]] = {
    let data = FileManager.default.contents(atPath: Fixtures.path("loads/expected.json")) ?? Data()
    return (try? JSONDecoder().decode([String: [String: Double]].self, from: data)) ?? [:]
  }()

  @Test("The truth is there")
  func isThere() {
    #expect(
      Self.truth.keys.sorted() == ["hey.csv", "jmeter.csv", "jmeter.xml", "locust.json", "locust_stats.csv"])
    #expect(Self.truth.values.allSatisfy { $0.count > 10 })
  }

  @Test(
    "Every figure is that of an independent computation, and there is no other",
    arguments: ["hey.csv", "jmeter.csv", "jmeter.xml", "locust.json", "locust_stats.csv"])
  func figures(file: String) throws {
    let expected = try #require(Self.truth[file])
    let result = Readers.read(paths: [Fixtures.path("loads/" + file)], as: .profile("baseline"))
    let reading = try #require(try Readers.settled(result.readings).first)
    let read = reading.measurements.filter { $0.series.metric != "vus_max" }.map {
      ("\($0.series.endpoint)|\($0.series.metric)|\($0.series.statistic)", $0.value)
    }
    #expect(Set(read.map(\.0)) == Set(expected.keys))
    for (key, value) in read {
      let truth = try #require(expected[key])
      #expect(abs(value - truth) <= 1e-9 * abs(truth), "\(key): \(value), expected \(truth)")
    }
    #expect(reading.failure == nil && reading.repeatedSeries.isEmpty)
  }

  @Test("Raw results give distributions too, whose median is that of the samples within 1 %")
  func distributions() throws {
    for file in ["jmeter.csv", "jmeter.xml", "hey.csv"] {
      let reading = try #require(
        Readers.read(paths: [Fixtures.path("loads/" + file)], as: .profile("baseline")).usable.first)
      let whole = try #require(reading.distributions.first { $0.endpoint == Series.wholeRun })
      #expect(whole.metric == "http_req_duration" && whole.unit == .milliseconds)
      #expect(whole.sketch.count == Int(reading.value("http_reqs", .count) ?? 0))
      let (median, known) = (whole.sketch.quantile(0.5), reading.value("http_req_duration", .median))
      #expect(abs((median ?? 0) - (known ?? -1)) <= 0.011 * (known ?? 0) + 0.6)
    }
  }

  @Test("What a tool prints is read as it is printed")
  func printed() throws {
    // Read off the files by eye.
    let wrk = try #require(
      Readers.read(paths: [Fixtures.path("loads/wrk.txt")], as: .profile("baseline")).usable.first)
    #expect(wrk.source.format == "wrk-text" && wrk.duration == 3)
    #expect(
      wrk.value("http_req_duration", .p99) == 48.62 && wrk.value("http_req_duration", .maximum) == 49.38)
    #expect(wrk.value("http_req_duration", .p95) == nil && wrk.value("http_req_duration", .minimum) == nil)
    #expect(wrk.value("http_req_failed", .rate) == 138.0 / 670 && wrk.value("http_reqs", .rate) == 223.23)
    let hey = try #require(
      Readers.read(paths: [Fixtures.path("loads/hey.txt")], as: .profile("baseline")).usable.first)
    #expect(hey.source.format == "hey-text" && hey.value("http_reqs", .count) == 80)
    #expect(hey.value("http_req_duration", .p95) != nil && hey.distributions.isEmpty)
  }
}
