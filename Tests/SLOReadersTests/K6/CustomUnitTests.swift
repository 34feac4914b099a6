import SLOModel
import SLOStatistics
import Testing

@testable import SLOReaders

@Suite("Units of custom metrics")
struct CustomUnitTests {
  private func summary(_ name: String, contains: String?, type: String = "trend", _ values: String) -> String
  {
    let contents = contains.map { #""contains": "\#($0)", "# } ?? ""
    return """
      {"metrics": {"http_reqs": {"type": "counter", "contains": "default", "values": {"count": 9, "rate": 1}},
        "\(name)": {"type": "\(type)", \(contents)"values": {\(values)}}}, "root_group": {}}
      """
  }

  private func read(_ text: String, _ options: ReadOptions = ReadOptions()) throws -> Reading {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/s.json")
      let result = Readers.read(paths: [folder + "/s.json"], as: .profile("baseline"), options: options)
      #expect(result.errors.map(\.description) == [])
      return try #require(result.readings.first)
    }
  }

  @Test(
    "A trend has the unit of its name, and its values become canonical",
    arguments: [
      ("render_seconds", "default", 3_200, .milliseconds), ("render_us", "default", 0.0032, .milliseconds),
      ("payload_kb", "default", 3_200, .bytes), ("pool_percent", "default", 0.032, .ratio),
      ("pool_ratio", "default", 3.2, .ratio), ("render_seconds", nil, 3_200, .milliseconds),
      ("render_seconds", "time", 3.2, .milliseconds), ("render_seconds", "data", 3.2, .bytes),
      ("frames_per_s", "default", 3.2, .unitless), ("other", "default", 3.2, .unitless),
    ] as [(String, String?, Double, MetricUnit)])
  func names(name: String, contains: String?, value: Double, unit: MetricUnit) throws {
    let text = summary(name, contains: contains, #""avg": 3.2, "p(95)": 3.2, "count": 9"#)
    let found = try #require(try read(text).measurement(name, .p95))
    #expect((found.value, found.unit) == (value, unit))
    #expect(try read(text).measurement(name, .count)?.value == 9)
  }

  @Test("A gauge has it too, a share is one already, and a total of percents is none")
  func kinds() throws {
    let gauge = summary(
      "pool_percent", contains: "default", type: "gauge", #""value": 71, "min": 65, "max": 71"#)
    #expect(try read(gauge).measurement("pool_percent", .value)?.value == 0.71)
    let rate = summary(
      "hit_percent", contains: "default", type: "rate", #""rate": 0.5, "passes": 5, "fails": 5"#)
    #expect(try read(rate).measurement("hit_percent", .rate)?.value == 0.5)
    let total = summary("sum_percent", contains: "default", type: "counter", #""count": 71, "rate": 7"#)
    #expect(try read(total).measurement("sum_percent", .count)?.value == 71)
    let size = summary("sent_kb", contains: "default", type: "counter", #""count": 2, "rate": 1"#)
    #expect(try read(size).measurement("sent_kb", .count)?.value == 2_000)
  }

  @Test("What is declared goes before name and contents")
  func declared() throws {
    var options = ReadOptions()
    options.metrics = [
      "render_seconds": DeclaredMetric(unit: SourceUnit(named: "ms"), better: .higher),
      "level": DeclaredMetric(unit: SourceUnit(named: "percent")),
    ]
    let trend = summary("render_seconds", contains: "default", #""avg": 3.2, "p(95)": 3.2"#)
    let found = try #require(try read(trend, options).measurement("render_seconds", .p95))
    #expect((found.value, found.unit, found.better) == (3.2, .milliseconds, .higher))
    let gauge = summary("level", contains: "default", type: "gauge", #""value": 71"#)
    #expect(try read(gauge, options).measurement("level", .value)?.value == 0.71)
  }

  @Test("Raw samples give the same, and a distribution in the same unit")
  func samples() throws {
    let time = { (second: Int) in "2026-11-20T10:00:0\(second).000Z" }
    let lines = (0..<5).map { index in
      #"{"metric":"render_seconds","type":"Point","data":{"time":"\#(time(index))","value":\#(index),"tags":{}}}"#
        + "\n"
        + #"{"metric":"http_reqs","type":"Point","data":{"time":"\#(time(index))","value":1,"tags":{}}}"#
    }
    let declaration =
      #"{"type":"Metric","data":{"name":"render_seconds","type":"trend","contains":"default","thresholds":[],"submetrics":null},"metric":"render_seconds"}"#
    let reading = try read(([declaration] + lines).joined(separator: "\n") + "\n")
    let median = try #require(reading.measurement("render_seconds", .median))
    #expect((median.value, median.unit) == (2_000, .milliseconds))
    let distribution = try #require(reading.distributions.first { $0.metric == "render_seconds" })
    #expect(distribution.unit == .milliseconds)
    #expect(
      distribution.sketch.max == 4_000 && distribution.sketch.min == 0 && distribution.sketch.count == 5)
  }
}
