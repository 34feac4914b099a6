import SLOBudgets
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Budgets and history of one thing under its names")
struct NamesTests {
  private static let orders = #"endpoints: { "/orders": { baseline: { p95: 100ms } } }"#

  @Test(
    "A limit on a path holds for each of its methods, and on each host that no file names",
    arguments: [
      ("GET /orders", 101.0, Finding.Outcome.over), ("POST /orders", 101, .over), ("POST /orders", 90, .ok),
      ("shop.example/orders", 101, .over), ("POST shop.example/orders", 101, .over),
      ("/orders?page=2", 101, .over),
    ])
  func reach(endpoint: String, number: Double, outcome: Finding.Outcome) throws {
    let verdict = try Check([p95(50), p95(number, of: endpoint)], budget: Self.orders).verdict()
    #expect(verdict.p95Outcome(of: endpoint) == outcome)
    #expect(verdict.gaps.filter { $0.contains("missing") }.isEmpty)
  }

  @Test("A limit on one method goes before that on the path; a named host is another path")
  func precedence() throws {
    let budget =
      Self.orders.dropLast()
      + #", "POST /orders": { baseline: { p95: 200ms } }, "/*": { baseline: { p95: 1s } } }"#
      + "\nhosts: { admin.example: eu.admin }"
    let check = Check(
      [p95(150, of: "GET /orders"), p95(150, of: "POST /orders"), p95(150, of: "eu.admin/orders")],
      budget: String(budget))
    let verdict = try check.verdict()
    #expect(verdict.p95Outcome(of: "GET /orders") == .over)
    #expect(verdict.p95Outcome(of: "POST /orders") == .ok)
    #expect(verdict.finding(p95(0, of: "eu.admin/orders"))?.budget == nil)
  }

  @Test("A metric that one method has is not missed of the other; one that none has is")
  func missing() throws {
    let budget = #"endpoints: { "/orders": { baseline: { p95: 100ms, pay_time.p95: 100 } } }"#
    let both = [p95(9, of: "GET /orders"), p95(9, of: "POST /orders")]
    let custom = value("pay_time", .p95, 9, of: "POST /orders")
    let verdict = try Check(both + [custom], budget: budget).verdict()
    #expect(verdict.findings.filter { $0.outcome == .missing }.isEmpty)
    #expect(try Check(both, budget: budget).verdict().findings.contains { $0.outcome == .missing })
  }

  @Test("An endpoint whose name another tag has is judged where it is")
  func subMetrics() throws {
    let budget = "endpoints: { pay: { match: { scenario: checkout }, baseline: { p95: 100ms } } }"
    let part = value("http_req_duration{scenario:checkout}", .p95, 101, unit: .milliseconds, better: .lower)
    var check = Check([p95(9, of: "checkout"), part], budget: budget)
    check.runs[0].reading.endpointTags = ["checkout": "name"]
    #expect(try check.verdict().finding(part)?.outcome == .over)
    #expect(try check.verdict().p95Outcome(of: "checkout") == .recorded)
  }

  @Test("What --split-by keeps apart is held against its history, where it is apart")
  func split() throws {
    func part(_ method: String, of endpoint: String = "orders") -> MetricValue {
      value(
        "http_req_duration{method:\(method)}", .p95, 60, of: endpoint, unit: .milliseconds, better: .lower)
    }
    func compared(_ measurements: [MetricValue]) throws -> Set<Series> {
      Set(try Check(measurements).draft().evaluation.comparedSeries.keys)
    }
    #expect(try compared([part("GET"), part("POST")]) == [part("GET").series, part("POST").series])
    #expect(try compared([part("GET"), part("POST", of: "other")]).isEmpty)
    let claimed = value("http_req_duration{scenario:checkout}", .p95, 9, unit: .milliseconds, better: .lower)
    #expect(try compared([claimed]) == [claimed.series])
    let expected = value(
      "http_req_duration{expected_response:true}", .p95, 9, unit: .milliseconds, better: .lower)
    #expect(try compared([expected]).isEmpty)
  }

  @Test("A name that was another thing's is reported, unless that thing is measured too")
  func otherTag() throws {
    var check = Check([p95(9, of: "checkout")])
    check.runs[0].reading.endpointTags = ["checkout": "scenario"]
    check.windows = ["baseline": window([p95(0).series: calm])]
    check.windows["baseline"]?.otherTags = ["checkout": ["name"]]
    let warnings = try check.verdict().warnings
    #expect(warnings.contains { $0.contains("'checkout' was named by the tag name") })
    check.runs[0].reading.measurements.append(
      value("http_req_duration{name:checkout}", .p95, 9, unit: .milliseconds, better: .lower))
    #expect(try check.verdict().warnings.filter { $0.contains("named by the tag") }.isEmpty)
  }
}
