import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Thresholds of raw samples")
struct SampleThresholdTests {
  private func declaration(
    _ name: String, _ type: String, _ thresholds: [String] = [], subMetrics: String = "null"
  ) -> String {
    let list = thresholds.map { "\"\($0)\"" }.joined(separator: ",")
    return
      #"{"type":"Metric","data":{"name":"\#(name)","type":"\#(type)","contains":"default","thresholds":[\#(list)],"submetrics":\#(subMetrics)},"metric":"\#(name)"}"#
      + "\n"
  }

  private func point(_ metric: String, _ value: Double, at second: Int = 0, tags: String = "{}") -> String {
    let time = Timestamp(milliseconds: 1_795_216_632_000 + Int64(second) * 1_000).description
    return
      #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(time)","value":\#(value),"tags":\#(tags)}}"#
      + "\n"
  }

  private func reading(_ text: String) throws -> Reading {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/samples.json")
      let result = Readers.read(paths: [folder + "/samples.json"], as: .profile("baseline"))
      #expect(result.errors.map(\.description) == [])
      return try #require(result.readings.first)
    }
  }

  @Test(
    "Every aggregation k6 knows is evaluated, on both sides of its bound",
    arguments: [
      ("trend", "avg", 5.5), ("trend", "min", 1.0), ("trend", "max", 10.0), ("trend", "med", 5.5),
      ("trend", "p(90)", 9.1), ("trend", "p(37.5)", 4.375), ("trend", "count", 10.0),
      ("counter", "count", 55.0), ("counter", "rate", 55.0 / 9.0), ("gauge", "value", 10.0),
      ("rate", "rate", 1.0),
    ] as [(String, String, Double)])
  func aggregations(type: String, aggregation: String, value: Double) throws {
    let expressions = ["<", "<=", ">", ">=", "==", "===", "!="].map { "\(aggregation)\($0)\(value)" }
    let text =
      declaration("wait", type, expressions) + (1...10).map { point("wait", Double($0), at: $0) }.joined()
    let reading = try reading(text)
    #expect(reading.thresholds.map(\.expression) == expressions)
    let near = reading.thresholds.compactMap(\.observed).allSatisfy { abs($0 - value) < 1e-9 }
    #expect(near && reading.thresholds.allSatisfy { $0.isMeasured })
    let observed = try #require(reading.thresholds.first?.observed)
    #expect(
      reading.thresholds.map(\.passed) == expressions.map { ThresholdExpression($0)?.holds(observed) })
  }

  @Test("A threshold on a sub-metric is held against the samples with its tags, wherever it is declared")
  func subMetrics() throws {
    let sub = #"[{"name":"wait{status:500}","suffix":"status:500","tags":{"status":"500"}}]"#
    let inside = #"[{"name":"wait{a:b}","tags":{"a":"b"},"thresholds":["max<9"]}]"#
    let text =
      declaration("wait", "trend", ["max<9"], subMetrics: sub)
      + declaration("wait{status:500}", "trend", ["max<9"])
      + declaration("other", "trend", subMetrics: inside)
      + point("wait", 3) + point("wait", 10, tags: #"{"status":"500","endpoint":"a"}"#)
      + point("other", 12, tags: #"{"a":"b"}"#) + point("other", 1)
    let outcomes = try reading(text).thresholds.map { "\($0.metric) \($0.passed.map(String.init) ?? "?")" }
    #expect(outcomes.sorted() == ["other{a:b} false", "wait false", "wait{status:500} false"])
  }

  @Test("One on a sub-metric that names an endpoint is that endpoint's")
  func endpoints() throws {
    let text =
      declaration("wait", "trend") + declaration("wait{endpoint:a}", "trend", ["max<9", "max<11"])
      + point("wait", 3) + point("wait", 10, tags: #"{"endpoint":"a"}"#)
    let thresholds = try reading(text).thresholds
    #expect(thresholds.map(\.endpoint) == ["a", "a"] && thresholds.map(\.metric) == ["wait", "wait"])
    #expect(thresholds.map(\.passed) == [false, true] && thresholds.map(\.observed) == [10, 10])
  }

  @Test("What has no sample is held as k6 holds it, and says so")
  func unmeasured() throws {
    let text =
      point("http_reqs", 1) + declaration("wait", "trend", ["p(95)<500", "min>5"])
      + declaration("wait{status:500}", "trend", ["p(95)<500"])
      + declaration("http_req_failed{status:500}", "rate", ["rate>0.5"])
    let thresholds = try reading(text).thresholds
    #expect(
      thresholds.map { "\($0.metric) \($0.expression) \($0.passed == true)" } == [
        "http_req_failed{status:500} rate>0.5 true", "wait p(95)<500 true", "wait min>5 false",
        "wait{status:500} p(95)<500 true",
      ])
    #expect(thresholds.allSatisfy { !$0.isMeasured && $0.observed == nil })
  }

  @Test(
    "Of what k6 of today does not take no outcome is reported", arguments: ["p95<9", "avg < 5 && max < 9"])
  func unknown(expression: String) throws {
    let thresholds = try reading(declaration("wait", "trend", [expression]) + point("wait", 3)).thresholds
    #expect(thresholds.map(\.passed) == [nil])
  }

  @Test("A threshold on an endpoint without a sample takes no name from what was measured")
  func claims() throws {
    let text =
      declaration("wait", "trend") + declaration("wait{endpoint:a}", "trend", ["max<9"])
      + point("wait", 10, tags: #"{"name":"a"}"#)
    let reading = try reading(text)
    #expect(reading.value("wait", .maximum, endpoint: "a") == 10 && reading.repeatedSeries.isEmpty)
    #expect(reading.thresholds.map(\.isMeasured) == [false])
  }
}
