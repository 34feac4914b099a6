import Foundation
import Testing

@Suite("slogate check on a branch that changes budgets")
struct BudgetsOfBranchTests {
  private static let budget = """
    service: shop
    owner: payments-team
    defaults:
      baseline: { p95: 400ms, p99: 900ms }

    """

  /// A branch `faster` that left `main` after its budget was written.
  private func branch(in workplace: borrowing Workplace, budget: String = budget) throws {
    try workplace.write("b.json", summary(p95: "200", p99: "800"))
    try workplace.write("budgets/b.yaml", budget)
    try workplace.git("init", "-q")
    try workplace.git("add", "budgets")
    try workplace.git("commit", "-q", "-m", "budgets")
    try workplace.git("checkout", "-q", "-b", "faster")
    try workplace.git("commit", "-q", "--allow-empty", "-m", "faster")
  }

  private func check(_ workplace: borrowing Workplace, _ arguments: String...) throws -> Workplace.Result {
    try workplace.run(["check", "--baseline", "b.json", "--no-record"] + arguments)
  }

  @Test("What the branch loosens is reported with the verdict, in the title too")
  func loosened() throws {
    let workplace = try Workplace()
    try branch(in: workplace)
    try workplace.write("budgets/b.yaml", BudgetsOfBranchTests.budget.replacing("400ms", with: "500ms"))
    let text = try check(workplace)
    #expect(text.code == 0, "\(text.errors)")
    #expect(text.output.contains("budgets loosened: 1"))
    #expect(
      text.output.contains(
        "budget  loosened: baseline p95, whole run: < 400 ms → < 500 ms, +25 %, owner payments-team"),
      "\(text.output)")
    let changes = try #require(
      try check(workplace, "--format", "json").json()["budget_changes"] as? [String: Any])
    #expect(changes["loosened"] as? Int == 1 && changes["tightened"] as? Int == 0)
    let limit = try #require((changes["limits"] as? [[String: Any]])?.first)
    #expect((limit["before"] as? [String: Any])?["limit"] as? Double == 400)
  }

  @Test(
    "A branch that leaves the budgets alone, a rewording, and the reference branch itself have nothing to tell"
  )
  func unchanged() throws {
    let workplace = try Workplace()
    try branch(in: workplace)
    #expect(try check(workplace, "--format", "json").json()["budget_changes"] is NSNull)
    try workplace.write("budgets/b.yaml", "# reviewed\n" + BudgetsOfBranchTests.budget)
    #expect(try check(workplace, "--format", "json").json()["budget_changes"] is NSNull)
    try workplace.git("checkout", "-q", "--force", "main")
    try workplace.write("budgets/b.yaml", BudgetsOfBranchTests.budget.replacing("400ms", with: "500ms"))
    #expect(try check(workplace, "--format", "json").json()["budget_changes"] is NSNull)
  }

  @Test("A first budget file is reported beside the limits that held without one")
  func first() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary(p95: "200", p99: "800"))
    try workplace.git("init", "-q")
    try workplace.git("commit", "-q", "--allow-empty", "-m", "none")
    try workplace.git("checkout", "-q", "-b", "budgets")
    try workplace.write("budgets/b.yaml", BudgetsOfBranchTests.budget.replacing("400ms", with: "300ms"))
    try workplace.git("add", "budgets")
    try workplace.git("commit", "-q", "-m", "budgets")
    let changes = try #require(
      try check(workplace, "--format", "json").json()["budget_changes"] as? [String: Any])
    #expect(changes["tightened"] as? Int == 1 && (changes["loosened"] as? Int ?? 0) > 0, "\(changes)")
  }

  @Test("A tag of one's own that names endpoints is known on both sides")
  func endpointTag() throws {
    let workplace = try Workplace()
    let budget =
      BudgetsOfBranchTests.budget + "endpoints: { a: { match: { op: a }, baseline: { p95: 1s } } }\n"
    try branch(in: workplace, budget: budget)
    try workplace.write("budgets/b.yaml", budget.replacing("400ms", with: "500ms"))
    let text = try check(workplace, "--endpoint-tag", "op")
    #expect(text.output.contains("budgets loosened: 1"), "\(text.output)\(text.errors)")
  }

  @Test("Wrong budgets where the branch began are no reason to fail, and are reported")
  func wrongBefore() throws {
    let workplace = try Workplace()
    try branch(in: workplace, budget: "defaults: { baseline: { p95: 400 } }\n")
    try workplace.write("budgets/b.yaml", BudgetsOfBranchTests.budget)
    let text = try check(workplace)
    #expect(text.code == 0 && text.output.contains("how this branch changes the budgets is not reported"))
    #expect(text.output.contains("budgets/b.yaml:1:"), "\(text.output)")
  }
}
