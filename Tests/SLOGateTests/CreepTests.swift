import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOGate

@Suite("Slow drift is measured from a pinned anchor")
struct CreepTests {
  static let budget = "regression: { creep: { anchor: v1, max: 10% } }"

  /// Thirty commits, each so much slower than the one before.
  private func drifting(_ step: Double) -> [Double] {
    (0..<30).map { index in
      var value = calm[index % calm.count]
      for _ in 0..<index { value *= 1 + step }
      return value
    }
  }

  private func draft(_ history: [Double], then value: Double, budget: String = budget) throws -> Draft {
    var check = Check([p95(value)], budget: budget)
    let newest = Array(history.suffix(12))
    check.windows = ["baseline": window([p95(0).series: newest])]
    var draft = try check.draft()
    draft.anchor = Anchor(
      name: "v1", commit: "a0", time: Timestamp(milliseconds: 0),
      windows: ["baseline": window([p95(0).series: Array(history.prefix(8))])])
    return draft
  }

  @Test("Half a per cent a commit passes every window, and not the anchor")
  func drift() throws {
    let history = drifting(0.006)
    let value = (history.last ?? 0) * 1.006
    let verdict = (try draft(history, then: value)).verdict()
    let finding = try #require(verdict.finding(p95(0)))
    #expect(finding.regression?.effect != .blocks)
    #expect(finding.creep?.outcome == .over)
    #expect(finding.outcome == .regressed)
    #expect(verdict.code == .regression)
    #expect(try #require(finding.creep?.judgement.change?.relative) > 0.1)
  }

  @Test("Without a pinned anchor the same drift passes")
  func unpinned() throws {
    let history = drifting(0.006)
    let value = (history.last ?? 0) * 1.006
    #expect((try draft(history, then: value, budget: "version: 1")).verdict().code == .pass)
  }

  @Test("Less than what is allowed passes")
  func allowed() throws {
    let history = drifting(0.002)
    let verdict = (try draft(history, then: history.last ?? 0)).verdict()
    #expect(verdict.finding(p95(0))?.creep?.outcome == .ok)
    #expect(verdict.code == .pass)
  }

  @Test("One slow run is no drift: the level is a median")
  func spike() throws {
    var history = drifting(0)
    history[29] = 400
    #expect((try draft(history, then: 201)).verdict().finding(p95(0))?.creep?.outcome == .ok)
  }

  @Test("Too few commits up to the anchor say nothing")
  func fewAtAnchor() throws {
    var draft = try draft(drifting(0.006), then: 240)
    draft.anchor?.windows = ["baseline": window([p95(0).series: [200, 201]])]
    #expect(draft.verdict().finding(p95(0))?.creep?.outcome == .insufficient)
  }

  @Test("A level accepted after the anchor is not held against it")
  func accepted() throws {
    var draft = try draft(drifting(0.006), then: 240)
    draft.acceptances = [
      Acceptance(
        service: "shop", commit: "c5", since: Timestamp(milliseconds: 5), by: "sre", reason: "wanted",
        at: Timestamp(milliseconds: 9))
    ]
    #expect(draft.verdict().finding(p95(0))?.creep == nil)
    draft.descendants["c5"] = ["another"]
    #expect(draft.verdict().finding(p95(0))?.creep != nil, "another branch accepted it")
  }

  @Test("Where regressions only warn, drift only warns")
  func warnsOnly() throws {
    let history = drifting(0.006)
    let budget = "regression: { block: false, creep: { anchor: v1, max: 10% } }"
    var check = Check([p95((history.last ?? 0) * 1.006)], budget: budget)
    check.windows = ["baseline": window([p95(0).series: Array(history.suffix(12))])]
    check.policy = GatePolicy(try check.draft().budgets)
    var draft = try check.draft()
    draft.anchor = Anchor(
      name: "v1", commit: nil, time: nil,
      windows: ["baseline": window([p95(0).series: Array(history.prefix(8))])])
    let verdict = draft.verdict()
    #expect(verdict.code == .pass)
    #expect(verdict.finding(p95(0))?.outcome == .warn)
  }
}
