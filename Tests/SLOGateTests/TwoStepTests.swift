import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOGate

@Suite("A check in two steps: what one run cannot tell from a spike is suspect")
struct TwoStepTests {
  /// A check in two steps whose history has a p95 of about 200 ms at every endpoint.
  private func draft(
    _ values: [String: Double], second: [String: Double]? = nil, budget: String = "version: 1"
  ) throws -> Draft {
    var check = Check(values.sorted { $0.key < $1.key }.map { p95($0.value, of: $0.key) }, budget: budget)
    check.windows = [
      "baseline": window(Dictionary(uniqueKeysWithValues: values.keys.map { (p95(0, of: $0).series, calm) }))
    ]
    var draft = try check.draft()
    draft.policy.isTwoStep = true
    if let second {
      let measured = second.sorted { $0.key < $1.key }.map { p95($0.value, of: $0.key) }
      draft.confirmation = [run(measured, file: "second.json")]
    }
    return draft
  }

  @Test("A regression is suspect, exit code 5; in one step it blocks at once")
  func suspect() throws {
    var draft = try draft(["cart": 280])
    let verdict = draft.verdict()
    #expect(verdict.code == .suspect && verdict.outcome == .suspect && verdict.code.rawValue == 5)
    #expect(verdict.p95Outcome(of: "cart") == .suspect)
    #expect(verdict.suspects.map(\.endpoint) == ["cart"] && verdict.regressed.isEmpty)
    draft.policy.isTwoStep = false
    #expect(draft.verdict().code == .regression)
  }

  @Test("What is worse again in the second run blocks; what is not was a spike, and passes with a notice")
  func decided() throws {
    let confirmed = try draft(["cart": 280], second: ["cart": 275]).verdict()
    #expect(confirmed.code == .regression && confirmed.p95Outcome(of: "cart") == .regressed)
    #expect(confirmed.finding(p95(0, of: "cart"))?.regression?.confirmation?.isConfirmed == true)
    let cleared = try draft(["cart": 280], second: ["cart": 201]).verdict()
    #expect(cleared.code == .pass && cleared.p95Outcome(of: "cart") == .ok)
    #expect(cleared.suspects.isEmpty && cleared.regressed.isEmpty)
    #expect(cleared.notices.contains { $0.contains("not confirmed by the second") && $0.contains("cart") })
  }

  @Test("The value shown and held against budgets is that of the first run")
  func first() throws {
    let budget = "endpoints: { cart: { baseline: { p95: 300ms } } }"
    let verdict = try draft(["cart": 280], second: ["cart": 400], budget: budget).verdict()
    #expect(verdict.code == .regression)
    #expect(verdict.finding(p95(0, of: "cart"))?.value == 280)
    #expect(verdict.finding(p95(0, of: "cart"))?.budget?.outcome == .ok)
  }

  @Test("The second run makes no suspects of its own")
  func alone() throws {
    let verdict = try draft(["cart": 280, "search": 200], second: ["cart": 200, "search": 290]).verdict()
    #expect(verdict.code == .pass)
    #expect(verdict.p95Outcome(of: "search") == .ok)
  }

  @Test("A suspect that the second run does not have is still suspect, and the verdict is inconclusive")
  func missing() throws {
    let verdict = try draft(["cart": 280], second: ["search": 200]).verdict()
    #expect(verdict.code == .inconclusive && verdict.suspects.map(\.endpoint) == ["cart"])
    #expect(verdict.gaps.contains { $0.contains("0 of 1 suspects") })
  }

  @Test("A second run elsewhere is not comparable, and clears nothing")
  func elsewhere() throws {
    var draft = try draft(["cart": 280], second: ["cart": 200])
    draft.confirmation[0].environment.sizing["stage"] = "dev"
    draft.confirmation.append(run([p95(201, of: "cart")], file: "third.json"))
    #expect(draft.verdict().code == .inconclusive)
  }

  @Test("1 goes before 3, 3 before 2, 2 before 5, and 5 before 4")
  func order() throws {
    let over = try draft(["cart": 280], budget: "endpoints: { cart: { baseline: { p95: 250ms } } }").verdict()
    #expect(over.code == .overBudget && over.suspects.map(\.endpoint) == ["cart"])
    let open = try draft(["cart": 280], budget: "endpoints: { cart: { baseline: { p99: 1s } } }").verdict()
    #expect(open.code == .inconclusive)
    var strict = try draft(["cart": 280])
    (strict.isStrict, strict.warnings) = (true, ["look here"])
    #expect(strict.verdict().code == .suspect)
    strict.confirmation = [run([p95(201, of: "cart")], file: "second.json")]
    #expect(strict.verdict().code == .warnings)
    let both = try draft(["cart": 280, "search": 280], second: ["cart": 280, "search": 200]).verdict()
    #expect(both.code == .regression)
  }

  @Test("Where regressions only warn, nothing is suspect")
  func warning() throws {
    var draft = try draft(["cart": 280])
    draft.policy.regressionBlocks = false
    #expect(draft.verdict().code == .pass && draft.verdict().p95Outcome(of: "cart") == .warn)
  }

  @Test("A waiver covers a suspect as it covers a regression")
  func waived() throws {
    let waiver =
      "waivers: [{ endpoint: cart, metric: p95, max: 300ms, until: 2999-01-01, owner: a, reason: b }]"
    let verdict = try draft(
      ["cart": 280], budget: "endpoints: { cart: { baseline: { p95: 1s } } }\n\(waiver)"
    ).verdict()
    #expect(verdict.code == .pass && verdict.p95Outcome(of: "cart") == .waived)
  }

  @Test("A run of which everything moved is suspect as a whole, and decided as a whole")
  func common() throws {
    let names = (0..<8).map { "e\($0)" }
    let all = { (value: Double) in Dictionary(uniqueKeysWithValues: names.map { ($0, value) }) }
    let first = try draft(all(250)).verdict()
    #expect(first.code == .suspect)
    #expect(try draft(all(250), second: all(251)).verdict().code == .regression)
    let cleared = try draft(all(250), second: all(200)).verdict()
    #expect(cleared.code == .pass && !cleared.commonFactors.contains { $0.blocks || $0.isSuspect })
  }

  @Test("Of many suspects each is held to a stricter level: chance alone confirms one check in fifty")
  func manySuspects() throws {
    let names = (0..<20).map { "e\($0)" }
    let first = Dictionary(uniqueKeysWithValues: names.map { ($0, $0 == "e0" ? 280.0 : 300) })
    var second = Dictionary(uniqueKeysWithValues: names.map { ($0, 200.0) })
    second["e0"] = 209
    let verdict = try draft(first, second: second).verdict()
    let decision = try #require(verdict.finding(p95(0, of: "e0"))?.regression?.confirmation)
    #expect(!decision.isConfirmed)
    #expect(verdict.code == .pass)
  }
}
