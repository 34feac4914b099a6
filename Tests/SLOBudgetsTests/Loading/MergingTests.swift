import Testing

@testable import SLOBudgets

@Suite("Several files are one budget")
struct MergingTests {
  @Test("They add up, and may repeat what is equal")
  func addUp() throws {
    let budgets = try parse(files: [
      ("a.yaml", "version: 1\nservice: s\nowner: a\ndefaults: { baseline: { p95: 1s } }"),
      ("b.yaml", "version: 1\nservice: s\nowner: b\ndefaults: { baseline: { p99: 2s }, spike: { p95: 3s } }"),
      ("c.yaml", "endpoints: { x: { spike: { p95: 4s } } }"),
      ("d.yaml", "endpoints: { x: { owner: d, spike: { p99: 5s }, \"*\": { p95: 6s } } }"),
    ])
    #expect(budgets.files == ["a.yaml", "b.yaml", "c.yaml", "d.yaml"])
    #expect(budgets.limits(profile: "baseline", endpoint: "*").map(\.owner) == ["a", "b"])
    #expect(budgets.limits(profile: "spike", endpoint: "x").map(\.bound) == [4_000, 5_000])
    #expect(budgets.targets(profile: "spike").count == 1)
  }

  @Test(
    "What stands in two of them names both places",
    arguments: [
      ("service: a", "service: ⟨1⟩b", "service 'b' differs from 'a' at a.yaml:1:10"),
      ("repetitions: 1", "repetitions: ⟨1⟩2", "is already set at a.yaml:1:14"),
      ("regression: { window: 9 }", "⟨1⟩regression: { window: 8 }", "is already set at a.yaml:1:1"),
      ("environments: { p: { a: b } }", "environments: { ⟨1⟩p: { a: b } }", "is already set at a.yaml:1:17"),
      (
        "defaults: { x: { p95: 1s } }", "defaults: { x: { ⟨1⟩http_req_duration.p95: 2s } }",
        "is already set at a.yaml:1:18"
      ),
      (
        "endpoints: { e: { x: { p95: { block: 2s, warn: 1s } } } }",
        "endpoints: { e: { x: { ⟨1⟩p95: 1s } } }",
        "is already set at a.yaml:1:31"
      ),
      (
        "pages: { /: { lcp: 1s } }", "pages: { /: { mobile: { ⟨1⟩lcp: 2s } } }",
        "is already set at a.yaml:1:15"
      ),
      (
        "endpoints: { e: { match: { a: 1 }, x: { p95: 1s } } }",
        "endpoints: { f: { match: { a: 1 }, x: { ⟨1⟩p95: 1s } } }", "is already set at a.yaml:1:41"
      ),
    ])
  func conflicts(first: String, second: String, message: String) {
    let source = MarkedSource(second, file: "b.yaml")
    let error = #expect(throws: BudgetProblems.self) {
      try parse(files: [("a.yaml", first), ("b.yaml", source.text)])
    }
    #expect(error?.problems.map(\.place) == source.places, "\(String(describing: error))")
    #expect(error?.problems.first?.message.contains(message) == true, "\(String(describing: error))")
  }

  @Test("What several profiles share stands in one order, always the same")
  func order() {
    let profiles = (1...8).map { "p\($0)" }
    let text =
      "defaults: { p0: &x { p95: 1s }, " + profiles.map { "\($0): *x" }.joined(separator: ", ") + " }"
    let error = #expect(throws: BudgetProblems.self) {
      try parse(files: [("a.yaml", text), ("b.yaml", text)])
    }
    let messages = error?.problems.map(\.message) ?? []
    #expect(messages.count == 9 && messages == messages.sorted())
  }

  @Test("The problems of all files come in one go, by file and line")
  func allFiles() {
    let error = #expect(throws: BudgetProblems.self) {
      try parse(files: [("b.yaml", "x: 1\ny: 2"), ("a.yaml", "a: [")])
    }
    #expect(
      error?.problems.map { "\($0.place.file):\($0.place.line)" } == ["a.yaml:1", "b.yaml:1", "b.yaml:2"])
  }
}
