import SLOHistory
import SLOModel
import Testing
import TestSupport

@testable import SLOGate

@Suite("A blocked regression stays one until it is accepted or gone")
struct UnacceptedRegressionTests {
  private static let search = p95(0, of: "search").series
  private static let cart = p95(0, of: "cart").series

  private func levels(_ search: Double, cart: Double = 80) -> [Series: Double] {
    [UnacceptedRegressionTests.search: search, UnacceptedRegressionTests.cart: cart]
  }

  /// Eight commits at 100 ms, and one that was blocked at 135 ms.
  private func blocked(seed: Int = 1, by factor: Double = 1.35, after count: Int = 8) throws
    -> SimulatedBranch
  {
    var main = SimulatedBranch(seed: seed)
    for _ in 0..<count { #expect(try main.check(levels(100)).regressed.isEmpty) }
    let verdict = try main.check(levels(100 * factor))
    #expect(verdict.code == .regression)
    #expect(finding(verdict)?.regression?.unaccepted == nil)
    return main
  }

  private func finding(_ verdict: Verdict) -> Finding? {
    verdict.findings.first { $0.series == UnacceptedRegressionTests.search }
  }

  private func unaccepted(_ verdict: Verdict) -> UnacceptedRegression? {
    finding(verdict)?.regression?.unaccepted
  }

  @Test("Every further commit at its level is blocked, and told since when", arguments: 1...12)
  func stays(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let factor = Double.random(in: 1.15...3, using: &generator)
    let count = Int.random(in: 5...40, using: &generator)
    var main = try blocked(seed: seed, by: factor, after: count)
    for step in 0..<Int.random(in: 1...70, using: &generator) {
      if Int.random(in: 0..<4, using: &generator) == 0 {
        main.record(levels(100 * factor))
      } else {
        let verdict = try main.check(levels(100 * factor))
        #expect(verdict.code == .regression, "commit \(step) after \(count) at \(factor)")
        #expect(unaccepted(verdict)?.since.sha == "c\(count)")
        #expect(verdict.regressed == [UnacceptedRegressionTests.search])
      }
    }
    #expect(try main.check(levels(100)).code == .pass)
    #expect(try main.check(levels(100 * factor)).code == .regression, "a revert does not pardon the next one")
  }

  @Test("The level that returned is the normal one, and the blocked commits are no value seen before")
  func returns() throws {
    var main = try blocked()
    _ = try main.check(levels(135))
    for _ in 0..<3 { #expect(try main.check(levels(100)).code == .pass) }
    let again = try main.check(levels(135))
    #expect(again.code == .regression)
    #expect(unaccepted(again) == nil, "it is a new one")
    #expect(finding(again)?.regression?.seenBefore == [])
  }

  @Test("Slower still, half undone or slightly better: it stays blocked since its first commit")
  func partly() throws {
    var main = try blocked()
    for level in [180.0, 135, 115, 240, 120] {
      let verdict = try main.check(levels(level))
      #expect(verdict.code == .regression, "\(level)")
      #expect(unaccepted(verdict)?.since.sha == "c8")
    }
    #expect(try main.check(levels(100)).code == .pass)
  }

  @Test("An accepted level is the normal one from then on, and the next loss blocks")
  func accepted() throws {
    var main = try blocked()
    _ = try main.check(levels(135))
    main.accept("c8")
    for _ in 0..<4 { #expect(try main.check(levels(135)).code == .pass) }
    let lost = try main.check(levels(170))
    #expect(lost.code == .regression)
    #expect(unaccepted(lost) == nil)
    #expect(unaccepted(try main.check(levels(170)))?.since.sha == "c14")
  }

  @Test("To accept one step is not to accept a worse one that was blocked after it")
  func acceptedFirstOfTwo() throws {
    var main = try blocked()
    _ = try main.check(levels(200))
    main.accept("c8")
    let verdict = try main.check(levels(200))
    #expect(verdict.code == .regression)
    #expect(unaccepted(verdict)?.since.sha == "c9")
    #expect(try main.check(levels(135)).code == .pass)
  }

  @Test("Who accepts the wrong metric accepts nothing")
  func acceptedOther() throws {
    var main = try blocked()
    main.accept("c8", metric: "iteration_duration")
    #expect(try main.check(levels(135)).code == .regression)
  }

  @Test("Only the series that was blocked is held back")
  func others() throws {
    var main = try blocked()
    let verdict = try main.check(levels(100, cart: 110))
    #expect(verdict.regressed == [UnacceptedRegressionTests.cart])
    #expect(verdict.findings.allSatisfy { $0.regression?.unaccepted == nil })
  }

  @Test("A second run of the blocked commit that is as fast as ever is a reference")
  func repeated() throws {
    var main = try blocked()
    #expect(try main.check(levels(100), again: true).code == .pass)
    #expect(try main.check(levels(100)).code == .pass)
    #expect(unaccepted(try main.check(levels(135))) == nil)
  }

  @Test("A second run of the blocked commit that is as slow is blocked as well")
  func repeatedSlow() throws {
    var main = try blocked()
    #expect(try main.check(levels(135), again: true).code == .regression)
    #expect(try main.check(levels(135)).code == .regression)
  }

  @Test("A step to the worse that no check was blocked by confirms itself, and an improvement always does")
  func untold() throws {
    var main = SimulatedBranch()
    for _ in 0..<12 { main.record(levels(100)) }
    for _ in 0..<8 { main.record(levels(135)) }
    #expect(try main.check(levels(135)).code == .pass)
    for _ in 0..<8 { #expect(try main.check(levels(60)).code == .pass) }
    #expect(try main.check(levels(100)).code == .regression)
  }

  @Test("A regression beside an exceeded budget counts too")
  func besideBudget() throws {
    var main = SimulatedBranch()
    main.budget = "endpoints: { search: { baseline: { p95: 120ms } } }"
    for _ in 0..<8 { _ = try main.check(levels(100)) }
    #expect(try main.check(levels(135)).code == .overBudget)
    main.budget = "version: 1"
    let verdict = try main.check(levels(135))
    #expect(verdict.code == .regression)
    #expect(unaccepted(verdict)?.since.sha == "c8")
  }

  @Test(
    "A waiver lets it through up to its bound and pardons nothing: once it has ended the level blocks again")
  func waived() throws {
    var main = try blocked()
    main.budget = """
      waivers:
        - { endpoint: search, metric: p95, max: 150ms, until: 2099-12-31, owner: ops, reason: cipher }
      """
    for _ in 0..<9 {
      let verdict = try main.check(levels(135))
      #expect(verdict.code == .pass)
      #expect(finding(verdict)?.outcome == .waived)
      #expect(verdict.regressed == [UnacceptedRegressionTests.search])
      #expect(verdict.waivers.unused.isEmpty)
    }
    #expect(try main.check(levels(160)).code == .regression, "beyond its bound")
    main.budget = "version: 1"
    #expect(try main.check(levels(135)).code == .regression)
  }

  @Test(
    "What slowed all of a run stays a regression too, on calm hosts and on noisy ones",
    arguments: [0.0, 0.05])
  func everything(hostNoise: Double) throws {
    var main = SimulatedBranch(seed: 3)
    main.hostNoise = hostNoise
    func levels(_ factor: Double) -> [Series: Double] {
      (0..<24).reduce(into: [:]) { $0[p95(0, of: "e\($1)").series] = factor * (50 + 10 * Double($1)) }
    }
    for _ in 0..<16 { #expect(try main.check(levels(1)).regressed.isEmpty) }
    #expect(try main.check(levels(1.5)).code == .regression)
    for _ in 0..<6 {
      let verdict = try main.check(levels(1.5))
      #expect(verdict.code == .regression)
      #expect(verdict.notices.contains { $0.contains("worse since c16") })
    }
    #expect(try main.check(levels(1)).code == .pass)
    main.accept("c16")
    for _ in 0..<3 { #expect(try main.check(levels(1)).code == .pass) }
  }

  @Test("A verdict that does not name the series holds back those that were worse")
  func unnamed() throws {
    var main = try blocked()
    main.forgetNames()
    let verdict = try main.check(levels(135))
    #expect(verdict.code == .regression)
    #expect(verdict.regressed == [UnacceptedRegressionTests.search])
    #expect(try main.check(levels(100)).code == .pass)
  }

  @Test("The notice names the commit and every way out")
  func waysOut() throws {
    var main = try blocked()
    let verdict = try main.check(levels(135))
    let notice = try #require(verdict.notices.first { $0.contains("worse since c8") })
    for way in ["undo it", "slogate history accept --commit c8", "--endpoint search", "waive it"] {
      #expect(notice.contains(way), "\(notice)")
    }
  }
}

@Suite("A change of another branch answers for what it adds")
struct InheritedRegressionTests {
  private let search = p95(0, of: "search").series

  private func main() throws -> SimulatedBranch {
    var main = SimulatedBranch()
    for level in [100.0, 100, 100, 100, 100, 100, 100, 100, 135, 135] { _ = try main.check([search: level]) }
    return main
  }

  @Test("What the reference branch has already is a warning that names the commit, never new")
  func inherited() throws {
    var main = try main()
    let verdict = try main.checkBranch([search: 135])
    #expect(verdict.code == .pass)
    let finding = try #require(verdict.findings.first)
    #expect(finding.outcome == .warn)
    #expect(finding.regression?.unaccepted?.isInherited == true)
    #expect(finding.regression?.unaccepted?.since.sha == "c8")
    #expect(verdict.regressed.isEmpty)
  }

  @Test("What it adds is blocked", arguments: [160.0, 200, 400])
  func added(level: Double) throws {
    var main = try main()
    let verdict = try main.checkBranch([search: level])
    #expect(verdict.code == .regression)
    let regression = try #require(verdict.findings.first?.regression)
    #expect(regression.unaccepted == nil, "it is new")
    #expect(regression.level?.ground == .blocked)
  }

  @Test("A branch without the step that is as slow made it itself")
  func itself() throws {
    var main = try main()
    let verdict = try main.checkBranch([search: 135], leftAfter: 8)
    #expect(verdict.code == .regression)
    #expect(verdict.findings.first?.regression?.unaccepted == nil)
  }

  @Test("One that undoes the step passes as an improvement")
  func undone() throws {
    var main = try main()
    let verdict = try main.checkBranch([search: 100])
    #expect(verdict.code == .pass)
    #expect(verdict.findings.first?.outcome != .warn)
  }
}
