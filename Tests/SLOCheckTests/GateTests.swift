import Foundation
import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOReports
import Testing

@Suite("A gate finds what a change is held against") struct GateTests {
  /// Eight calm commits on main.
  private func calm() throws -> Shop {
    let shop = try Shop()
    shop.repository.lay((1...8).map(sha), on: "main")
    for (number, value) in scattered(200, 8).enumerated() { try shop.check(sha(number + 1), p95: value) }
    return shop
  }

  // MARK: Windows and ancestry

  @Test("A change is held against the commits that it stands on, and no later ones")
  func ancestry() throws {
    let shop = try calm()
    shop.repository.lay([sha(21)], on: "feature", from: sha(6))
    let verdict = try shop.verdict(sha(21), on: "feature", p95: 300)
    #expect(verdict.references == (1...6).map(sha))
    #expect(verdict.code == .regression)
    #expect(verdict.context.commitsSince == [sha(6): 1])
  }

  @Test("Without a repository every run of the reference branch counts")
  func withoutRepository() throws {
    let shop = try calm()
    let gate = try Gate(
      history: .file(shop.path("slogate.sqlite")), budgets: .budgets(.builtIn), on: Platform())
    let verdict = try gate.check([shop.result(300)], of: shop.request(sha(99), branch: "feature"))
    #expect(verdict.references == (1...8).map(sha))
  }

  @Test("A shallow clone is noted, and every run counts")
  func shallow() throws {
    let shop = try calm()
    shop.repository.lay([sha(21)], on: "feature", from: sha(6))
    shop.repository.isShallow = true
    let verdict = try shop.verdict(sha(21), on: "feature", p95: 200)
    #expect(verdict.references.count == 8)
    #expect(verdict.notices.contains { $0.contains("this is a shallow clone") })
  }

  @Test("Runs at another sizing are no reference")
  func sizing() throws {
    let shop = try calm()
    shop.repository.lay([sha(21)], on: "feature", from: sha(8))
    var request = shop.request(sha(21), branch: "feature")
    request.sizing = ["stage": "local"]
    let verdict = try shop.gate().check([shop.result(300)], of: request)
    #expect(verdict.references.isEmpty)
    #expect(verdict.p95?.regression?.outcome == .incomparable)
  }

  @Test("What was blocked on the reference branch is no reference for the next commit")
  func blocked() throws {
    let shop = try calm()
    shop.repository.lay([sha(9), sha(10)], on: "main", from: sha(8))
    #expect(try shop.check(sha(9), p95: 300).code == .regression)
    let next = try shop.check(sha(10), p95: 301)
    #expect(next.code == .regression)
    #expect(next.p95?.regression?.unaccepted?.since.sha == sha(9))
  }

  // MARK: Acceptances

  @Test("An accepted level counts for the commits that contain the accepted one")
  func acceptance() throws {
    let shop = try calm()
    shop.repository.lay([sha(9), sha(10)], on: "main", from: sha(8))
    try shop.check(sha(9), p95: 300)
    try shop.accept(sha(9))
    #expect(try shop.verdict(sha(10), on: "main", p95: 301).code == .pass)
  }

  @Test("For a change that does not contain the accepted commit nothing was accepted")
  func acceptanceElsewhere() throws {
    let shop = try calm()
    shop.repository.lay([sha(9)], on: "main", from: sha(8))
    shop.repository.lay([sha(21)], on: "feature", from: sha(7))
    try shop.check(sha(9), p95: 300)
    try shop.accept(sha(9))
    #expect(try shop.verdict(sha(21), on: "feature", p95: 301).code == .regression)
  }

  @Test(
    "Where nobody knows the ancestors, what was measured later on the branch contains the accepted commit")
  func presumedDescendants() throws {
    let shop = try calm()
    shop.repository.lay([sha(9)], on: "main", from: sha(8))
    try shop.check(sha(9), p95: 300)
    try shop.accept(sha(9))
    let gate = try Gate(
      history: .file(shop.path("slogate.sqlite")), budgets: .budgets(.builtIn),
      on: Platform(now: { Timestamp(milliseconds: 1_790_200_000_000) }))
    let verdict = try gate.check([shop.result(301)], of: shop.request(sha(10), branch: "main"))
    #expect(verdict.p95?.regression?.outcome != .slower)
    #expect(verdict.evaluation.references.descendants[sha(9)]?.contains(sha(10)) == true)
  }

  // MARK: The anchor of slow drift

