import SLOModel
import Testing

@testable import SLOReaders

@Suite("Artillery's reports")
struct ArtilleryTests {
  private let summary =
    #"{"min":1,"max":900.5,"count":30,"mean":55.25,"p50":40.9,"median":41.7,"p75":60,"p90":100,"p95":202.4,"p99":500,"p999":800.1}"#

  private func second(_ counters: String, _ summaries: String) -> String {
    """
    {"aggregate":{"counters":{\(counters)},"rates":{"http.request_rate":4},"firstCounterAt":1796046985000,\
    "lastCounterAt":1796046995000,"summaries":{\(summaries)}},"intermediate":[]}
    """
  }

  @Test("Version 2: what got no answer below 400 failed, out of all requests")
  func second() throws {
    let result = try LoadTexts.read(
      second(
        #""http.requests":40,"http.codes.200":20,"http.codes.302":4,"http.codes.503":6,"errors.ETIMEDOUT":10,"vusers.failed":10"#,
        "\"http.response_time\":\(summary)"), ext: "json")
    #expect(result.load("http_req_failed", .rate) == 16.0 / 40)
    #expect(result.load("http_reqs", .rate) == 4 && result.load("http_reqs", .count) == 40)
    #expect(
      result.load("http_req_duration", .p95) == 202.4 && result.load("http_req_duration", .average) == 55.25)
    #expect(result.load("http_req_duration", Statistic(rawValue: "p99.9")) == 800.1)
    #expect(result.usable.first?.measurement("http_req_duration", .p95)?.samples == 30)
    #expect(result.usable.first?.notices.first == "the report counts errors: ETIMEDOUT 10")
  }

  @Test("The plugin's figures are those of endpoints")
  func endpoints() throws {
    let plugin = "plugins.metrics-by-endpoint."
    let result = try LoadTexts.read(
      second(
        """
        "http.requests":12,"http.codes.200":11,"\(plugin)/v1.0/users/17?x=1.codes.200":6,\
        "\(plugin)/v1.0/users/17?x=1.codes.404":2,"\(plugin)/v1.0/users/17?x=1.errors.ECONNRESET":2,\
        "\(plugin)search.codes.200":2
        """,
        "\"http.response_time\":\(summary),\"\(plugin)response_time./v1.0/users/17?x=1\":\(summary)"),
      ext: "json")
    #expect(result.endpoints == ["*", "/v1.0/users/{id}", "search"])
    #expect(result.load("http_req_failed", .rate, "/v1.0/users/{id}") == 0.4)
    #expect(result.load("http_reqs", .rate, "/v1.0/users/{id}") == 1)
    #expect(result.load("http_req_duration", .p99, "/v1.0/users/{id}") == 500)
    #expect(result.load("http_req_duration", .p99, "search") == nil)
  }

  @Test("Version 1: latencies, codes and errors of the run as a whole")
  func first() throws {
    let result = try LoadTexts.read(
      """
      {"aggregate":{"requestsCompleted":60,"latency":{"min":10.7,"max":363.3,"median":106.2,"p95":308.5,"p99":null},\
      "rps":{"count":65,"mean":1.25},"errors":{"ECONNREFUSED":5},"codes":{"200":52,"500":8}},"intermediate":[]}
      """, ext: "json")
    #expect(result.load("http_req_failed", .rate) == 13.0 / 65 && result.load("http_reqs", .rate) == 1.25)
    #expect(
      result.load("http_req_duration", .median) == 106.2 && result.load("http_req_duration", .p99) == nil)
    #expect(result.usable.first?.source.format == "artillery-1")
  }

  @Test("A time below 0 is an error in its place; a run without a request is none")
  func faults() throws {
    let negative = try LoadTexts.read(
      second(#""http.requests":1,"http.codes.200":1"#, #""http.response_time":{"p95":-1}"#), ext: "json")
    #expect(
      negative.errors.first?.description.contains(
        "($.aggregate.summaries[\"http.response_time\"].p95): found -1") == true
        || negative.errors.first?.expected == "a time from 0 up")
    let empty = try LoadTexts.read(second(#""vusers.created":1"#, ""), ext: "json")
    #expect(empty.usable.first?.failure == "the run made no request and measured nothing else")
  }
}
