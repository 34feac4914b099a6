import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Where an effective limit comes from")
struct EffectiveLimitTests {
  private let budgets = try? Budgets.parse(
    """
    defaults:
      "*": { p95: 500ms }
      baseline: { p95: 400ms, throughput: ">= 100/s" }
    endpoints:
      "GET /a*": { baseline: { p95: 300ms } }
      GET /ab: { baseline: { p95: { block: 250ms, warn: 200ms } } }
    waivers:
      - { endpoint: GET /ab, metric: p95, max: 1s, until: 2026-07-01, owner: ops, reason: r }
    """, file: "b.yaml")

  @Test("The most specific holds; all it overrides follow, nearest first")
  func chain() throws {
    let found = try #require(budgets).effectiveLimits(profile: "baseline", endpoint: "GET /ab")
    #expect(found.map(\.statistic) == [.p95])
    #expect(found.first?.limits.map(\.bound) == [250, 200])
    #expect(found.first?.overridden.map(\.bound) == [300, 400, 500])
    #expect(found.first?.overridden.map(\.place.line) == [5, 3, 2])
    #expect(found.first?.waivers.count == 1)
  }

  @Test("Defaults on totals are of the run as a whole alone")
  func totals() throws {
    let whole = try #require(budgets).effectiveLimits(profile: "baseline", endpoint: "*")
    #expect(whole.map(\.metric) == ["http_req_duration", "http_reqs"])
    #expect(
      try #require(budgets).effectiveLimits(profile: "spike", endpoint: "x").map(\.metric) == [
        "http_req_duration"
      ])
  }

  @Test(
    "They are the limits that a check holds values against", arguments: ["*", "GET /ab", "GET /a", "other"])
  func same(endpoint: String) throws {
    let budgets = try #require(budgets)
    for profile in ["baseline", "spike"] {
      let effective = budgets.effectiveLimits(profile: profile, endpoint: endpoint).flatMap(\.limits)
      let limits = budgets.limits(profile: profile, endpoint: endpoint)
      #expect(Set(effective) == Set(limits))
    }
  }
}
