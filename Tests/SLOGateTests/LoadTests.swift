import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("A load that was not applied says nothing of the service")
struct LoadTests {
  private func check(dropped: Double, of due: Double, budget: String = "") -> Check {
    Check(
      [
        p95(100), value("dropped_iterations", .count, dropped), value("iterations", .count, due - dropped),
      ], budget: "run: { baseline: { p95: 1s } }\n" + budget)
  }

  @Test(
    "Above 1 % of what was due it warns, above 10 % the verdict is inconclusive",
    arguments: [
      (0.0, Verdict.Code.pass), (10, .pass), (11, .warnings), (100, .warnings), (101, .inconclusive),
      (900, .inconclusive), (1_000, .inconclusive),
    ])
  func dropped(count: Double, code: Verdict.Code) throws {
    var check = check(dropped: count, of: 1_000)
    check.isStrict = true
    let verdict = try check.verdict()
    #expect(verdict.code == code)
    #expect((verdict.warnings + verdict.gaps).contains { $0.contains("dropped") } == (code != .pass))
  }

  @Test("The shares are the budget's")
  func settings() throws {
    let budget = "load: { dropped: { warn: 30%, inconclusive: 40% } }"
    for (count, code) in [(300.0, Verdict.Code.pass), (301, .warnings), (401, .inconclusive)] {
      var check = check(dropped: count, of: 1_000, budget: budget)
      check.isStrict = true
      #expect(try check.verdict().code == code)
    }
  }

  @Test("The worst of several runs decides")
  func repetitions() throws {
    var check = check(dropped: 0, of: 1_000)
    check.runs += self.check(dropped: 200, of: 1_000).runs
    #expect(try check.verdict().code == .inconclusive)
  }

  /// A check at a load, after four commits at 50 users and 100 requests a second.
  private func check(users: Double, rate: Double = 100) -> Check {
    let measured = [
      p95(200), value("vus_max", .value, users), value("http_reqs", .rate, rate),
    ]
    var check = Check(measured)
    check.windows = [
      "baseline": window([
        measured[0].series: calm, measured[1].series: calm.map { _ in 50 },
        measured[2].series: calm.map { 100 + ($0 - 200) / 100 },
      ])
    ]
    return check
  }

  @Test("Another number of virtual users than that of the references is reported, within a quarter it is not")
  func users() throws {
    for users in [40.0, 50, 62] { #expect(try told(check(users: users)).isEmpty, "\(users)") }
    for users in [5.0, 37, 63, 480] {
      let said = try told(check(users: users))
      #expect(said.contains { $0.contains("\(Int(users)) virtual users, 50 in") }, "\(said)")
    }
  }

  @Test("What was compared says so itself")
  func findings() throws {
    let verdict = try check(users: 480).verdict()
    #expect(verdict.finding(p95(0))?.load.map(\.now) == [480])
    #expect(try check(users: 50, rate: 40).verdict().finding(p95(0))?.load.map(\.figure) == [.requestRate])
  }

  private func told(_ check: Check) throws -> [String] {
    try check.verdict().notices.filter { $0.contains("another load") }
  }
}
