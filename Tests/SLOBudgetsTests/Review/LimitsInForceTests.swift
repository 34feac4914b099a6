import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("What limits are effective for, without precedence and waivers")
struct LimitsInForceTests {
  private static let now = Timestamp(milliseconds: 1_780_000_000_000)

  /// Each as `profiles endpoints figure comparison bound`.
  private func lines(_ text: String, profile: String) throws -> [String] {
    let budgets = try Budgets.parse(text, file: "b.yaml")
    return budgets.limitsInForce(profile: profile, at: LimitsInForceTests.now).flatMap { standing in
      let endpoints =
        switch standing.endpoints {
        case .wholeRun: "run"
        case .named(let name): name
        case .matching(let pattern, let except): ([pattern] + except.map { "-\($0)" }).joined(separator: " ")
        }
      return standing.limits.map { limit in
        let waiver = limit.waiver.map { " until \($0.until)" } ?? ""
        return
          "\(endpoints): \(limit.limit.metric).\(limit.limit.statistic) \(limit.limit.comparison.rawValue) "
          + "\(limit.limit.bound) \(limit.limit.severity)\(waiver)"
      }
    }
  }

  @Test("Each figure is for what no more specific entry claims; totals are of the run as a whole")
  func precedence() throws {
    let text = """
      defaults: { baseline: { p95: 400ms, throughput: ">= 5/s" } }
      endpoints:
        search: { baseline: { p95: { block: 500ms, warn: 300ms } } }
        "sea*": { baseline: { p95: 600ms, p99: 1s } }
        other: { baseline: { p99: 2s } }
      """
    #expect(
      try lines(text, profile: "baseline") == [
        "run: http_req_duration.p95 < 400.0 block", "run: http_reqs.rate >= 5.0 block",
        "search: http_req_duration.p95 < 500.0 block", "search: http_req_duration.p95 < 300.0 warn",
        "other: http_req_duration.p99 < 2000.0 block",
        "sea* -search: http_req_duration.p95 < 600.0 block", "sea*: http_req_duration.p99 < 1000.0 block",
        "* -sea* -search: http_req_duration.p95 < 400.0 block",
      ])
  }

  @Test(
    "They agree with the effective limits of any endpoint",
    arguments: ["search", "seat", "other", "x", "sea*"])
  func agreement(endpoint: String) throws {
    let budgets = try Budgets.parse(ResolutionTests.text, file: "b.yaml")
    for profile in ["baseline", "soak", "lighthouse-mobile"] {
      let standing = budgets.limitsInForce(profile: profile, at: LimitsInForceTests.now).filter { limits in
        switch limits.endpoints {
        case .wholeRun: false
        case .named(let name): name == endpoint
        case .matching(let pattern, let except):
          EndpointPattern(pattern).matches(endpoint)
            && !except.contains { EndpointPattern($0).matches(endpoint) }
        }
      }
      let effective = budgets.limits(profile: profile, endpoint: endpoint)
      #expect(Set(standing.flatMap(\.limits).map(\.limit)) == Set(effective), "\(profile)")
    }
  }

  @Test("A profile that no file names has what stands under *")
  func otherProfiles() throws {
    let budgets = try Budgets.parse(
      "defaults: { baseline: { p95: 1s }, \"*\": { p95: 2s, p99: 3s } }", file: "b.yaml")
    #expect(budgets.profiles(of: .load) == ["baseline", "*"])
    let general = budgets.limitsInForce(profile: "*", at: LimitsInForceTests.now)
    #expect(general.allSatisfy { $0.profiles == .others(.load, than: ["baseline"]) })
    #expect(Set(general.flatMap(\.limits).map(\.limit.bound)) == [2_000, 3_000])
  }

  @Test("A waiver in force loosens its limit and nothing else; an expired or stricter one nothing")
  func waivers() throws {
    let text = """
      defaults: { baseline: { p95: 400ms } }
      endpoints: { "a*": { baseline: { p95: 500ms } }, b: { baseline: { p95: { block: 300ms, warn: 200ms } } } }
      waivers:
        - { endpoint: login, metric: p95, max: 900ms, until: 2999-12-31, owner: ops, reason: x }
        - { endpoint: a1, metric: p95, max: 800ms, until: 2999-12-31, owner: ops, reason: x }
        - { endpoint: "a*", metric: p95, max: 700ms, until: 2999-12-31, owner: ops, reason: x }
        - { endpoint: b, metric: p95, max: 250ms, until: 2999-12-31, owner: ops, reason: stricter }
        - { endpoint: b, metric: p95, max: 2s, until: 2001-12-31, owner: ops, reason: over }
        - { endpoint: "*", metric: p95, max: 600ms, until: 2999-12-31, owner: ops, reason: the run }
        - { endpoint: "z*", metric: p95, max: 700ms, until: 2999-12-31, owner: ops, reason: of whom? }
      """
    #expect(
      try lines(text, profile: "baseline") == [
        "run: http_req_duration.p95 < 600.0 block until 2999-12-31", "b: http_req_duration.p95 < 300.0 block",
        "b: http_req_duration.p95 < 200.0 warn",
        "a1: http_req_duration.p95 < 800.0 block until 2999-12-31",
        "a* -a1: http_req_duration.p95 < 700.0 block until 2999-12-31",
        "login: http_req_duration.p95 < 900.0 block until 2999-12-31",
        "* -a* -b -login: http_req_duration.p95 < 400.0 block",
      ])
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.waiversOfUnknownReach(at: LimitsInForceTests.now).map(\.endpoint) == ["z*"])
    #expect(
      budgets.limitsInForce(profile: "baseline", endpoint: "login", at: LimitsInForceTests.now).map(
        \.limit.bound)
        == [900])
  }

  @Test("The built-in limits are of the run as a whole")
  func builtIn() {
    let standing = Budgets.builtIn.limitsInForce(profile: "spike", at: LimitsInForceTests.now)
    #expect(standing.map(\.endpoints) == [.wholeRun, .wholeRun, .wholeRun])
    #expect(Budgets.builtIn.profiles(of: .load) == ["baseline", "spike"])
    #expect(Budgets.builtIn.profiles(of: .page) == [])
  }
}
