import SLOModel
import Testing

@testable import SLOBudgets

@Suite("What files say of themselves")
struct BudgetLintTests {
  private func kinds(_ waiver: String, at day: String = "2026-06-01") throws -> [LintFinding.Kind] {
    let budgets = try Budgets.parse(
      """
      defaults: { baseline: { p95: 400ms, p99: { warn: 1s } } }
      endpoints: { slow: { baseline: { p95: 900ms } } }
      waivers:
        - { \(waiver), until: 2026-07-01, owner: ops, reason: r }
      """, file: "b.yaml")
    let found = budgets.lint(at: try #require(Timestamp(date: day)))
    for finding in found { #expect(finding.problem.place == Place(file: "b.yaml", line: 4, column: 5)) }
    return found.map(\.kind)
  }

  @Test("A waiver in force on a limit is nothing to speak of", arguments: ["slow", "*", "anything"])
  func fine(endpoint: String) throws {
    #expect(try kinds("endpoint: \"\(endpoint)\", metric: p95, max: 1s") == [])
  }

  @Test("A waiver that is over is an error")
  func expired() throws {
    #expect(try kinds("endpoint: slow, metric: p95, max: 1s", at: "2026-07-02") == [.waiverExpired])
    #expect(LintFinding(.waiverExpired, "", at: Place(file: "b")).isError)
  }

  @Test("A waiver about to end is reported for 14 days")
  func ending() throws {
    #expect(try kinds("endpoint: slow, metric: p95, max: 1s", at: "2026-06-18") == [.waiverEnding])
    #expect(try kinds("endpoint: slow, metric: p95, max: 1s", at: "2026-06-17") == [])
  }

  @Test("A waiver on nothing, on what only warns, or no looser than its limit lets nothing through")
  func idle() throws {
    #expect(try kinds("endpoint: slow, metric: p90, max: 1s") == [.waiverUnused])
    #expect(try kinds("endpoint: slow, metric: p99, max: 2s") == [.waiverUnused])
    #expect(try kinds("endpoint: slow, metric: p95, max: 900ms") == [.waiverUnused])
    #expect(try kinds("endpoint: slow, metric: p95, profile: spike, max: 1s") == [.waiverUnused])
  }
}
