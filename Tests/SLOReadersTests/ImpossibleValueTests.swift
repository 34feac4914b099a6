import Foundation
import SLOModel
import Testing

@testable import SLOReaders

@Suite("Values that no measurement gives")
struct ImpossibleValueTests {
  private func fault(_ body: () throws -> Reading?) -> InputError? {
    do {
      _ = try body()
      return nil
    } catch {
      return error as? InputError
    }
  }

  private func read(_ text: String, _ name: String, profile: String?) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/" + name)
      return Readers.read(paths: [folder + "/" + name], as: profile.map { .profile($0) } ?? .kind(.page))
    }
  }

  // MARK: k6's summaries

  @Test(
    "A duration, count, size or share that cannot be is refused with its place, in every shape",
    arguments: [
      ("http_req_duration", "trend", "time", "p(95)", "-1e-06", "a time from 0 up"),
      ("http_req_duration", "trend", "time", "min", "-9223372036854.775", "a time from 0 up"),
      ("http_req_duration", "trend", "time", "count", "-1", "a number from 0 up"),
      ("buy", "trend", "time", "avg", "-3", "a time from 0 up"),
      ("sizes", "trend", "data", "max", "-3", "a size from 0 up"),
      ("http_reqs", "counter", "default", "count", "-5", "a number from 0 up"),
      ("http_reqs", "counter", "default", "rate", "-5", "a number from 0 up"),
      ("data_sent", "counter", "data", "count", "-5", "a size from 0 up"),
      ("vus", "gauge", "default", "value", "-1", "a number from 0 up"),
      ("checks", "rate", "default", "rate", "-0.1", "a share from 0 to 1"),
      ("checks", "rate", "default", "rate", "1.5", "a share from 0 to 1"),
      ("browser_web_vital_cls", "trend", "default", "p(95)", "-0.1", "a number from 0 up"),
    ])
  func summaries(
    metric: String, kind: String, contents: String, statistic: String, value: String, expected: String
  ) throws {
    let figures = #"{"\#(statistic)": \#(value)}"#
    let typed = #"{"type": "\#(kind)", "contains": "\#(contents)", "values": \#(figures)}"#
    let listed =
      #"{"name": "\#(metric)", "type": "\#(kind)", "contains": "\#(contents)", "values": \#(figures)}"#
    var texts = [
      #"{"metrics": {"\#(metric)": \#(typed)}}"#,
      #"{"version": "1.0.0", "results": {"metrics": [\#(listed)]}}"#,
    ]
    // The legacy export does not say what a custom metric contains.
    if MetricCatalogue.traits(of: metric) != nil {
      texts.append(#"{"metrics": {"\#(metric)": \#(figures)}}"#)
    }
    for text in texts {
      let fault = try #require(fault { try Fixtures.k6(text) })
      #expect(fault.kind == .malformed && fault.expected == expected && fault.found == value)
      #expect("\(fault)".contains(statistic == "p(95)" ? #"["p(95)"])"# : ".\(statistic))"))
    }
  }

  @Test(
    "What a script counts or measures without a unit may be below zero",
    arguments: [
      #""drift": {"type": "trend", "contains": "default", "values": {"p(95)": -5}}"#,
      #""level": {"type": "gauge", "contains": "default", "values": {"value": -5}}"#,
      #""balance": {"type": "counter", "contains": "default", "values": {"count": -5, "rate": -1}}"#,
      #""level": {"value": -5, "min": -6, "max": -1}"#, #""drift": {"avg": -5, "p(95)": -1}"#,
    ])
  func unitless(metric: String) throws {
    let text = #"{"metrics": {"http_reqs": {"count": 5, "rate": 1}, \#(metric)}}"#
    #expect(try Fixtures.k6(text)?.measurements.contains { $0.value < 0 } == true)
  }

  @Test(
    "The length and the end of a run are held against what can be",
    arguments: [
      (
        #"{"state": {"testRunDurationMs": -1}, "metrics": {"vus": {"type": "gauge", "values": {"value": 1}}}}"#,
        "$.state.testRunDurationMs"
      ),
      (
        #"{"version": "1.0.0", "config": {"duration": -1}, "results": {"metrics": [{"name": "vus", "type": "gauge", "values": {"value": 1}}]}}"#,
        "$.config.duration"
      ),
      (
        #"{"version": "1.0.0", "metadata": {"generated_at": "1970-01-01T00:00:00Z"}, "results": {"metrics": [{"name": "vus", "type": "gauge", "values": {"value": 1}}]}}"#,
        "$.metadata.generated_at"
      ),
      (
        #"{"version": "1.0.0", "metadata": {"generated_at": "2101-01-01T00:00:00Z"}, "results": {"metrics": [{"name": "vus", "type": "gauge", "values": {"value": 1}}]}}"#,
        "$.metadata.generated_at"
      ),
    ])
  func runs(text: String, path: String) throws {
    let fault = try #require(fault { try Fixtures.k6(text) })
    #expect("\(fault)".contains("(\(path))"))
  }

  // MARK: Raw samples

  private func line(_ metric: String, _ value: String, _ time: String = "2026-11-20T23:17:12Z") -> String {
    #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(time)","value":\#(value),"tags":{}}}"# + "\n"
  }

  private let declarations =
    #"{"type":"Metric","data":{"name":"buy","type":"trend","contains":"time"},"metric":"buy"}"# + "\n"
    + #"{"type":"Metric","data":{"name":"drift","type":"trend","contains":"default"},"metric":"drift"}"#
    + "\n"

  @Test(
    "A sample that cannot be is refused with its line, the first of them, in both formats",
    arguments: ["http_req_duration", "http_reqs", "buy", "vus"])
  func samples(metric: String) throws {
    let good = line("http_req_duration", "5") + line("drift", "-1")
    let bad = line(metric, "-0.000001")
    let text = declarations + String(repeating: good, count: 40_000) + bad + good + bad + good
    let result = try read(text, "samples.json", profile: "baseline")
    #expect(result.errors.map(\.place) == [.text(line: 80_003, column: 1, path: nil)])
    #expect(result.errors.first?.found == "the value -1e-06" && result.usable.isEmpty)
    guard metric != "buy" else { return }
    let header = "metric_name,timestamp,metric_value,name,extra_tags\n"
    let row = "http_req_duration,1795216632,5.000000,a,\n"
    let table = header + String(repeating: row, count: 7) + "\(metric),1795216632,-0.000001,a,\n" + row
    let errors = try read(table, "samples.csv", profile: "baseline").errors
    #expect(errors.map(\.place) == [.text(line: 9, column: 1, path: nil)])
  }

  @Test("Samples of a metric without a unit may be below zero, and of a rate too")
  func unitlessSamples() throws {
    let text = declarations + line("http_reqs", "1") + line("drift", "-1") + line("checks", "-1")
    let result = try read(text, "samples.json", profile: "baseline")
    #expect(result.errors.isEmpty && result.usable.first?.value("drift", .minimum) == -1)
  }

  @Test(
    "A sample of a time that cannot be is refused with its line",
    arguments: ["1999-12-31T23:59:59Z", "2101-01-01T00:00:00Z", "1970-01-01T00:00:00Z"])
  func times(time: String) throws {
    let text = line("http_reqs", "1") + line("http_reqs", "1", time) + line("http_reqs", "1")
    let errors = try read(text, "samples.json", profile: "baseline").errors
    #expect(errors.map(\.place) == [.text(line: 2, column: 1, path: nil)])
    #expect(errors.first?.found.hasPrefix("the time " + time.prefix(19)) == true)
  }

  // MARK: Lighthouse

  private func report(_ audit: String, score: String = "0.9", time: String = "2026-05-01T08:00:00.000Z")
    -> String
  {
    #"{"lighthouseVersion": "12.6.1", "requestedUrl": "https://a.example/", "fetchTime": "\#(time)", "audits": {\#(audit)}, "categories": {"performance": {"score": \#(score)}}}"#
  }

  @Test(
    "A figure, score or time of a report that cannot be is refused with its place",
    arguments: [
      (
        #""largest-contentful-paint": {"numericValue": -50, "numericUnit": "millisecond"}"#, "0.9",
        "$.audits.largest-contentful-paint.numericValue"
      ),
      (
        #""total-byte-weight": {"numericValue": -1, "numericUnit": "byte"}"#, "0.9",
        "$.audits.total-byte-weight.numericValue"
      ),
      (
        #""cumulative-layout-shift": {"numericValue": -0.1, "numericUnit": "unitless"}"#, "0.9",
        "$.audits.cumulative-layout-shift.numericValue"
      ),
      (
        #""dom-size": {"numericValue": -1, "numericUnit": "element"}"#, "0.9",
        "$.audits.dom-size.numericValue"
      ),
      (
        #""resource-summary": {"details": {"items": [{"resourceType": "total", "transferSize": -1}]}}"#,
        "0.9", "$.audits.resource-summary.details.items[0].transferSize"
      ),
      (
        #""resource-summary": {"details": {"items": [{"resourceType": "total", "requestCount": -1}]}}"#,
        "0.9", "$.audits.resource-summary.details.items[0].requestCount"
      ),
      ("", "1.01", "$.categories.performance.score"), ("", "-0.1", "$.categories.performance.score"),
    ])
  func lighthouse(audit: String, score: String, path: String) throws {
    let errors = try read(report(audit, score: score), "lhr.json", profile: nil).errors
    let places = errors.map { "\($0)".replacing("[\"", with: ".").replacing("\"]", with: "") }
    #expect(places.map { $0.contains("(\(path))") } == [true], "\(errors)")
  }

  @Test("A saving, and a figure nobody knows the unit of, may be below zero")
  func savings() throws {
    let audits =
      #""prioritize-lcp-image": {"numericValue": -17.28, "numericUnit": "millisecond", "details": {"type": "opportunity"}}, "odd": {"numericValue": -1, "numericUnit": "unitless"}"#
    let result = try read(report(audits), "lhr.json", profile: nil)
    #expect(result.errors.isEmpty && result.usable.first?.measurements.count == 3)
  }

  @Test(
    "A report of a time that cannot be is refused",
    arguments: ["1970-01-01T00:00:00.000Z", "2150-01-01T00:00:00.000Z"])
  func reportTimes(time: String) throws {
    let errors = try read(report("", time: time), "lhr.json", profile: nil).errors
    #expect(errors.map { "\($0)".contains("($.fetchTime)") } == [true])
  }
}
