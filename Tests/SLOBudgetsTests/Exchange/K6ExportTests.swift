import Testing

@testable import SLOBudgets

@Suite("Budgets as k6 thresholds")
struct K6ExportTests {
  private func thresholds(_ text: String, _ change: (inout ExportOptions) -> Void = { _ in }) throws
    -> [String: [String]]
  {
    let json = try exported(.k6, text) {
      $0.profile = "baseline"
      change(&$0)
    }.json()
    return try #require((json as? [String: Any])?["thresholds"] as? [String: [String]])
  }

  @Test("A limit is a condition on the sub-metric of its endpoint; defaults reach the endpoints with a name")
  func effective() throws {
    let text = """
      defaults: { baseline: { p95: 400ms, error_rate: 1%, throughput: ">= 5/s" } }
      endpoints: { search: { baseline: { p95: 500ms } }, login: { match: { name: in }, baseline: { p99: "<= 1s" } } }
      """
    #expect(
      try thresholds(text) { $0.endpoints = ["cart", "search"] } == [
        "http_req_duration": ["p(95)<400"], "http_req_failed": ["rate<0.01"],
        "http_reqs": ["rate>=5", "count>0"],
        "http_req_duration{endpoint:search}": ["p(95)<500"],
        "http_req_failed{endpoint:search}": ["rate<0.01"],
        "http_reqs{endpoint:search}": ["count>0"],
        "http_req_duration{name:in}": ["p(99)<=1000", "p(95)<400"],
        "http_req_failed{name:in}": ["rate<0.01"], "http_reqs{name:in}": ["count>0"],
        "http_req_duration{endpoint:cart}": ["p(95)<400"], "http_req_failed{endpoint:cart}": ["rate<0.01"],
      ])
  }

  @Test("Tags of a metric and of its endpoint stand together; another tag may name endpoints")
  func tags() throws {
    let text = """
      endpoints:
        search: { baseline: { "http_req_duration{expected_response:true}.med": 1s } }
        gets: { match: { method: GET, status: 200 }, baseline: { p95: 1s } }
      """
    #expect(
      try thresholds(text) { $0.endpointTag = "route" } == [
        "http_req_duration{expected_response:true,route:search}": ["med<1000"],
        "http_reqs{route:search}": ["count>0"], "http_req_duration{method:GET,status:200}": ["p(95)<1000"],
        "http_reqs": ["count>0"],
      ])
  }

  @Test("A summary has every percentile that has a limit or stands in a rule")
  func statistics() throws {
    let text = "defaults: { baseline: { p99.9: 1s, p75: 1s } }\nrules: [baseline.p50 <= 2 * baseline.min]"
    let json = try exported(.k6, text) { $0.profile = "baseline" }.json() as? [String: Any]
    #expect(
      json?["summaryTrendStats"] as? [String] == [
        "avg", "min", "med", "max", "p(50)", "p(75)", "p(90)", "p(95)", "p(99)", "p(99.9)", "count",
      ])
  }

  @Test(
    "What k6 would read as another name is no selector", arguments: ["a,b", " a", "a\n", "'a'", "a\"", ""])
  func unselectable(name: String) {
    #expect(K6Export.selector("m", ["endpoint": name]) == nil)
  }

  @Test(
    "Braces, colons, quotes and blanks inside are part of a name",
    arguments: ["a{b}", "::a:b", "a'b\" c", "é\\"])
  func selectable(name: String) {
    #expect(K6Export.selector("m", ["endpoint": name]) == "m{endpoint:\(name)}")
  }

  @Test("What an endpoint need not have does not fail it, and a limit that only warns is no threshold")
  func leftOut() throws {
    let text = """
      defaults: { baseline: { p95: { warn: 1s }, vus_max.value: ">= 50", paid.count: ">= 5", med: 1s } }
      endpoints: { a: { baseline: { max: 9s } } }
      """
    let found = try thresholds(text)
    #expect(found["http_req_duration{endpoint:a}"] == ["max<9000", "med<1000"])
    #expect(found["vus_max"] == ["value>=50"] && found["paid"] == ["count>=5"])
    #expect(found["vus_max{endpoint:a}"] == nil && found["paid{endpoint:a}"] == nil)
    let notes = try exported(.k6, text).notes.joined()
    #expect(notes.contains("k6 has no thresholds that warn"))
    #expect(notes.contains("a paid.count >= 5: k6 would fail an endpoint that has none of it"))
  }

  @Test("A module of another name says how it is imported")
  func module() throws {
    let export = try exported(.k6, "defaults: { baseline: { p95: 1s } }") { $0.fileName = "limits.js" }
    #expect(export.files[1].name == "limits.js")
    #expect(export.files[1].text.contains("import budgets from './limits.js';"))
  }
}
