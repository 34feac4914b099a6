import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

@Suite("What cannot be compared")
struct ComparabilityTests {
  @Test("An environment nobody described is compared with nothing")
  func unknown() throws {
    var check = Check.afterCalm(260)
    check.environment = .unknown
    let verdict = try check.verdict()
    #expect(verdict.finding(p95(0))?.regression?.outcome == .incomparable)
    #expect(verdict.comparisons.first?.obstacle?.contains("--environment") == true)
    #expect(verdict.code == .inconclusive, "nothing else judged it")
  }

  @Test("Without a history nothing is compared, and that is said")
  func noHistory() throws {
    let verdict = try Check([p95(100)]).verdict()
    #expect(verdict.finding(p95(0))?.regression?.outcome == .incomparable)
    #expect(verdict.comparisons.first?.obstacle == "there is no history yet")
  }

  @Test(
    "An empty window says whether the sizing is why",
    arguments: [(0, "no earlier run has the same sizing"), (2, "no earlier run is comparable")])
  func emptyWindow(failed: Int, obstacle: String) throws {
    var check = Check([p95(100)])
    var window = ReferenceWindow()
    window.skipped[.otherSizing] = 7
    window.skipped[.failed] = failed
    check.windows = ["baseline": window]
    #expect(try check.verdict().comparisons.first?.obstacle == obstacle)
  }

  @Test("The sizing of what was left out is reported field by field")
  func sizingDelta() throws {
    var check = Check([p95(100)])
    check.environment = Environment(name: nil, sizing: ["stage": "perf", "memory": "2Gi", "cdn": "on"])
    var window = ReferenceWindow()
    let then = Environment(name: nil, sizing: ["stage": "perf", "memory": "1Gi", "disk": "ssd"])
    window.skipped.otherSizings = [
      SkippedRuns.OtherSizing(environment: then, runs: 3, newest: Timestamp(milliseconds: 0))
    ]
    check.windows = ["baseline": window]
    let delta = try #require(try check.verdict().comparisons.first?.sizingDelta)
    #expect(
      delta.map { "\($0.field) \($0.then ?? "-") \($0.now ?? "-")" } == [
        "cdn - on", "disk ssd -", "memory 1Gi 2Gi",
      ])
  }

  @Test("Repetitions measured under different conditions are no repetitions of each other")
  func mixedConditions() throws {
    var check = Check.afterCalm(260)
    check.runs.append(run([p95(260)], file: "other.json"))
    check.runs[1].reading.conditions = ["throttling": "simulate"]
    let verdict = try check.verdict()
    #expect(verdict.comparisons.first?.obstacle == "its results were measured under different conditions")
    #expect(verdict.finding(p95(0))?.regression?.outcome == .incomparable)
  }

  @Test("Too few commits are insufficient, which blocks nothing", arguments: [(3, false), (4, true)])
  func insufficient(commits: Int, isJudged: Bool) throws {
    var check = Check([p95(400)], budget: "run: { baseline: { p95: 1s } }")
    check.windows = ["baseline": window([p95(0).series: Array(calm.prefix(commits))])]
    let verdict = try check.verdict()
    #expect((verdict.finding(p95(0))?.regression?.outcome == .insufficient) == !isJudged)
    #expect(verdict.code == (isJudged ? .regression : .pass))
    #expect(verdict.compared == (isJudged ? 1 : 0))
  }

  @Test(
    "Where history is required, its lack is inconclusive",
    arguments: [(0, true), (3, true), (4, false)])
  func required(commits: Int, isInconclusive: Bool) throws {
    var check = Check([p95(200)], budget: "run: { baseline: { p95: 1s } }")
    check.policy.requiresHistory = true
    if commits > 0 {
      check.windows = ["baseline": window([p95(0).series: Array(calm.prefix(commits))])]
    }
    let verdict = try check.verdict()
    #expect(verdict.code == (isInconclusive ? .inconclusive : .pass))
    if isInconclusive {
      let found = "(\(commits) comparable commits, 4 are needed)"
      let sentence = "baseline: nothing could be compared with the history \(found)"
      #expect(verdict.gaps == [sentence])
    }
  }

  @Test("One profile's history says nothing of another's")
  func profiles() throws {
    var check = Check.afterCalm(201)
    check.runs.append(run([p95(900, profile: "spike")]))
    let verdict = try check.verdict()
    #expect(verdict.comparisons.map(\.profile) == ["baseline", "spike"])
    #expect(verdict.finding(p95(0, profile: "spike"))?.regression?.outcome == .incomparable)
    #expect(verdict.p95Outcome() == .ok)
  }
}
