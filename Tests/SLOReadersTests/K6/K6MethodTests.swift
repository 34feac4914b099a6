import Foundation
import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("How k6 measured")
struct K6MethodTests {
  private func reading(
    options: String = "{}", iterations: Int = 40, users: Int = 5, metrics: String = ""
  ) throws -> Reading {
    try #require(
      try Fixtures.k6(
        """
        {"options": \(options), "root_group": {}, "metrics": {
          "http_reqs": {"type": "counter", "contains": "default", "values": {"count": 50, "rate": 5}},
          "http_req_duration": {"type": "trend", "contains": "time", "values": {"avg": 3, "p(95)": 9.25}},
          "iterations": {"type": "counter", "contains": "default", "values": {"count": \(iterations), "rate": 1}},
          "vus_max": {"type": "gauge", "contains": "default", "values": {"value": \(users), "min": 1, "max": \(users)}}\(metrics)
        }}
        """))
  }

  @Test("Options that change what a value means are conditions, where they are not as they are by themselves")
  func options() throws {
    let told = try reading(
      options: """
        {"summaryTrendStats": ["avg"], "discardResponseBodies": true, "noConnectionReuse": true, "rps": 20,
         "noVUConnectionReuse": false, "executionSegment": "0:1/4", "features": ["async-metric-context", "freeze-env"]}
        """)
    #expect(
      told.conditions == [
        "k6_discard_response_bodies": "true", "k6_no_connection_reuse": "true", "k6_rps": "20",
        "k6_execution_segment": "0:1/4", "k6_features": "async-metric-context",
      ])
    #expect(told.facts["k6_features"] == "async-metric-context,freeze-env")
    #expect(told.facts["k6_discard_response_bodies"] == "true")
    #expect(told.facts["k6_execution_segment"] == "0:1/4")
    let usual = try reading(
      options:
        #"{"discardResponseBodies": null, "noConnectionReuse": false, "executionSegment": "0:1", "rps": 0}"#)
    #expect(usual.conditions == [:] && usual.facts == [:])
  }

  @Test(
    "The load of the scenarios is a condition",
    arguments: [
      (
        #"{"default": {"executor": "constant-vus", "vus": 50, "duration": "5m0s", "exec": "x"}}"#,
        "constant-vus vus=50 duration=5m0s"
      ),
      (
        """
        {"a": {"executor": "ramping-vus", "startVUs": 1,
               "stages": [{"duration": "2m", "target": 50}, {"duration": "5m", "target": 0}]}}
        """, "ramping-vus startVUs=1 stages=2m:50,5m:0"
      ),
      (
        """
        {"pay": {"executor": "constant-arrival-rate", "rate": 230, "timeUnit": "1s", "duration": "10m"},
         "browse": {"executor": "per-vu-iterations", "vus": 5, "iterations": 20}}
        """,
        "browse: per-vu-iterations vus=5 iterations=20;"
          + " pay: constant-arrival-rate rate=230 timeUnit=1s duration=10m"
      ),
      (#"{"a\n::error::x": {"executor": "x"}, "b": {}}"#, "x"),
    ])
  func load(scenarios: String, condition: String) throws {
    #expect(try reading(options: #"{"scenarios": \#(scenarios)}"#).conditions["k6_load"] == condition)
  }

  @Test("The load of many scenarios is named by its digest")
  func manyScenarios() throws {
    let scenarios = (1...9).map {
      #""s\#($0)": {"executor": "constant-vus", "vus": \#($0), "duration": "5m0s"}"#
    }
    let load = try reading(options: #"{"scenarios": {\#(scenarios.joined(separator: ","))}}"#).conditions[
      "k6_load"]
    #expect(load?.hasPrefix("9 scenarios #") == true && load?.utf8.count == 21)
  }

  @Test(
    "What a script of the user's calls options is no error and no condition",
    arguments: [
      "7", "[1]", #""all""#,
      #"{"discardResponseBodies": "yes", "rps": "many", "features": "x", "scenarios": []}"#,
      #"{"executionSegment": "::error::x", "features": ["Native Histograms", "::x"]}"#,
    ])
  func foreign(options: String) throws {
    let reading = try reading(options: options)
    #expect(reading.conditions == [:] && reading.facts == [:] && reading.failure == nil)
  }

  @Test("Percentiles of a histogram are another condition in a summary, by an option or a tag")
  func histograms() throws {
    let byTag =
      #", "http_reqs{k6_feature_native_histograms:true}": {"type": "counter", "values": {"count": 50}}"#
    for told in [try reading(options: #"{"features": ["native-histograms"]}"#), try reading(metrics: byTag)] {
      #expect(told.conditions == ["k6_percentiles": "histogram"])
      #expect(told.facts["percentiles"] == "histogram" && told.facts["k6_features"] == "native-histograms")
      #expect(told.notices.contains { $0.contains("estimated from a histogram") })
    }
  }

  @Test("A run of a single iteration is none to judge, where nobody asks for one")
  func single() throws {
    #expect(try reading(iterations: 1, users: 1).failure?.contains("k6 run --once") == true)
    #expect(try reading(iterations: 2, users: 1).failure == nil)
    // Only one of fifty came to its end.
    #expect(try reading(iterations: 1, users: 50).failure == nil)
    let once = #"{"executor": "shared-iterations", "vus": 1, "iterations": 1}"#
    let both = #"{"scenarios": {"a": \#(once), "b": \#(once)}}"#
    #expect(try reading(options: both, iterations: 2, users: 2).failure != nil)
    #expect(try reading(options: both.replacing("1}}", with: "9}}"), iterations: 10, users: 2).failure == nil)
  }

  private static func samples(_ scenarios: [String: Int], tags: String = "") -> String {
    let stamp = "2026-11-20T23:17:12"
    let point = { (metric: String, value: String, scenario: String, number: Int) in
      #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(stamp).\#(100 + number)Z","value":\#(value),"tags":{"scenario":"\#(scenario)"\#(tags)}}}"#
        + "\n"
    }
    return scenarios.sorted { $0.key < $1.key }.map { scenario, iterations in
      (0..<30).map {
        point("http_reqs", "1", scenario, $0) + point("http_req_duration", "\($0 + 1).5", scenario, $0)
      }
      .joined() + (0..<iterations).map { point("iterations", "1", scenario, $0 + 50) }.joined()
    }.joined()
  }

  private func read(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> Reading {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/samples.json")
      let result = Readers.read(paths: [folder + "/samples.json"], as: .profile("smoke"), options: options)
      #expect(result.errors.map(\.description) == [])
      return try #require(result.usable.first)
    }
  }

  @Test(
    "Of raw samples each scenario counts",
    arguments: [
      (["a": 1], true), (["a": 1, "b": 1], true), (["a": 1, "b": 7], false), (["a": 2], false),
      (["a": 0], false),
    ])
  func scenarios(iterations: [String: Int], isSingle: Bool) throws {
    #expect(try (read(Self.samples(iterations)).failure != nil) == isSingle)
    var options = ReadOptions()
    options.takesSingleIterations = { $0 == "smoke" }
    #expect(try read(Self.samples(iterations), options).failure == nil)
  }

  @Test(
    "Percentiles of raw samples are exact, whatever k6 made of them; what else changes their meaning is reported"
  )
  func samplesAreExact() throws {
    let tags = #","k6_feature_native_histograms":"true","k6_feature_async_metric_context":"true""#
    let reading = try read(Self.samples(["a": 9], tags: tags))
    #expect(reading.conditions == ["k6_features": "async-metric-context"])
    #expect(reading.facts == ["k6_features": "async-metric-context,native-histograms"])
    #expect(reading.notices == [])
  }
}

@Suite("Percentiles that are not those of samples")
struct K6PercentilesTests {
  /// A trend of times in whole nanoseconds.
  private static func trend(
    _ name: String, _ random: inout SeededGenerator, by percentile: (Double, [Double]) -> Double
  ) -> K6Metric {
    let scale = Double.random(in: 0.1...200, using: &random)
    let values = (0..<Int.random(in: 20...3_000, using: &random)).map { _ in
      (exp(Double.random(in: 0...4, using: &random)) * scale * 1e6).rounded() / 1e6
    }.sorted()
    var metric = K6Metric(name: MetricName(base: name), spelling: name, kind: .trend, contents: .time)
    metric.statistics = [
      (.minimum, values[0]), (.maximum, values[values.count - 1]),
      (.average, values.reduce(0, +) / Double(values.count)),
      (.median, percentile(0.5, values)), (.p90, percentile(0.9, values)), (.p95, percentile(0.95, values)),
      (.p99, percentile(0.99, values)),
    ]
    return metric
  }

  private static func exact(_ share: Double, _ values: [Double]) -> Double {
    let rank = share * Double(values.count - 1)
    let (low, high) = (values[Int(rank.rounded(.down))], values[Int(rank.rounded(.up))])
    return low + (high - low) * (rank - rank.rounded(.down))
  }

  /// The upper boundary of the bucket of a histogram with eight buckets to a doubling.
  private static func estimated(_ share: Double, _ values: [Double]) -> Double {
    exp2((log2(exact(share, values)) * 8).rounded(.up) / 8)
  }

  @Test("Order statistics of samples are never taken for estimates", arguments: 1...40)
  func samples(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let metrics = ["http_req_duration", "http_req_waiting", "iteration_duration"].map {
      Self.trend($0, &random, by: Self.exact)
    }
    #expect(!K6Percentiles.areEstimated(in: metrics))
  }

  @Test("Boundaries of buckets are, and averages over several runs", arguments: 1...10)
  func estimates(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let names = ["http_req_duration", "http_req_waiting", "iteration_duration"]
    #expect(K6Percentiles.areEstimated(in: names.map { Self.trend($0, &random, by: Self.estimated) }))
    let averaged = { (share: Double, values: [Double]) in Self.exact(share, values) * 2 / 3 + values[0] / 3 }
    #expect(K6Percentiles.areEstimated(in: names.map { Self.trend($0, &random, by: averaged) }))
    // One metric alone may be anything.
    #expect(!K6Percentiles.areEstimated(in: [Self.trend(names[0], &random, by: Self.estimated)]))
  }

  @Test(
    "No summary of k6's own is taken for one",
    arguments: Fixtures.k6Runs {
      $0.hasSuffix("summary.json") || $0.hasSuffix("summary-export.json")
    })
  func real(path: String) throws {
    for reading in Readers.read(paths: [Fixtures.k6Run(path)], as: .profile("baseline")).usable {
      #expect(reading.facts["percentiles"] == nil && reading.failure?.contains("--once") != true)
    }
  }
}
