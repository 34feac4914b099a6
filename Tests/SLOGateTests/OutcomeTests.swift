import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("What budget and history come to together")
struct OutcomeTests {
  private static let limit = Limit(
    metric: "http_req_duration", statistic: .p95, comparison: .below, bound: 400, unit: .milliseconds,
    place: Place(file: "b.yaml", line: 1, column: 1))

  private func outcome(_ budget: BudgetFinding.Outcome?, _ effect: RegressionFinding.Effect?)
    -> Finding.Outcome
  {
    Finding(
      series: p95(0).series, unit: .milliseconds, value: 1, repetitions: [1], samples: nil,
      budget: budget.map { BudgetFinding(outcome: $0, limit: OutcomeTests.limit) },
      regression: effect.map {
        RegressionFinding(outcome: .none, effect: $0, judgement: nil, seenBefore: [], references: 0)
      },
      thresholds: []
    )
    .outcome
  }

  @Test(
    "A budget's outcome stands whatever the history says, down to the one the history outranks",
    arguments: [
      (BudgetFinding.Outcome.over, [Finding.Outcome.over, .over, .over, .over]),
      (.missing, [.missing, .missing, .missing, .missing]),
      (.waived, [.waived, .waived, .waived, .regressed]),
      (.warn, [.warn, .warn, .warn, .regressed]),
      (.near, [.near, .near, .warn, .regressed]),
      (.ok, [.ok, .improved, .warn, .regressed]),
    ])
  func precedence(budget: BudgetFinding.Outcome, expected: [Finding.Outcome]) {
    let effects: [RegressionFinding.Effect] = [.nothing, .improves, .warns, .blocks]
    #expect(effects.map { outcome(budget, $0) } == expected)
  }

  @Test("Without a budget the history decides alone")
  func noBudget() {
    #expect(
      [nil, .nothing, .improves, .warns, .blocks].map { outcome(nil, $0) } == [
        .recorded, .recorded, .improved, .warn, .regressed,
      ])
  }
}

@Suite("The exit code")
struct ExitCodeTests {
  /// A check with each of these troubles, and no other.
  private func check(over: Bool, missing: Bool, regressed: Bool, warned: Bool) -> Check {
    var limits = ["p95: 10s"]
    if over { limits.append("max: 1s") }
    if missing { limits.append("p99.9: 1s") }
    if warned { limits.append("avg: { warn: 1ms }") }
    var check = Check.afterCalm(
      regressed ? 300 : 200, budget: "defaults: { baseline: { \(limits.joined(separator: ", ")) } }")
    let max = value("http_req_duration", .maximum, 2_000)
    let average = value("http_req_duration", .average, 150)
    check.runs[0].reading.measurements += (over ? [max] : []) + (warned ? [average] : [])
    return check
  }

  @Test(
    "Where several hold: 1 before 3 before 2 before 4",
    arguments: [
      (over: true, missing: true, regressed: true, warned: true, code: 1, word: "blocked"),
      (true, false, true, true, 1, "blocked"),
      (true, true, false, false, 1, "blocked"),
      (false, true, true, true, 3, "inconclusive"),
      (false, true, false, true, 3, "inconclusive"),
      (false, false, true, true, 2, "blocked"),
      (false, false, true, false, 2, "blocked"),
      (false, false, false, true, 4, "pass"),
      (false, false, false, false, 0, "pass"),
    ])
  func precedence(
    over: Bool, missing: Bool, regressed: Bool, warned: Bool, code: Int32, word: String
  ) throws {
    var check = check(over: over, missing: missing, regressed: regressed, warned: warned)
    check.isStrict = true
    let verdict = try check.verdict()
    #expect(verdict.code.rawValue == code)
    #expect(verdict.outcome.rawValue == word)
  }

  @Test("Warnings pass, unless strictness is asked for", arguments: [(false, 0), (true, 4)])
  func warnings(isStrict: Bool, code: Int32) throws {
    var check = check(over: false, missing: false, regressed: false, warned: true)
    check.isStrict = isStrict
    #expect(try check.verdict().code.rawValue == code)
  }

  @Test("A value near its limit or within a waiver is no warning", arguments: ["390ms", "300ms"])
  func nearAndWaived(limit: String) throws {
    var check = Check.ofP95(385, limit: limit)
    check.budget? += """

      waivers: [{ endpoint: "*", metric: p95, max: 390ms, until: 2026-12-31, owner: ops, reason: r }]
      """
    check.isStrict = true
    let verdict = try check.verdict()
    #expect([.near, .waived].contains(verdict.p95Outcome()))
    #expect(verdict.code == .pass)
  }

  @Test("Nothing measured and nothing asked for is no pass")
  func nothing() throws {
    var check = Check([])
    check.runs = []
    let verdict = try check.verdict()
    #expect(verdict.code == .inconclusive)
    #expect(verdict.findings.isEmpty)
  }
}
