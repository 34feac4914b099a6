import SLOBudgets
import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

@Suite("Budgets are held against stored checks")
struct BacktestTests {
  private let spiky = [200.0, 210, 450, 205, 390, 500, 201, 199]

  @Test("The commits with a value beyond a limit are those that would have been blocked")
  func blocked() throws {
    let test = Backtest(
      try replays(
        [p95(0).series: spiky], budget: "defaults: { baseline: { p95: { block: 400ms, warn: 300ms } } }"))
    #expect(test.checks.count == 8)
    #expect(test.blocked.map(\.commit.sha) == ["c2", "c5"])
    #expect(test.limits.map(\.commits) == [["c2", "c5"], ["c2", "c4", "c5"]])
    #expect(test.limits.map(\.broken) == [2, 3] && test.limits.map(\.evaluated) == [8, 8])
  }

  @Test("A waiver lets through, and is counted")
  func waived() throws {
    let budget = """
      defaults: { baseline: { p95: 400ms } }
      waivers:
        - { endpoint: "*", metric: p95, max: 460ms, until: 2026-12-31, owner: ops, reason: r }
      """
    let test = Backtest(try replays([p95(0).series: spiky], budget: budget))
    #expect(test.blocked.map(\.commit.sha) == ["c5"])
    #expect(test.limits.first?.waived == 1 && test.usedWaivers.count == 1)
  }

  @Test("Rules block too")
  func rules() throws {
    let test = Backtest(
      try replays(
        [p95(0).series: spiky, p99(0).series: spiky.map { $0 * 3 }], budget: "rules: [p99 <= 1.3s]"))
    #expect(test.blocked.map(\.commit.sha) == ["c2", "c5"])
    #expect(test.rules.map(\.broken) == [2] && test.rules.map(\.evaluated) == [8])
  }

  @Test("What is blocked is what judge blocks")
  func same() throws {
    let budget = "defaults: { baseline: { p95: 400ms } }\nrules: [p95 <= 450ms]"
    let replays = try replays([p95(0).series: spiky, p95(0, of: "a").series: spiky], budget: budget)
    let judged = replays.checks.map { $0.verdict().code == .overBudget }
    #expect(Backtest(replays).checks.map(\.isBlocked) == judged)
  }

  @Test("A change of the budgets is reported by what it would have meant, limit by limit")
  func review() throws {
    let series = [p95(0).series: spiky, p95(0, of: "a").series: spiky.map { $0 / 2 }]
    let file = { (whole: String, a: String) in
      "defaults: { baseline: { p95: \(whole) } }\nendpoints: { a: { baseline: { p95: \(a) } } }"
    }
    let (before, after) = (file("400ms", "1s"), file("480ms", "220ms"))
    let review = BudgetReview(
      from: try Budgets.parse(before, file: "b.yaml"), to: try Budgets.parse(after, file: "b.yaml"),
      replays: (try replays(series, budget: before), try replays(series, budget: after)))
    #expect(review.diff.limits.map(\.effect) == [.loosened, .tightened])
    #expect(review.replay?.limits.map(\.released) == [1, 0])
    #expect(review.replay?.limits.map(\.blocked) == [0, 2])
    #expect(review.replay?.blocked.isEmpty == true && review.replay?.released.isEmpty == true)
    #expect(review.count(.loosened) == 1 && review.count(.tightened) == 1)
  }

  static let settings: [(String, String, [ChangeEffect])] = [
    ("repetitions: 3", "repetitions: 2", [.loosened]),
    ("regression: { block: true }", "version: 1", []),
    ("version: 1", "regression: { block: false }", [.loosened]),
    (
      "regression: { min_change: { relative: 5% } }", "regression: { min_change: { relative: 4% } }",
      [.tightened]
    ),
    ("regression: { false_discovery_rate: 5% }", "regression: { false_discovery_rate: 10% }", [.tightened]),
    ("regression: { min_history: 4 }", "regression: { min_history: 8 }", [.loosened]),
    ("regression: { window: 30 }", "regression: { window: 20 }", [.changed]),
    ("regression: { creep: { anchor: a, max: 5% } }", "version: 1", [.loosened]),
    (
      "regression: { creep: { anchor: a, max: 5% } }", "regression: { creep: { anchor: b, max: 5% } }",
      [.changed]
    ),
    ("version: 1", "regression: { creep: { anchor: a, max: 5% } }", [.tightened]),
    ("service: a", "service: b", [.loosened]),
  ]

  @Test("Settings are compared as they are in effect", arguments: settings)
  func setting(before: String, after: String, effects: [ChangeEffect]) throws {
    let review = BudgetReview(
      from: try Budgets.parse(before, file: "b.yaml"), to: try Budgets.parse(after, file: "b.yaml"))
    #expect(review.settings.map(\.effect) == effects)
  }
}
