import SLOBudgets
import SLOCheck
import SLOGate
import SLOHistory
import SLOModel
import Testing

@Suite("What a person names is found in the history") struct LookupTests {
  private func shop() throws -> Shop {
    let shop = try Shop()
    shop.repository.lay((1...6).map(sha), on: "main")
    for (number, value) in scattered(200, 5).enumerated() { try shop.check(sha(number + 1), p95: value) }
    return shop
  }

  private func names(_ shop: Shop, _ onNotice: @escaping (String) -> Void = { _ in }) throws -> RunNames {
    let history = try shop.gate().demandHistory()
    return RunNames(history, path: history.path, repository: shop.repository, onNotice: onNotice)
  }

  @Test("A branch whose tip was never measured stands for its newest measured commit, and that is said")
  func branch() throws {
    var notices: [String] = []
    let runs = try names(shop()) { notices.append($0) }.runs("main")
    #expect(runs.map(\.commit.sha) == [sha(5)])
    #expect(notices.count == 1 && notices[0].contains("the tip of main was never measured"))
  }

  @Test("A name that nothing has is a usage error")
  func unknown() throws {
    let error = #expect(throws: GateError.self) { try names(shop()).runs("v9") }
    #expect(error?.kind == .usage)
  }

  @Test("A recorded check is put again against the commits before it")
  func pastCheck() throws {
    let shop = try shop()
    let past = try shop.gate().past(
      PastCheck.Wanted(commit: sha(4)), reference: nil, isDescribed: true)
    #expect(past.verdict.references == (1...3).map(sha))
    #expect(past.difference.isEmpty)
    #expect(past.verdict.context.commits[sha(4)]?.subject == "Change \(sha(4))")
  }

  @Test("A check that budgets of now judge otherwise says so")
  func pastCheckUnderOtherBudgets() throws {
    let shop = try shop()
    shop.budget = "defaults: { baseline: { p95: 100ms } }"
    let past = try shop.gate().past(
      PastCheck.Wanted(commit: sha(4)), reference: nil, isDescribed: false)
    #expect(past.verdict.code == .overBudget)
    #expect(past.difference.count == 1)
  }

  @Test("Stored checks are replayed each against the commits before it, with what was accepted")
  func replays() throws {
    let shop = try shop()
    try shop.accept(sha(3))
    let history = try shop.gate().demandHistory()
    let stored = try #require(
      try StoredChecks(
        in: history, service: "shop", environment: Environment(name: nil, sizing: [:]), reference: nil,
        commits: 10, on: Platform(repository: shop.repository)))
    let replays = try stored.completed(try stored.replays(last: 3, under: .builtIn, now: .current))
    #expect(replays.checks.map(\.commit.sha) == [sha(3), sha(4), sha(5)])
    #expect(replays.checks.allSatisfy { $0.references.acceptances.map(\.commit) == [sha(3)] })
    #expect(replays.checks.last?.references.descendants[sha(3)]?.contains(sha(5)) == true)
  }
}
