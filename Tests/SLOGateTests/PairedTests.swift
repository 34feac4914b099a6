import SLOModel
import Testing

@testable import SLOGate

@Suite("A base that was measured in turn with the candidate, in the same job")
struct PairedTests {
  /// Runs that measured a p95 of `cart` and of `search`, in turn.
  private func runs(_ name: String, _ cart: [Double], search: [Double]? = nil) -> [Run] {
    cart.indices.map { index in
      run(
        [p95(cart[index], of: "cart"), p95(search?[index] ?? 80 + Double(index), of: "search")],
        file: "\(name)-\(index).json")
    }
  }

  private func draft(base: [Double], candidate: [Double], search: [Double]? = nil) throws -> Draft {
    var check = Check([])
    check.runs = runs("head", candidate, search: search)
    var draft = try check.draft()
    draft.pairedBase = runs("base", base)
    return draft
  }

  @Test("Without any history a slowdown of +10 % on a noisy machine blocks")
  func blocks() throws {
    let base = [100.0, 160, 90, 210, 130]
    let verdict = try draft(base: base, candidate: [110, 177, 99.5, 230, 143.5]).verdict()
    #expect(verdict.code == .regression)
    let finding = try #require(verdict.finding(p95(0, of: "cart")))
    #expect(finding.regression?.isPaired == true && finding.regression?.references == 5)
    #expect(verdict.regressed.map(\.endpoint) == ["cart"])
    #expect(verdict.p95Outcome(of: "search") == .ok)
    #expect(verdict.comparisons.map(\.pairs) == [5])
    #expect(try draft(base: base, candidate: [101, 158, 91, 212, 129]).verdict().code == .pass)
  }

  @Test("Pairs decide in one step: what they show is no spike")
  func oneStep() throws {
    var draft = try draft(base: [100, 101, 99], candidate: [140, 141, 139])
    draft.policy.isTwoStep = true
    #expect(draft.verdict().code == .regression)
  }

  @Test("A candidate that is slower everywhere is a change: both had the same machine")
  func everywhere() throws {
    let verdict = try draft(
      base: [100, 101, 99, 100], candidate: [120, 121, 119, 120.5], search: [97, 98, 99, 100]
    ).verdict()
    #expect(Set(verdict.regressed.map(\.endpoint)) == ["cart", "search"])
    #expect(verdict.commonFactors.isEmpty)
  }

  @Test("The history of a profile with pairs plays no part, that of the others does")
  func mixed() throws {
    var draft = try draft(base: [100, 101, 99, 100], candidate: [100, 101, 99, 100])
    draft.input.runs.append(run([p95(280, profile: "spike")]))
    draft.windows = [
      "baseline": window([p95(0, of: "cart").series: calm.map { $0 / 8 }]),
      "spike": window([p95(0, profile: "spike").series: calm]),
    ]
    let verdict = draft.verdict()
    #expect(verdict.regressed.map(\.profile) == ["spike"])
  }

  @Test("A run without traffic leaves its pair out; one pair alone decides nothing")
  func few() throws {
    var draft = try draft(base: [100, 100, 100], candidate: [150, 151, 149])
    draft.input.pairedBase[1].reading.failure = "no traffic"
    #expect(draft.verdict().finding(p95(0, of: "cart"))?.regression?.references == 2)
    var one = try self.draft(base: [100], candidate: [150])
    #expect(one.verdict().finding(p95(0, of: "cart"))?.regression?.outcome == .insufficient)
    one.policy.requiresHistory = true
    #expect(one.verdict().gaps.contains { $0.contains("1 pair, 2 are needed") })
  }

  @Test("Runs that cannot be paired up are refused in words")
  func mismatch() {
    let (base, head) = (runs("base", [1, 2, 3]), runs("head", [1, 2]))
    #expect(
      PairedRuns.mismatch(head, base: base)?.contains("3 results of the base and 2 of the candidate") == true)
    #expect(PairedRuns.mismatch(head, base: [head[0]])?.contains("one of the candidate's own") == true)
    #expect(PairedRuns.mismatch(head, base: Array(base.prefix(2))) == nil)
  }
}
