import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("A value against its limits")
struct BudgetJudgementTests {
  @Test(
    "A limit holds as its operator says, to the last digit",
    arguments: [
      ("400ms", 399.999_999, Finding.Outcome.near), ("400ms", 400, .over), ("400ms", 400.000_001, .over),
      ("<= 400ms", 400, .near), ("<= 400ms", 400.000_001, .over), ("400ms", 100, .ok),
    ])
  func operators(limit: String, value: Double, outcome: Finding.Outcome) throws {
    #expect(try Check.ofP95(value, limit: limit).verdict().p95Outcome() == outcome)
  }

  @Test(
    "Near is less than 3 % of the limit away, on the good side",
    arguments: [(388.1, Finding.Outcome.near), (388, .ok), (387.9, .ok)])
  func near(value: Double, outcome: Finding.Outcome) throws {
    #expect(try Check.ofP95(value, limit: "400ms").verdict().p95Outcome() == outcome)
  }

  @Test(
    "A limit from below is near and over on the other side",
    arguments: [(229.9, Finding.Outcome.over), (230, .near), (236, .near), (240, .ok)])
  func lowerLimit(rate: Double, outcome: Finding.Outcome) throws {
    let requests = value("http_reqs", .rate, rate)
    let check = Check([requests], budget: "defaults: { baseline: { throughput: \">= 230/s\" } }")
    #expect(try check.verdict().finding(requests)?.outcome == outcome)
  }

  @Test("Nothing is near a limit of zero", arguments: [(0.0, Finding.Outcome.ok), (0.001, .over)])
  func zeroLimit(rate: Double, outcome: Finding.Outcome) throws {
    let check = Check([errorRate(rate)], budget: "defaults: { baseline: { error_rate: \"<= 0%\" } }")
    let finding = try #require(try check.verdict().finding(errorRate(0)))
    #expect(finding.outcome == outcome)
    #expect(finding.budget?.excess(of: rate) == nil)
  }

  @Test(
    "The excess is a share of the limit, positive on the bad side",
    arguments: [("400ms", 500.0, 0.25), ("400ms", 300, -0.25)])
  func excess(limit: String, value: Double, excess: Double) throws {
    let finding = try #require(try Check.ofP95(value, limit: limit).verdict().finding(p95(0)))
    #expect(finding.budget?.excess(of: value) == excess)
  }

  @Test(
    "Two severities: the block decides, then the warning",
    arguments: [(900.0, Finding.Outcome.over), (700, .warn), (500, .ok), (790, .warn)])
  func severities(value: Double, outcome: Finding.Outcome) throws {
    let verdict = try Check.ofP95(value, limit: "{ block: 800ms, warn: 600ms }").verdict()
    #expect(verdict.p95Outcome() == outcome)
  }

  @Test("A finding names the limit that decided, and where it stands")
  func place() throws {
    let budget = """
      owner: shop-team
      defaults:
        baseline: { p95: { block: 800ms, warn: 600ms } }
      """
    let limit = try #require(try Check([p95(700)], budget: budget).verdict().finding(p95(0))?.budget?.limit)
    #expect(limit.bound == 600)
    #expect(limit.place.description == "b.yaml:3:36")
    #expect(limit.owner == "shop-team")
  }

  @Test("A measured series without a limit is found, too, and counted as unbudgeted")
  func unbudgeted() throws {
    let budget = "endpoints: { search: { baseline: { p95: 400ms } } }"
    let verdict = try Check([p95(1, of: "search"), p95(9_999, of: "GET /health")], budget: budget).verdict()
    #expect(verdict.finding(p95(0, of: "GET /health"))?.budget == nil)
    #expect(verdict.p95Outcome(of: "GET /health") == .recorded)
    #expect(verdict.unbudgeted == ["GET /health"])
    #expect(verdict.evaluated == 1)
  }