  private static let creep = "regression: { creep: { anchor: v1, max: 10% } }"

  @Test("Slow drift is measured from the commit that a tag names")
  func anchor() throws {
    let shop = try calm()
    shop.repository.branches["v1"] = sha(5)
    shop.budget = GateTests.creep
    shop.repository.lay([sha(9)], on: "main", from: sha(8))
    let verdict = try shop.verdict(sha(9), on: "main", p95: 200)
    #expect(verdict.anchor?.commit == sha(5))
    #expect(verdict.anchor?.windows["baseline"]?.commits.map(\.sha) == (1...5).map(sha))
    #expect(verdict.p95?.creep?.outcome == .ok)
  }

  @Test("An anchor that nobody knows is an error of the budget file, in a shallow clone a notice")
  func unknownAnchor() throws {
    let shop = try calm()
    shop.budget = GateTests.creep
    let error = #expect(throws: GateError.self) { try shop.verdict(sha(8), on: "main", p95: 200) }
    #expect(error?.kind == .configuration)
    #expect(error?.description.contains("budgets/shop.yaml:1") == true)
    shop.repository.isShallow = true
    let verdict = try shop.verdict(sha(8), on: "main", p95: 200)
    #expect(verdict.anchor == nil)
    #expect(verdict.notices.contains { $0.hasPrefix("creep: the anchor 'v1' is not known here") })
  }

  // MARK: What a check is

  @Test("The same input gives the same verdict, whoever records meanwhile nothing")
  func nothingRecorded() throws {
    let shop = try calm()
    let gate = try shop.gate()
    let results = [shop.result(300)]
    let request = shop.request(sha(8), branch: "main")
    let verdicts = try (0..<2).map { _ in jsonReport(of: try gate.check(results, of: request)) }
    #expect(verdicts[0] == verdicts[1])
    #expect(try shop.gate().demandHistory().summary().runs == 8)
  }

  @Test("A branch that loosens a limit says so in its verdict")
  func loosened() throws {
    let shop = try calm()
    shop.repository.lay([sha(21)], on: "feature", from: sha(8))
    shop.repository.files[sha(8)] = ["budgets/shop.yaml": "defaults: { baseline: { p95: 300ms } }"]
    let file = shop.path("shop.yaml")
    try "defaults: { baseline: { p95: 400ms } }".write(toFile: file, atomically: true, encoding: .utf8)
    let repository = shop.repository
    var renamed = repository
    renamed.files[sha(8)] = [file: "defaults: { baseline: { p95: 300ms } }"]
    let gate = try Gate(
      history: .file(shop.path("slogate.sqlite")), budgets: .folder(file), on: Platform(repository: renamed))
    let verdict = try gate.check([shop.result(200)], of: shop.request(sha(21), branch: "feature"))
    #expect(verdict.budgetReview?.count(.loosened) ?? 0 > 0)
  }

  @Test("A misspelt service is refused, a new one is taken where it is said to be new")
  func service() throws {
    let shop = try calm()
    var request = shop.request(sha(8), branch: "main")
    request.service = "shpo"
    let error = #expect(throws: GateError.self) { try shop.gate().check([shop.result(200)], of: request) }
    #expect(error?.kind == .usage)
    #expect(error?.description.contains("did you mean 'shop'?") == true)
    request.isNewService = true
    #expect(try shop.gate().check([shop.result(200)], of: request).service == "shpo")
  }

  @Test("What is no history is an error with its kind")
  func damaged() throws {
    let shop = try Shop()
    let file = shop.path("slogate.sqlite")
    try "no database".write(toFile: file, atomically: true, encoding: .utf8)
    let error = #expect(throws: GateError.self) { try shop.verdict(sha(1), on: "main", p95: 200) }
    #expect(error?.kind == .storage)
    #expect(throws: GateError.self) { try Gate(history: .file(" ")) }
  }

  @Test("Files are read, judged and told as the program does")
  func files() throws {
    let path = try #require(Bundle.module.url(forResource: "Fixtures/baseline", withExtension: "json")).path
    let results = try Readers.read(paths: [path], as: .profile("baseline")).readings
    let verdict = try Gate(history: .none, budgets: .budgets(.builtIn)).check(results)
    #expect(verdict.outcome == .pass)
    #expect(verdict.report(.text).hasPrefix("PASS"))
    #expect(throws: InputErrors.self) {
      try Readers.read(paths: ["not-there.json"], as: .profile("baseline")).readings
    }
  }
}
