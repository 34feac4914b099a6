import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOGate

@Suite("A finding is explained by what it was held against")
struct ExplanationTests {
  private func explanation(
    _ value: Double, after history: [Double], budget: String = "version: 1", samples: Int? = nil
  ) throws -> Explanation {
    var check = Check([p95(value)], budget: budget)
    check.windows = ["baseline": window([p95(0).series: history], samples: samples)]
    let draft = try check.draft()
    return try #require(explain(p95(0).series, in: draft.verdict()))
  }

  @Test("A value unlike every reference is new")
  func new() throws {
    #expect(try explanation(260, after: calm).novelty == .new)
  }

  @Test("A value like its references is nothing")
  func unchanged() throws {
    #expect(try explanation(201, after: calm).novelty == .unchanged)
  }

  @Test("A value like the branch's since a step is not new, and the step is named")
  func known() throws {
    let stepped = calm + calm.map { $0 * 1.3 }
    guard case .known(let since) = try explanation(260, after: stepped).novelty else {
      Issue.record("not known")
      return
    }
    #expect(since.sha == "c10")
  }

  @Test("A value like one that an unchanged commit showed is not new")
  func seenBefore() throws {
    var history = calm
    history[4] = 262
    #expect(try explanation(260, after: history).novelty == .seenBefore(["c4"]))
  }

  @Test("Beyond its limit, what counts is since when the branch has been beyond it")
  func overBudget() throws {
    let limit = "defaults: { baseline: { p95: 250ms } }"
    guard case .known(let since) = try explanation(261, after: calm + [260, 262, 258], budget: limit).novelty
    else {
      Issue.record("not known")
      return
    }
    #expect(since.sha == "c10")
    #expect(try explanation(261, after: calm, budget: limit).novelty == .new)
  }

  @Test("Without history it is not known")
  func unknown() throws {
    let explanation = try explanation(260, after: [])
    #expect(explanation.novelty == .unknown)
    #expect(explanation.references.isEmpty)
  }

  @Test("Each reference has its part: level, outsider, or older")
  func roles() throws {
    var history = calm.map { $0 / 2 } + calm
    history[14] = 380
    let roles = try explanation(203, after: history).references.map(\.role)
    #expect(roles.prefix(10).allSatisfy { $0 == .older })
    #expect(roles[14] == .outsider)
    #expect(roles[15] == .level)
  }

  @Test("Waivers on the series are shown, others not")
  func waivers() throws {
    let waiver = """
      defaults: { baseline: { p95: 250ms } }
      waivers:
        - { endpoint: "*", metric: p95, max: 300ms, until: 2026-12-31, owner: ops, reason: cache }
        - { endpoint: "*", metric: p99, max: 300ms, until: 2026-12-31, owner: ops, reason: other }
      """
    #expect(try explanation(261, after: calm, budget: waiver).waivers.map(\.reason) == ["cache"])
  }

  @Test("An unknown series is not explained")
  func stranger() throws {
    let draft = try Check([p95(1)]).draft()
    #expect(explain(p99(0).series, in: draft.verdict()) == nil)
  }

  @Test("Repetitions are advised where they help, and not where runs differ among themselves")
  func advice() throws {
    func verdict(_ levels: [Double], within: Double) throws -> Verdict {
      let series = p95(0).series
      var check = Check([p95(900)])
      check.runs = [0.0, within, -within].map { run([p95(900 + $0)]) }
      var window = window([series: levels])
      window.values[series] = levels.enumerated().map { index, level in
        ReferenceValue(
          commit: index,
          repetitions: [level, level + within, level - within].map { .init(value: $0, samples: nil) })
      }
      check.windows = ["baseline": window]
      return try check.verdict()
    }
    let wild = [200.0, 240, 170, 210, 260, 185, 225, 195, 250, 178, 214, 232]
    let (between, within) = (try verdict(wild, within: 0.5), try verdict(calm, within: 4))
    #expect(between.code == .regression && !between.repetitionsHelp)
    #expect(within.code == .regression && within.repetitionsHelp)
  }
}
