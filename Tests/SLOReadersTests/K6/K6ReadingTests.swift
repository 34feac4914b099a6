import SLOModel
import Testing

@testable import SLOReaders

@Suite("Reading k6 summaries")
struct K6ReadingTests {
  private func read(_ name: String) throws -> Reading {
    let result = Readers.read(paths: [Fixtures.path("k6/" + name)], as: .profile("baseline"))
    #expect(result.errors.map(\.description) == [])
    return try #require(result.usable.first)
  }

  @Test("The three shapes are distinguished by their content")
  func formats() throws {
    #expect(try read("baseline-summary-export.json.gz").source.format == "k6-summary-export")
    #expect(try read("baseline-handle-summary.json").source.format == "k6-handle-summary")
    #expect(try read("baseline-machine-readable.json").source.format == "k6-summary-1.0.0")
  }

  @Test("Legacy export and handleSummary of one run give the same figures")
  func sameRun() throws {
    let legacy = try read("baseline-summary-export.json.gz")
    let typed = try read("baseline-handle-summary.json")
    let values = { (reading: Reading) in
      Dictionary(uniqueKeysWithValues: reading.measurements.map { ($0.series, $0.value) })
    }
    #expect(values(legacy) == values(typed))
    #expect(Set(legacy.thresholds) == Set(typed.thresholds))
  }

  @Test("k6 0.29 writes 0 for every rate: the counts are right")
  func recomputedRates() throws {
    let reading = try read("v0.29.0-summary-export.json")
    let checks = try #require(reading.measurement("checks", .rate))
    #expect(checks.value > 0.9 && checks.samples ?? 0 > 400)
  }

  @Test(
    "A run without a request is a failed run",
    arguments: ["zero-summary-export.json", "zero-handle-summary.json"])
  func noTraffic(name: String) throws {
    let reading = try read(name)
    #expect(reading.failure == "the run made no request and measured nothing else")
    #expect(reading.value("http_req_duration", .p95) == nil)
    #expect(reading.value("http_req_duration", .p95, endpoint: "search") == nil)
    #expect(reading.value("http_req_failed", .rate) == nil)
    #expect(reading.value("never_time", .p95) == nil)
    #expect(reading.value("iteration_duration", .maximum) == 50.472739)
    #expect(reading.thresholds.contains { $0.expression == "p(95)<100" && $0.passed == true })
  }

  @Test("So is one whose setup threw")
  func setupFailed() throws {
    #expect(try read("setup-failed-summary-export.json").failure != nil)
  }

  @Test("A run without HTTP is a good run; null is missing")
  func customMetricsOnly() throws {
    for name in ["odd-values-summary-export.json", "odd-values-handle-summary.json"] {
      let reading = try read(name)
      #expect(reading.failure == nil)
      #expect(reading.value("inf_trend", .median) == 7.75)
      #expect(reading.value("inf_trend", .p50) == 7.75)
      #expect(reading.value("inf_trend", .maximum) == nil)
      #expect(reading.value("inf_gauge", .value) == nil)
      #expect(reading.value("huge_trend", .minimum) == .leastNonzeroMagnitude)
      #expect(reading.value("neg_counter", .count) == -1.5)
    }
  }

  @Test("Refused connections keep their zeros: there were requests")
  func refused() throws {
    let reading = try read("connection-refused-summary-export.json")
    #expect(reading.failure == nil)
    #expect(reading.measurement("http_req_duration", .p95)?.value == 0)
    #expect(reading.measurement("http_req_duration", .p95)?.samples == 120)
    #expect(reading.value("http_req_failed", .rate) == 1)
  }

  @Test("Only the statistics asked for are there; the median has both its names")
  func onlyMedianAndCount() throws {
    let reading = try read("only-p50-count-summary-export.json")
    let given = reading.measurements.filter {
      $0.series.metric == "http_req_duration" && $0.series.endpoint == "*"
    }
    #expect(Set(given.map(\.series.statistic)) == [.p50, .median, .count])
    #expect(given.first { $0.series.statistic == .count }?.unit == .count)
  }

  @Test("The machine-readable summary gives checks under their usual name, rates of counters, and times")
  func machineReadable() throws {
    let reading = try read("baseline-machine-readable.json")
    let duration = try #require(reading.duration)
    #expect(reading.value("checks", .rate) == reading.value("checks_succeeded", .rate))
    #expect(reading.value("checks", .rate) != nil && reading.value("checks_total", .count) != nil)
    let requests = try #require(reading.value("http_reqs", .count))
    #expect(reading.value("http_reqs", .rate) == requests / duration)
    #expect(reading.toolVersion == "2.2.0" && reading.startedAt != nil && reading.thresholds.isEmpty)
  }

