import SLOBudgets
import SLOModel
import Testing

@testable import SLOGate

@Suite("A waiver is a looser limit for a while")
struct WaiverTests {
  /// A p95 beyond its limit of 400 ms, and a waiver up to 600 ms until the end of June.
  private func verdict(_ value: Double, on day: String = "2026-06-01", endpoint: String = "*") throws
    -> Verdict
  {
    var check = Check(
      [p95(value)],
      budget: """
        defaults: { baseline: { p95: 400ms } }
        waivers:
          - { endpoint: "\(endpoint)", metric: p95, max: 600ms, until: 2026-06-30, owner: ops, reason: R-1 }
        """)
    check.now = day + "T12:00:00Z"
    return try check.verdict()
  }

  @Test(
    "It lets a breach through while it runs and its own bound holds",
    arguments: [
      (500.0, "2026-06-01", Finding.Outcome.waived, 0), (600, "2026-06-01", .over, 1),
      (500, "2026-06-30", .waived, 0), (500, "2026-07-01", .over, 1), (300, "2026-06-01", .ok, 0),
    ])
  func breach(value: Double, day: String, outcome: Finding.Outcome, code: Int32) throws {
    let verdict = try verdict(value, on: day)
    #expect(verdict.p95Outcome() == outcome)
    #expect(verdict.code.rawValue == code)
  }

  @Test("It lets nothing but its limit through: a warning on the same figure is still one under --strict")
  func warning() throws {
    let waiver =
      "waivers: [{ endpoint: \"*\", metric: p95, max: 600ms, until: 2026-06-30, owner: o, reason: r }]"
    for (limit, code) in [("400ms", Verdict.Code.pass), ("{ block: 400ms, warn: 300ms }", .warnings)] {
      var check = Check([p95(500)], budget: "defaults: { baseline: { p95: \(limit) } }\n\(waiver)")
      check.isStrict = true
      #expect(try check.verdict().code == code)
    }
  }

  @Test("A waived breach names its waiver; it is never counted as ok")
  func named() throws {
    let verdict = try verdict(500)
    #expect(verdict.finding(p95(0))?.budget?.waiver?.reason == "R-1")
    #expect(verdict.outcomes == [.waived: 1])
  }

  @Test(
    "Who has to act on it is reported: unused, ending within 14 days, ended",
    arguments: [
      (500.0, "2026-06-01", [0, 0, 0]), (300, "2026-06-01", [1, 0, 0]), (500, "2026-06-20", [0, 1, 0]),
      (300, "2026-06-20", [1, 1, 0]), (500, "2026-07-01", [0, 0, 1]),
    ])
  func review(value: Double, day: String, expected: [Int]) throws {
    let review = try verdict(value, on: day).waivers
    #expect([review.unused.count, review.ending.count, review.expired.count] == expected)
  }

  @Test("A waiver whose bound was not enough is unused: it let nothing through")
  func exceeded() throws { #expect(try verdict(700).waivers.unused.count == 1) }

  @Test("A waiver of an endpoint does not reach the run as a whole")
  func reach() throws { #expect(try verdict(500, endpoint: "search").code == .overBudget) }

  @Test(
    "A waiver covers the regression of its series too, as far as its bound", arguments: [500.0, 599, 601])
  func regression(value: Double) throws {
    var check = Check.afterCalm(
      value,
      budget: """
        defaults: { baseline: { p95: 800ms } }
        waivers: [{ endpoint: "*", metric: p95, max: 600ms, until: 2026-06-30, owner: ops, reason: R-1 }]
        """)
    let verdict = try check.verdict()
    #expect(verdict.code == (value < 600 ? .pass : .regression))
    #expect(verdict.p95Outcome() == (value < 600 ? .waived : .regressed))
    #expect(verdict.waivers.unused.isEmpty == (value < 600))
    #expect(verdict.regressed.count == 1, "a waiver ends, and then it is none seen before")
    check.policy.regressionBlocks = false
    #expect(try check.verdict().p95Outcome() == .warn)
  }
}
