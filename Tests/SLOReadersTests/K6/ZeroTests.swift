import SLOModel
import Testing

@testable import SLOReaders

@Suite("Zero is a measurement")
struct ZeroTests {
  private let requests = #""http_reqs": {"count": 5, "rate": 1}"#

  @Test("A trend of zeros was measured where no threshold asked for it")
  func trends() throws {
    let zeros = #"{"avg": 0, "min": 0, "med": 0, "max": 0, "p(95)": 0}"#
    let reading = try #require(try Fixtures.k6("{\"metrics\": {\(requests), \"queue_wait\": \(zeros)}}"))
    #expect(reading.value("queue_wait", .p95) == 0 && reading.value("queue_wait", .median) == 0)
  }

  @Test(
    "One that a threshold on it, or on a part of it, asked for is none without a count",
    arguments: [
      #""wait": {"max": 0, "p(95)": 0, "thresholds": {"max<1": false}}"#,
      #""wait{status:500}": {"max": 0, "p(95)": 0}"#,
      #""wait": {"max": 0}, "wait{status:500}": {"max": 0, "thresholds": {"max<1": false}}"#,
    ])
  func askedFor(metrics: String) throws {
    let reading = try #require(try Fixtures.k6("{\"metrics\": {\(requests), \(metrics)}}"))
    #expect(reading.measurements.allSatisfy { !$0.series.metric.hasPrefix("wait") })
    #expect(reading.thresholds.allSatisfy { !$0.isMeasured && $0.observed == nil && $0.passed == true })
  }

  @Test("A threshold on what was measured has the value of its figure, where the file has it")
  func observed() throws {
    let metric =
      #""wait": {"max": 7, "thresholds": {"max<9": false, "p(95)<9": false, "count>0": false}}"#
    let reading = try #require(try Fixtures.k6("{\"metrics\": {\(requests), \(metric)}}"))
    let observed = Dictionary(uniqueKeysWithValues: reading.thresholds.map { ($0.expression, $0.observed) })
    #expect(observed == ["max<9": 7, "p(95)<9": nil, "count>0": nil])
    #expect(reading.thresholds.allSatisfy { $0.isMeasured })
  }

  @Test("Where iterations ran and none was dropped, none is a count, in every shape")
  func undropped() throws {
    for text in [
      #"{"metrics": {"iterations": {"count": 5, "rate": 1}}}"#,
      #"{"metrics": {"iterations": {"type": "counter", "contains": "default", "values": {"count": 5, "rate": 1}}}}"#,
      #"{"version": "1.0.0", "results": {"metrics": [{"name": "iterations", "type": "counter", "contains": "default", "values": {"count": 5}}]}}"#,
    ] {
      #expect(try Fixtures.k6(text)?.value("dropped_iterations", .count) == 0)
    }
    #expect(
      try Fixtures.k6("{\"metrics\": {\(requests)}}")?.value("dropped_iterations", .count) == nil)
  }
}