  @Test("Duration comes from the clock of the run, else from a counter")
  func duration() throws {
    #expect(try Fixtures.k6(#"{"metrics":{"iterations":{"count":20,"rate":4}}}"#)?.duration == 5)
    #expect(
      try Fixtures.k6(#"{"metrics":{"iterations":{"count":0,"rate":0},"x":{"count":6,"rate":2}}}"#)?.duration
        == 3)
    #expect(
      try Fixtures.k6(
        #"{"metrics":{"iterations":{"count":20,"rate":4}},"state":{"testRunDurationMs":1500}}"#)?.duration
        == 1.5)
  }

  @Test("A built-in name settles the kind a trimmed metric leaves open")
  func trimmed() throws {
    let reading = try Fixtures.k6(
      #"{"metrics":{"http_reqs":{"count":8},"http_req_failed":{"value":0.25},"own":{"count":4}}}"#)
    #expect(reading?.measurement("http_reqs", .count)?.better == .higher)
    #expect(reading?.value("http_req_failed", .rate) == 0.25)
    #expect(reading?.measurement("own", .count)?.samples == 4)
  }

  @Test(
    "Nested values whose type was trimmed away are read by their keys, and a user's own note is none of ours")
  func withoutTypes() throws {
    let text = """
      {"metrics": {
        "note": "hello",
        "http_reqs": {"values": {"count": 10, "rate": 2}},
        "http_req_failed": {"values": {"passes": 5, "fails": 5, "rate": 0.5}},
        "http_req_duration": {"values": {"avg": 3, "p(95)": 7}},
        "paid": {"values": {"passes": 3, "fails": 1}}}}
      """
    let reading = try #require(try Fixtures.k6(text))
    #expect(reading.source.format == "k6-handle-summary" && reading.failure == nil)
    #expect(reading.measurement("http_req_failed", .rate)?.value == 0.5)
    #expect(reading.measurement("http_req_duration", .p95)?.value == 7)
    #expect(reading.measurement("paid", .rate)?.value == 0.75)
    #expect(reading.measurement("http_reqs", .count)?.value == 10)
  }

  @Test("A duration beyond reason gives no start", arguments: ["1e300", "1e15"])
  func absurdDuration(seconds: String) throws {
    let reading = try Fixtures.k6(
      #"{"version":"1.0.0","metadata":{"generated_at":"2026-01-01T00:00:00Z"},"config":{"duration":"#
        + seconds
        + #"},"results":{"metrics":[{"name":"http_reqs","type":"counter","values":{"count":3}}]}}"#)
    #expect(reading?.startedAt == nil)
  }

  @Test("A rate too small to divide by gives no duration, a duration too short no rate")
  func infiniteQuotients() throws {
    let reading = try Fixtures.k6(#"{"metrics":{"iterations":{"count":20,"rate":5e-324}}}"#)
    #expect(reading != nil && reading?.duration == nil)
    let short = try Fixtures.k6(
      #"{"version":"1.0.0","config":{"duration":5e-324},"#
        + #""results":{"metrics":[{"name":"http_reqs","type":"counter","values":{"count":3}}]}}"#)
    #expect(short?.value("http_reqs", .count) == 3 && short?.value("http_reqs", .rate) == nil)
  }

  @Test("Counts up to 2^53 are exact and their sums fit")
  func largestCount() throws {
    let reading = try Fixtures.k6(
      #"{"metrics":{"http_req_failed":{"passes":0,"fails":9007199254740992},"spent":{"count":1e18,"rate":1}}}"#
    )
    #expect(reading?.measurement("http_req_failed", .rate)?.samples == 1 << 53)
    #expect(reading?.value("spent", .count) == 1e18)
  }

  @Test("A custom total below zero is a value, never a number of samples")
  func negativeCount() throws {
    let reading = try Fixtures.k6(#"{"metrics":{"own":{"count":-4},"http_reqs":{"count":1,"rate":1}}}"#)
    #expect(reading?.value("own", .count) == -4)
    #expect(reading?.measurement("own", .count)?.samples == nil)
  }

  @Test("Checks under two names are one series at every endpoint")
  func checksTwice() throws {
    let reading = try #require(
      try Fixtures.k6(
        #"{"results":{"metrics":[{"name":"checks{endpoint:a}","type":"rate","values":{"matches":1,"total":2}},"#
          + #"{"name":"checks_succeeded{endpoint:a}","type":"rate","values":{"matches":1,"total":2}},"#
          + #"{"name":"checks_succeeded","type":"rate","values":{"matches":3,"total":4}}]}}"#))
    #expect(reading.repeatedSeries == [])
    #expect(reading.value("checks", .rate, endpoint: "a") == 0.5)
    #expect(reading.value("checks", .rate) == 0.75)
  }

  @Test("Units come from the catalogue, from what the script declared, else from the name")
  func units() throws {
    let legacy = try #require(
      try Fixtures.k6(
        #"{"metrics":{"http_req_waiting":{"avg":1},"db_duration":{"avg":1},"size":{"avg":1},"data_sent":{"count":1,"rate":1}}}"#
      ))
    #expect(legacy.measurement("http_req_waiting", .average)?.unit == .milliseconds)
    #expect(legacy.measurement("db_duration", .average)?.unit == .milliseconds)
    #expect(legacy.measurement("size", .average)?.unit == .unitless)
    #expect(legacy.measurement("data_sent", .count)?.unit == .bytes)
    #expect(legacy.measurement("data_sent", .rate)?.unit == .perSecond)
    let typed = try #require(
      try Fixtures.k6(
        #"{"metrics":{"t":{"type":"trend","contains":"time","values":{"avg":1}},"b":{"type":"trend","contains":"data","values":{"avg":1}},"payload_errors":{"type":"rate","contains":"default","values":{"passes":1,"fails":3}}}}"#
      ))
    #expect(typed.measurement("t", .average)?.unit == .milliseconds)
    #expect(typed.measurement("b", .average)?.unit == .bytes)
    #expect(typed.measurement("payload_errors", .rate)?.better == .lower)
    #expect(typed.measurement("payload_errors", .rate)?.value == 0.25)
  }

  @Test(
    "A summary is found under keys of the user's own, or with everything else cut away",
    arguments: [
      #"{"metrics":{"http_reqs":{"count":3,"rate":1}}}"#,
      #"{"service":"x","build":7,"k6":{"metrics":{"http_reqs":{"count":3,"rate":1}},"note":null}}"#,
      #"{"a":{"b":{"c":{"metrics":{"http_reqs":{"type":"counter","values":{"count":3,"rate":1}}}}}}}"#,
      #"{"http_reqs":{"type":"counter","contains":"default","values":{"count":3,"rate":1}}}"#,
      #"{"metrics":[{"name":"http_reqs","type":"counter","values":{"count":3,"rate":1}}],"checks":{"metrics":[]}}"#,
      #"{"version":"1.2.0","metadata":{"k6Version":"3.0.0","generatedAt":"2026-01-01T00:00:00Z"},"config":{"duration":3},"results":{"metrics":[{"name":"http_reqs","type":"counter","values":{"count":3}}]}}"#,
    ])
  func wrapped(text: String) throws {
    let reading = try #require(try Fixtures.k6(text))
    #expect(reading.value("http_reqs", .count) == 3)
    #expect(reading.value("http_reqs", .rate) == 1)
  }

  @Test(
    "What is wrong in a metric is named with its path",
    arguments: [
      (#"{"metrics":{"http_reqs":{"count":"12","rate":1}}}"#, "$.metrics.http_reqs.count", "a number"),
      (
        #"{"metrics":{"http_reqs":{"count":1e999,"rate":1}}}"#, "$.metrics.http_reqs.count",
        "a double can hold"
      ),
      (#"{"metrics":{"http_reqs":7}}"#, "$.metrics.http_reqs", "an object"),
      (#"{"metrics":{"checks":{"passes":-1,"fails":2}}}"#, "$.metrics.checks", "counts from 0 up"),
      (#"{"metrics":{"checks":{"passes":9.2e18,"fails":0}}}"#, "$.metrics.checks", "counts up to 2^53"),
      (#"{"metrics":{"x":{"avg":1,"count":9.2e18}}}"#, "$.metrics.x.count", "counts up to 2^53"),
      (
        #"{"metrics":{"http_reqs":{"count":1e17,"rate":1}}}"#, "$.metrics.http_reqs.count",
        "counts up to 2^53"
      ),
      (#"{"metrics":{"x":{"type":"odd","values":{"count":1}}}}"#, "$.metrics.x.type", "trend, rate"),
      (
        #"{"metrics":{"vus":{"value":1,"thresholds":{"value<3":"no"}}}}"#,
        "$.metrics.vus.thresholds[\"value<3\"]", "true or false"
      ),
      (#"{"version":"2.0.0","results":{"metrics":[]}}"#, "$.version", "schema version 1.x"),
      (
        #"{"a":{"metrics":{"vus":{"value":1}}},"b":{"metrics":{"vus":{"value":1}}}}"#, "$.b",
        "one summary a file"
      ),
    ])
  func wrong(text: String, path: String, expected: String) throws {
    let error = #expect(throws: InputError.self) {
      guard let reading = try Fixtures.k6(text) else { return }
      Issue.record("\(reading.measurements)")
    }
    #expect(error?.expected.contains(expected) == true, "\(error?.description ?? "")")
    guard case .text(_, _, let place) = error?.place else { return }
    #expect(place == path)
  }

  @Test("Old thresholds in JavaScript are kept as they are")
  func oldThresholds() throws {
    let reading = try Fixtures.k6(
      #"{"metrics":{"vus":{"value":1,"thresholds":{"value < 3 && true":true,"max<9":false}}}}"#)
    #expect(
      reading?.thresholds == [
        Reading.Threshold(endpoint: "*", metric: "vus", expression: "value < 3 && true", passed: false),
        Reading.Threshold(endpoint: "*", metric: "vus", expression: "max<9", passed: true),
      ])
  }
}
