import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Which series are held against their history")
struct SignalsTests {
  private func isJudged(
    _ measurement: MetricValue, beside others: [MetricValue] = [], budget: String = "version: 1"
  )
    throws -> Bool
  {
    try Check([measurement] + others, budget: budget).verdict().finding(measurement)?.regression != nil
  }

  @Test(
    "Of k6's own metrics the few a person would look at",
    arguments: [
      ("http_req_duration", "med", true), ("http_req_duration", "p95", true),
      ("http_req_duration", "p99", false), ("http_req_duration", "p90", false),
      ("http_req_duration", "max", false), ("http_req_duration", "min", false),
      ("http_req_duration", "count", false), ("http_req_waiting", "p95", false),
      ("iteration_duration", "p95", false), ("http_req_failed", "rate", true), ("checks", "rate", true),
      ("http_reqs", "rate", true), ("vus_max", "value", false), ("data_received", "count", false),
    ])
  func k6(metric: String, statistic: String, expected: Bool) throws {
    let requests = metric == "http_req_duration" ? [] : [p95(1)]
    #expect(try isJudged(value(metric, Statistic(rawValue: statistic), 1), beside: requests) == expected)
  }

  @Test(
    "Where a run makes no HTTP request its main times are looked at in their place",
    arguments: [
      "ws_connecting", "ws_session_duration", "grpc_req_duration", "browser_http_req_duration",
      "browser_web_vital_ttfb", "iteration_duration", "group_duration",
    ])
  func substitutes(metric: String) throws {
    #expect(try isJudged(value(metric, .p95, 1)))
    #expect(try !isJudged(value(metric, .maximum, 1)))
    #expect(try isJudged(value(metric, .p95, 1), beside: [p95(1)]) == (metric == "grpc_req_duration"))
  }

  @Test(
    "Of Lighthouse's the vitals, the weight and the score",
    arguments: [
      ("largest-contentful-paint", "value", true), ("total-byte-weight", "value", true),
      ("performance", "score", true), ("seo", "score", false), ("interactive", "value", false),
      ("resource.script", "size", false),
    ])
  func lighthouse(metric: String, statistic: String, expected: Bool) throws {
    let measured = value(
      metric, Statistic(rawValue: statistic), 0.9, of: "/", profile: "lighthouse-mobile")
    #expect(try isJudged(measured) == expected)
  }

  @Test("The average stands in where no percentile is there")
  func average() throws {
    let average = value("http_req_duration", .average, 100)
    #expect(try isJudged(average))
    #expect(try !isJudged(average, beside: [p95(200)]))
  }

  @Test("Custom rates and trends, whether the number of samples is known or not; no sub-metric by its tags")
  func custom() throws {
    let trend = value("pay_time", .p95, 10, unit: .milliseconds, better: .lower, samples: 200)
    #expect(try isJudged(trend))
    #expect(try isJudged(value("pay_time", .p95, 10, unit: .milliseconds, better: .lower)))
    #expect(try !isJudged(value("pay_time", .maximum, 10, unit: .milliseconds, better: .lower)))
    #expect(
      try !isJudged(value("pay_time{a:b}", .p95, 10, unit: .milliseconds, better: .lower, samples: 9)))
    #expect(try isJudged(value("pay_ok", .rate, 1, unit: .ratio, better: .higher)))
    #expect(try !isJudged(value("pay_ok{a:b}", .rate, 1, unit: .ratio, better: .higher)))
    #expect(try !isJudged(value("pay_things", .rate, 1, unit: .perSecond, better: .higher)))
  }

  @Test("A series with a budget is always judged, where it has a better way")
  func budgeted() throws {
    let budget = "defaults: { baseline: { max: 1s, throughput: \">= 1/s\", vus_max.value: \">= 5\" } }"
    #expect(try isJudged(value("http_req_duration", .maximum, 100), budget: budget))
    #expect(try isJudged(value("http_reqs", .rate, 100), budget: budget))
    #expect(try isJudged(value("vus_max", .value, 100), budget: budget))
  }

  @Test(
    "A percentile is judged where ten samples lie beyond it, budget or not",
    arguments: [
      (Statistic.p95, 200, true), (.p95, 199, false), (.p99, 1_000, true), (.p99, 999, false),
      (.median, 3, true),
    ])
  func resolved(statistic: Statistic, samples: Int, expected: Bool) throws {
    let measured = value("http_req_duration", statistic, 100, samples: samples)
    #expect(
      try isJudged(measured, budget: "defaults: { baseline: { med: 1s, p95: 1s, p99: 1s } }") == expected)
  }

  @Test("What has no better way is not judged, and named")
  func noDirection() throws {
    let measured = value("my_metric", .rate, 0.1, unit: .ratio)
    #expect(try !isJudged(measured))
    #expect(try Check([measured]).verdict().findings[0].notCompared == .noDirection)
    #expect(try Check([measured]).verdict().neverLookedFor.undirected == ["my_metric"])
  }

  @Test("A metric that is compared by another statistic is not named")
  func directed() throws {
    let trend = [value("render", .p95, 9, better: .lower), value("render", .count, 100)]
    #expect(try Check(trend).verdict().neverLookedFor.undirected.isEmpty)
  }

  @Test("A percentile of too few samples is named, with how many there are and would be enough")
  func thin() throws {
    let measured = value("http_req_duration", .p95, 100, samples: 150)
    #expect(try Check([measured]).verdict().findings[0].notCompared == .fewSamples(needed: 200))
    #expect(try Check([measured]).verdict().neverLookedFor.thin == [measured.series])
  }

  @Test("A part that was asked for apart is judged also where the run has one value of the tag")
  func loneSplit() throws {
    let part = value("http_req_duration{country:fr}", .p95, 10)
    var check = Check([part])
    #expect(try check.draft().evaluation.comparedSeries.isEmpty)
    check.runs[0].reading.facts["split_by"] = "country"
    #expect(try check.draft().evaluation.comparedSeries.keys.map(\.metric) == [part.series.metric])
  }

  @Test("Counts near the largest number do not end the check")
  func hugeCounts() throws {
    var check = Check([])
    check.runs = (0..<3).map { _ in run([value("http_req_failed", .rate, 1, samples: 1 << 62)]) }
    #expect(try check.verdict().findings.first?.hits == .max)
  }

  @Test("The parts that were asked for apart are judged, those that a threshold names are not")
  func split() throws {
    let parts = ["GET", "POST"].map {
      value("http_req_duration{method:\($0)}", .p95, 10, of: "/orders")
    }
    #expect(try !isJudged(parts[1]))
    let check = Check(parts + [value("http_req_duration{method:POST,status:200}", .p95, 10)])
    #expect(
      try check.draft().evaluation.comparedSeries.keys.map(\.metric).sorted() == parts.map(\.series.metric))
  }
}
