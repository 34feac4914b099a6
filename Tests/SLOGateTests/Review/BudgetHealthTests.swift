import SLOBudgets
import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

@Suite("A history makes budgets doubtful")
struct BudgetHealthTests {
  private func kinds(_ budget: String, count: Int = 8) throws -> [LintFinding.Kind] {
    let series = [
      p95(0).series: noisy(count), p95(0, of: "a").series: noisy(count, at: 100),
      p95(0, of: "b").series: noisy(count, at: 390),
    ]
    return BudgetHealth(try replays(series, budget: budget)).findings.map(\.kind)
  }

  @Test("Limits near what is measured are nothing to speak of")
  func fine() throws {
    #expect(
      try kinds("defaults: { baseline: { p95: 450ms } }\nendpoints: { a: { baseline: { p95: 150ms } } }")
        == [])
  }

  @Test("Three times the worst value is slack; a default that one endpoint comes near is not")
  func slack() throws {
    #expect(try kinds("endpoints: { a: { baseline: { p95: 320ms } } }") == [.limitSlack])
    #expect(try kinds("endpoints: { a: { baseline: { p95: 300ms } } }") == [])
    #expect(try kinds("defaults: { baseline: { p95: 900ms } }") == [])
    #expect(try kinds("endpoints: { a: { baseline: { p95: 320ms } } }", count: 4) == [])
  }

  @Test("A limit below the typical value of any endpoint is always broken")
  func red() throws {
    #expect(try kinds("defaults: { baseline: { p95: 380ms } }") == [.limitAlwaysBroken])
  }

  @Test("Endpoints, metrics and profiles that no check has")
  func unmeasured() throws {
    #expect(try kinds("endpoints: { c: { baseline: { p95: 1s } } }") == [.endpointUnmeasured])
    #expect(try kinds("endpoints: { a: { baseline: { p99: 1s } } }") == [.metricUnmeasured])
    #expect(try kinds("endpoints: { a: { baseline: { p99: { block: 1s, optional: true } } } }") == [])
    #expect(try kinds("defaults: { baseline: { p99: 1s } }") == [.metricUnmeasured])
    #expect(try kinds("defaults: { spike: { p95: 1s, p99: 2s } }") == [.profileUnmeasured])
  }

  @Test("A waiver that nothing needed")
  func waiver() throws {
    let waiver = "waivers: [{ endpoint: b, metric: p95, max: 500ms, until: 2026-12-31, owner: o, reason: r }]"
    #expect(try kinds("endpoints: { b: { baseline: { p95: 450ms } } }\n" + waiver) == [.waiverUnused])
    #expect(try !kinds("endpoints: { b: { baseline: { p95: 395ms } } }\n" + waiver).contains(.waiverUnused))
  }
}
