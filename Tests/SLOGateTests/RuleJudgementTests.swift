import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Rules are judged for every endpoint that has both sides")
struct RuleJudgementTests {
  private func verdict(_ rules: String, _ runs: [[MetricValue]]) throws -> Verdict {
    var check = Check([], budget: "rules:\n  - \(rules)")
    check.runs = runs.map { run($0) }
    return try check.verdict()
  }

  private let spikes = [
    p95(900, profile: "spike"), p95(200, of: "a", profile: "spike"), p95(90, of: "b", profile: "spike"),
  ]

  @Test("A broken relation blocks like a budget, and the others stay")
  func broken() throws {
    let verdict = try verdict("spike.p95 <= 3 * baseline.p95", [[p95(250), p95(100, of: "a")], spikes])
    #expect(verdict.rules.map(\.endpoint) == ["*", "a"])
    #expect(verdict.rules.map(\.outcome) == [.over, .ok])
    #expect(verdict.rules.first?.bound == 750 && verdict.rules.first?.other?.profile == "baseline")
    #expect(verdict.code == .overBudget)
    #expect(verdict.evaluated == 2 && verdict.outcomes[.over] == 1)
  }

  @Test("A rule on a form factor counts where the check is about lighthouse, and one left out is reported")
  func scope() throws {
    let page = value(
      "largest-contentful-paint", .value, 1_800, of: "/", profile: "lighthouse-mobile", better: .lower)
    var check = Check([], budget: "rules: [lighthouse-mobile.lcp <= 1s, spike.p95 <= 1s]")
    check.runs = [run([page])]
    check.policy.profiles = ["lighthouse"]
    let verdict = try check.verdict()
    #expect(verdict.rules.map(\.outcome) == [.over])
    #expect(verdict.notices.contains { $0.contains("--only leaves out the rule 'spike.p95 <= 1s'") })
  }

  @Test("The bound itself keeps <=")
  func equal() throws {
    #expect(try verdict("spike.p95 <= 3 * baseline.p95", [[p95(300)], spikes]).code == .pass)
    #expect(try verdict("spike.p95 < 3 * baseline.p95", [[p95(300)], spikes]).code == .overBudget)
  }

  @Test("A rule that warns does not block")
  func warning() throws {
    let verdict = try verdict("{ rule: p95 <= 100ms, severity: warn }", [[p95(250)]])
    #expect(verdict.rules.map(\.outcome) == [.warn])
    #expect(verdict.code == .pass)
  }

  @Test("A number holds for every profile that can have the figure")
  func number() throws {
    let load = { (count: Double, profile: String) in value("vus_max", .value, count, profile: profile) }
    let page = value("performance", .score, 0.9, of: "/", profile: "lighthouse-mobile")
    let verdict = try verdict("vus_max >= 500", [[load(500, "baseline")], [load(499, "spike")], [page]])
    #expect(verdict.rules.map(\.profile) == ["baseline", "spike"])
    #expect(verdict.rules.map(\.outcome) == [.ok, .over])
  }

  @Test(
    "What nobody measured is inconclusive, unless the rule is optional",
    arguments: ["spike.p95 <= 3 * baseline.p95", "vus_max >= 500", "baseline.p95 <= 2 * baseline.p50"])
  func missing(rule: String) throws {
    let verdict = try verdict(rule, [[p95(250)]])
    #expect(verdict.rules.map(\.outcome) == [.missing])
    #expect(verdict.code == .inconclusive && verdict.gaps.first == "1 budgeted value missing")
    let optional = try self.verdict("{ rule: \(rule), optional: true }\n  - p95 <= 1s", [[p95(250)]])
    #expect(optional.code == .pass)
  }
}
