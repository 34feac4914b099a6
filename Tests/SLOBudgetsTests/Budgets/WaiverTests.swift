import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Waivers")
struct WaiverTests {
  static func budgets(endpoint: String = "auth.login", metric: String = "p95", extra: String = "") throws
    -> Budgets
  {
    try Budgets.parse(
      """
      defaults: { spike: { p95: 500ms, throughput: ">= 230/s" } }
      endpoints:
        labelled: { match: { name: "POST /login" }, spike: { p95: 400ms } }
        tagged: { match: { a: 1, b: 2 }, spike: { p95: 400ms } }
      waivers:
        - { endpoint: "\(endpoint)", metric: "\(metric)", max: 1.2s, until: 2026-12-31, owner: ops, reason: r\(extra) }
      """, file: "b.yaml")
  }

  static func time(_ text: String) throws -> Timestamp { try #require(Timestamp(rfc3339: text)) }

  @Test(
    "A waiver is a looser limit for one metric of one endpoint",
    arguments: [
      ("auth.login", "p95", "auth.login", true), ("auth.*", "p95", "auth.login", true),
      ("auth.login", "http_req_duration.p95", "auth.login", true), ("auth.login", "p99", "auth.login", false),
      ("auth.login", "p95", "auth.logout", false), ("*", "p95", "auth.login", false), ("*", "p95", "*", true),
      ("auth.login", "p95", "*", false), ("labelled", "p95", "POST /login", true),
      ("tagged", "p95", "*", true),
    ])
  func reach(waived: String, metric: String, endpoint: String, isWaived: Bool) throws {
    let budgets = try Self.budgets(endpoint: waived, metric: metric)
    let now = try Self.time("2026-11-21T00:00:00Z")
    let found = budgets.limits(profile: "spike", endpoint: endpoint).contains {
      budgets.waiver(for: $0, profile: "spike", endpoint: endpoint, value: 900, now: now) != nil
    }
    #expect(found == isWaived)
  }

  @Test(
    "It lets through what keeps its bound, as strictly as the limit",
    arguments: [(1_199.9, true), (1_200, false)])
  func bound(value: Double, isWaived: Bool) throws {
    #expect(try waiver(of: Self.budgets(), value: value, at: "2026-11-21T00:00:00Z") == isWaived)
  }

  @Test(
    "It holds until the end of its day in UTC",
    arguments: [("2026-12-31T23:59:59.999Z", true), ("2027-01-01T00:00:00Z", false)])
  func end(now: String, isWaived: Bool) throws {
    #expect(try waiver(of: Self.budgets(), value: 900, at: now) == isWaived)
    #expect(try Self.budgets().waivers.first?.until == "2026-12-31")
  }

  @Test(
    "It holds for its profile, or for all",
    arguments: [("", true), (", profile: spike", true), (", profile: x", false)])
  func profile(extra: String, isWaived: Bool) throws {
    #expect(try waiver(of: Self.budgets(extra: extra), value: 900, at: "2026-11-21T00:00:00Z") == isWaived)
  }

  @Test("Where more is better its bound is one from below, written without operator")
  func lowerBound() throws {
    let budgets = try Budgets.parse(
      """
      defaults: { spike: { throughput: ">= 230/s" } }
      waivers: [{ endpoint: "*", metric: throughput, max: 200/s, until: 2026-12-31, owner: o, reason: r }]
      """, file: "b.yaml")
    let limit = try #require(budgets.limits(profile: "spike", endpoint: "*").first)
    let now = try Self.time("2026-11-21T00:00:00Z")
    func waived(_ value: Double) -> Bool {
      budgets.waiver(for: limit, profile: "spike", endpoint: "*", value: value, now: now) != nil
    }
    #expect(waived(200))
    #expect(!waived(199))
  }

  @Test("Those expired, ending soon and unused can be listed")
  func review() throws {
    let budgets = try Self.budgets()
    let ends: [(String, expired: Int, ending: Int, unused: Int)] = [
      ("2026-12-17T23:59:59Z", 0, 0, 1), ("2026-12-18T00:00:00Z", 0, 1, 1), ("2027-01-01T00:00:00Z", 1, 0, 0),
    ]
    for (now, expired, ending, unused) in ends {
      let now = try Self.time(now)
      #expect(budgets.expiredWaivers(at: now).count == expired)
      #expect(budgets.endingWaivers(at: now).count == ending)
      #expect(budgets.unusedWaivers(at: now, used: []).count == unused)
      #expect(budgets.unusedWaivers(at: now, used: Set(budgets.waivers)).isEmpty)
    }
  }

  private func waiver(of budgets: Budgets, value: Double, at now: String) throws -> Bool {
    let limit = try #require(budgets.limits(profile: "spike", endpoint: "auth.login").first)
    return try budgets.waiver(
      for: limit, profile: "spike", endpoint: "auth.login", value: value, now: Self.time(now)) != nil
  }
}