  @Test("Findings come sorted: profile, whole run first, endpoint, metric, statistic")
  func order() throws {
    let measured = [
      p95(1, of: "b"), p99(1, of: "a"), p95(1, of: "a"), p95(1), errorRate(0), p95(1, of: "Z"),
    ]
    let series = try Check(measured).verdict().findings.map(\.series)
    #expect(series == series.sorted())
    #expect(series.map(\.endpoint) == ["*", "*", "Z", "a", "a", "b"])
  }
}

@Suite("How far limits reach")
struct ReachTests {
  @Test("The built-in limits are of the whole run, never of an endpoint")
  func builtIn() throws {
    let measured = [p95(399), p99(899), errorRate(0.005), p95(5_000, of: "slow"), p99(5_000, of: "slow")]
    let verdict = try Check(measured, budget: nil).verdict()
    #expect(verdict.code == .pass)
    #expect(verdict.evaluated == 3)
    #expect(verdict.unbudgeted == ["slow"])
  }

  @Test(
    "The six built-in limits, strictly below",
    arguments: [
      ("baseline", 400.0, 900.0, 0.01), ("spike", 500, 1_200, 0.02),
    ])
  func six(profile: String, p95: Double, p99: Double, rate: Double) throws {
    func code(_ factor: Double) throws -> Verdict.Code {
      let values = [
        value("http_req_duration", .p95, p95 * factor, profile: profile),
        value("http_req_duration", .p99, p99 * factor, profile: profile),
        value("http_req_failed", .rate, rate * factor, profile: profile),
      ]
      return try Check(values, budget: nil).verdict().code
    }
    #expect(try code(0.999_999) == .pass)
    #expect(try code(1) == .overBudget)
  }

  @Test("A file's defaults are of every endpoint that has the metric, and ask nothing of the others")
  func defaults() throws {
    let measured = [
      p95(100), p99(100), p95(500, of: "slow"), value("checks", .rate, 1, of: "other", better: .higher),
    ]
    let verdict = try Check(measured, budget: "defaults: { baseline: { p95: 400ms, p99: 900ms } }").verdict()
    #expect(verdict.p95Outcome(of: "slow") == .over)
    #expect(verdict.p95Outcome(of: "other") == nil)
    #expect(verdict.findings.filter { $0.series.endpoint == "other" }.allSatisfy { $0.budget == nil })
  }

  @Test("A default on a total is of the whole run: an endpoint has a part of it only")
  func totals() throws {
    let measured = [value("http_reqs", .rate, 300), value("http_reqs", .rate, 20, of: "search")]
    let verdict = try Check(measured, budget: "defaults: { baseline: { throughput: \">= 230/s\" } }")
      .verdict()
    #expect(verdict.code == .pass)
    #expect(verdict.finding(measured[1])?.budget == nil)
  }

  @Test("An endpoint's own limit on a total is its own")
  func ownTotals() throws {
    let search = value("http_reqs", .rate, 20, of: "search")
    let budget = "endpoints: { search: { baseline: { throughput: \">= 30/s\" } } }"
    #expect(try Check([search], budget: budget).verdict().finding(search)?.outcome == .over)
  }

  @Test("An endpoint's own limit stands in for the default, key by key")
  func own() throws {
    let budget = """
      defaults: { baseline: { p95: 400ms, p99: 900ms } }
      endpoints: { search: { baseline: { p95: 600ms } } }
      """
    let measured = [p95(1), p99(1), p95(500, of: "search"), p99(950, of: "search")]
    let verdict = try Check(measured, budget: budget).verdict()
    #expect(verdict.p95Outcome(of: "search") == .ok)
    #expect(verdict.finding(p99(0, of: "search"))?.outcome == .over)
  }

  @Test("Limits on profiles nobody measured are a gap")
  func absentProfile() throws {
    let budget = "defaults: { baseline: { p95: 400ms }, spike: { p95: 500ms } }"
    let verdict = try Check([p95(100)], budget: budget).verdict()
    #expect(verdict.code == .inconclusive)
    #expect(verdict.gaps.count == 1 && verdict.gaps.allSatisfy { $0.hasPrefix("spike: no result was given") })
  }
}
