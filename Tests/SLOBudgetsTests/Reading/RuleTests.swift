import SLOModel
import SLOReaders
import Testing

@testable import SLOBudgets

@Suite("Rules between profiles")
struct RuleTests {
  static let mistakes = [
    Diagnostic("rules: ⟨1⟩{ a: b }", "'rules' must be a list, found a mapping", hint: "dash"),
    Diagnostic("rules:\n  - ⟨1⟩spike.p95", "compares nothing", hint: "spike.p95 <= 3 * baseline.p95"),
    Diagnostic("rules:\n  - spike.p95 ⟨1⟩== baseline.p95", "'==' is no operator", hint: "< <= > >="),
    Diagnostic("rules:\n  - vus_max >= ⟨1⟩500ms", "'vus_max' is a number without unit, found a time"),
    Diagnostic("rules:\n  - spike.p95 <= ⟨1⟩400", "is a time", hint: "write 400ms"),
    Diagnostic("rules:\n  - spike.p95 <= ⟨1⟩x * baseline.p95", "names no figure", hint: nil),
    Diagnostic("rules:\n  - spike.p95 <= ⟨1⟩0 * baseline.p95", "'0' is no factor", hint: "such as 3"),
    Diagnostic("rules:\n  - spike.p95 <= 3 * ⟨1⟩baseline.error_rate", "is in ms", hint: "one unit"),
    Diagnostic("rules:\n  - spike.⟨1⟩eror_rate <= 1%", "unknown metric", hint: "'error_rate'"),
    Diagnostic("rules:\n  - ⟨1⟩payment_time <= 1s", "which statistic"),
    Diagnostic("rules:\n  - spike.p95 <= ⟨1⟩1s < 2s", "one operator only"),
    Diagnostic("rules:\n  - ⟨1⟩<= 1s", "lacks a figure"),
    Diagnostic("rules:\n  - { rule: vus_max >= 500, severity: ⟨1⟩panic }", "block or warn, found 'panic'"),
    Diagnostic("rules:\n  - { rule: vus_max >= 500, ⟨1⟩severty: warn }", "unknown key", hint: "'severity'"),
    Diagnostic("rules:\n  - ⟨1⟩{ severity: warn }", "has no 'rule'"),
    Diagnostic("rules:\n  - vus_max >= 500\n  - ⟨1⟩vus_max >= 600", "as the rule on line 2"),
  ]

  @Test("A mistake has a place, a message and a remedy", arguments: mistakes)
  func reported(diagnostic: Diagnostic) {
    let source = MarkedSource(diagnostic.source)
    let found = problems(in: source.text)
    #expect(found.map(\.place) == source.places, "\(found)")
    for (problem, message) in zip(found, diagnostic.messages) {
      #expect(problem.message.contains(message), "\(problem)")
    }
    if let hint = diagnostic.hint { #expect(found.first?.hint?.contains(hint) == true, "\(found)") }
  }

  private func rule(_ text: String) throws -> Rule {
    try #require(try Budgets.parse("owner: ops\nrules:\n  - \(text)", file: "b.yaml").rules.first)
  }

  @Test("Two profiles: figures, operator, factor")
  func profiles() throws {
    let rule = try rule("spike.p95 <= 3 * baseline.p95")
    #expect(rule.left.profile == "spike" && rule.left.metric == "http_req_duration")
    #expect(rule.comparison == .atMost && rule.bound == 3 && rule.owner == "ops")
    #expect(rule.figures.map(\.profile) == ["spike", "baseline"])
    #expect(try self.rule("spike.p95 <= baseline.p99").bound == 1)
    #expect(try self.rule("spike.p95 < 150% * baseline.p95").bound == 1.5)
  }

  @Test("A known metric alone is of every profile; a custom one says which")
  func names() throws {
    #expect(try rule("vus_max >= 500").left.profile == nil)
    #expect(try rule("http_req_duration.p99 <= 4 * p95").figures.map(\.profile) == [nil, nil])
    #expect(try rule("\"*.payment_time.p95 <= 2s\"").left.metric == "payment_time")
    #expect(try rule("nightly.payment_time.p99.9 <= 2s").left.statistic.rawValue == "p99.9")
    #expect(try rule("lighthouse-mobile.lcp <= 2 * lighthouse-desktop.lcp").left.kind == .page)
  }

  @Test("A rule may warn, may be optional and has an owner")
  func settings() throws {
    let rule = try rule("{ rule: vus_max >= 500, severity: warn, optional: true, owner: load }")
    #expect(rule.severity == .warn && rule.isOptional && rule.owner == "load")
    #expect(rule.place == Place(file: "b.yaml", line: 3, column: 5))
  }

  @Test("A profile that is almost a usual one is reported, a custom metric that no result has is not")
  func vocabulary() {
    let known: [String: Set<String>] = ["baseline": ["payment_time"], "spike": ["payment_time"]]
    let source = MarkedSource(
      "rules:\n  - ⟨1⟩spkie.p95 <= 3 * baseline.p95\n  - spike.payment_tme.p95 <= 2s")
    let found = problems(in: source.text, knownMetrics: known)
    #expect(found.map(\.place) == source.places)
    #expect(found.map(\.hint) == ["did you mean 'spike'?"])
  }

  @Test("Raw samples are asked for a rule's percentiles")
  func demand() throws {
    let budgets = try Budgets.parse("rules:\n  - spike.p97 <= 2 * baseline.p97", file: "b.yaml")
    #expect(budgets.demand().percentiles.contains(Statistic(rawValue: "p97")))
  }

  @Test("The same relation in two files is one too many")
  func merged() {
    #expect(throws: BudgetProblems.self) {
      try parse(files: [("a.yaml", "rules: [vus_max >= 5]"), ("b.yaml", "rules: [vus_max >= 6]")])
    }
  }
}
