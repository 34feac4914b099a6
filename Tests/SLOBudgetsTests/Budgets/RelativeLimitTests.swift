import SLOModel
import Testing

@testable import SLOBudgets

@Suite("Limits on changes")
struct RelativeLimitTests {
  @Test("They stand alone or beside block and warn, and have severities of their own")
  func forms() throws {
    let budgets = try Budgets.parse(
      """
      owner: o
      run:
        baseline:
          p95: { max_increase: 5% }
          p99: { block: 400ms, max_increase: 10%, optional: true }
          avg: { max_increase: { block: 20%, warn: 0.1 } }
          checks: { max_decrease: 1% }
      """, file: "b.yaml")
    let limits = budgets.relativeLimits(profile: "baseline", endpoint: "*")
    #expect(limits.map(\.statistic.rawValue) == ["p95", "p99", "avg", "avg", "rate"])
    #expect(limits.map(\.bound) == [0.05, 0.1, 0.2, 0.1, 0.01])
    #expect(limits.map(\.severity) == [.block, .block, .block, .warn, .block])
    #expect(limits.map(\.change) == [.increase, .increase, .increase, .increase, .decrease])
    #expect(limits.map(\.isOptional) == [false, true, false, false, false])
    #expect(limits.allSatisfy { $0.owner == "o" && $0.entry == "run" })
    #expect(limits.map(\.place.line) == [4, 5, 6, 6, 7])
    #expect(budgets.limits(profile: "baseline", endpoint: "*").map(\.bound) == [400])
  }

  @Test("The most specific place wins, each figure by itself, and apart from limits on values")
  func resolution() throws {
    let budgets = try Budgets.parse(
      """
      defaults:
        "*": { p95: { max_increase: 5% }, p99: { max_increase: 50% }, http_reqs.rate: { max_decrease: 9% } }
        spike: { p95: { max_increase: 6% } }
      endpoints:
        pay: { owner: p, baseline: { p95: { block: 1s, max_increase: 7% } } }
        pa*: { "*": { p95: { max_increase: 8% }, med: { max_increase: 9% } } }
        slow: { baseline: { p95: 3s } }
      """, file: "b.yaml")
    func bounds(_ profile: String, _ endpoint: String) -> [String: Double] {
      let limits = budgets.relativeLimits(profile: profile, endpoint: endpoint)
      return Dictionary(limits.map { ("\($0.statistic)", $0.bound) }) { first, _ in first }
    }
    #expect(bounds("baseline", "*") == ["p95": 0.05, "p99": 0.5, "rate": 0.09])
    #expect(bounds("spike", "*") == ["p95": 0.06, "p99": 0.5, "rate": 0.09])
    #expect(bounds("baseline", "pay") == ["p95": 0.07, "med": 0.09, "p99": 0.5])
    #expect(bounds("spike", "pay") == ["p95": 0.08, "med": 0.09, "p99": 0.5])
    #expect(bounds("baseline", "slow") == ["p95": 0.05, "p99": 0.5])
    #expect(
      budgets.effectiveChanges(profile: "baseline", endpoint: "pay").map(\.limits.first?.bound) == [
        0.09, 0.07, 0.5,
      ])
    #expect(budgets.effectiveChanges(profile: "spike", endpoint: "*")[0].overridden.map(\.bound) == [0.05])
  }

  @Test(
    "They are exact: a change of just as much holds",
    arguments: [
      (105, 100, true), (105.0001, 100, false), (0.315, 0.3, true), (209, 200, true), (211, 200, false),
      (90, 100, true), (0, 0, true), (0.1, 0, false), (210, 200, true), (1.05, 1, true),
    ])
  func increase(value: Double, reference: Double, holds: Bool) {
    #expect(limit(.increase).holds(value, against: reference) == holds)
  }

  @Test(
    "So is a decrease", arguments: [(95, 100, true), (94.999, 100, false), (120, 100, true), (0.95, 1, true)])
  func decrease(value: Double, reference: Double, holds: Bool) {
    #expect(limit(.decrease).holds(value, against: reference) == holds)
  }

  private func limit(_ change: RelativeLimit.Change) -> RelativeLimit {
    RelativeLimit(
      metric: "m", statistic: .p95, change: change, bound: 0.05,
      place: Place(file: "b.yaml", line: 1, column: 1))
  }

  @Test("Pages and tags have them, and raw samples are asked for their percentiles")
  func everywhere() throws {
    let budgets = try Budgets.parse(
      """
      pages: { /: { lcp: { max_increase: 5% }, mobile: { lcp: { max_increase: 9% } } } }
      endpoints: { gets: { match: { method: GET }, baseline: { p97: { max_increase: 5% } } } }
      """, file: "b.yaml")
    #expect(budgets.relativeLimits(profile: "lighthouse-mobile", endpoint: "/").map(\.bound) == [0.09])
    #expect(budgets.relativeLimits(profile: "lighthouse-desktop", endpoint: "/").map(\.bound) == [0.05])
    #expect(
      budgets.relativeLimits(profile: "baseline", endpoint: "*").map(\.metric) == [
        "http_req_duration{method:GET}"
      ])
    #expect(budgets.demand().percentiles == [Statistic(rawValue: "p97")])
    #expect(budgets.profiles == ["baseline", "lighthouse-mobile", "lighthouse-desktop"])
  }

  static let mistakes = [
    Diagnostic(
      "run: { x: { p95: { max_increase: ⟨1⟩5 } } }", "is a share of the earlier value", hint: "write 5%"),
    Diagnostic("run: { x: { p95: { max_increase: ⟨1⟩5ms } } }", "must be a share of the earlier value"),
    Diagnostic("run: { x: { p95: { max_increase: ⟨1⟩-5% } } }", "negative"),
    Diagnostic(
      "run: { x: { p95: { ⟨1⟩max_decrease: 5% } } }", "would limit an improvement", hint: "max_increase"),
    Diagnostic(
      "run: { x: { checks: { ⟨1⟩max_increase: 5% } } }", "would limit an improvement", hint: "max_decrease"),
    Diagnostic("run: { x: { checks: { max_decrease: ⟨1⟩100% } } }", "nothing decreases by more"),
    Diagnostic("run: { x: { p95: { max_increase: { block: 5%, ⟨1⟩warn: 9% } } } }", "it would never warn"),
    Diagnostic("run: { x: { p95: { max_increase: ⟨1⟩{} } } }", "has neither 'block' nor 'warn'"),
    Diagnostic(
      "run: { x: { p95: { ⟨1⟩max_incraese: 5%, block: 1s } } }", "unknown key", hint: "max_increase"),
  ]

  @Test("Every mistake is reported where it stands", arguments: mistakes)
  func mistake(_ diagnostic: Diagnostic) {
    let source = MarkedSource(diagnostic.source)
    let found = problems(in: source.text)
    #expect(found.map(\.place) == source.places, "\(found)")
    #expect(found.first?.message.contains(diagnostic.messages[0]) == true, "\(found)")
    if let hint = diagnostic.hint { #expect(found.first?.hint?.contains(hint) == true, "\(found)") }
  }
}
