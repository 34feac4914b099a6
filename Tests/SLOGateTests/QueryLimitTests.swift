import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Limits of a database's queries, and of what stands beside them")
struct QueryLimitTests {
  private static let fast = "SELECT total FROM orders WHERE id = $1 #5ff40630"
  private static let slow = "SELECT * FROM orders WHERE note = $1 #0123abcd"
  private static let table = "table public.orders"

  private func figure(_ metric: String, _ number: Double, of subject: String) -> MetricValue {
    let statistic: Statistic = metric == "rows" || metric == "new_in_top" ? .count : .value
    return value(
      metric, statistic, number, of: subject, profile: "db",
      unit: statistic == .count ? .count : .milliseconds,
      better: statistic == .count ? nil : .lower)
  }

  private func check(_ budget: String, _ figures: [MetricValue]) throws -> Verdict {
    var check = Check([], budget: budget)
    check.runs = [run(figures, profile: "db")]
    return try check.verdict()
  }

  @Test("A limit on every query is about each of them, and asks no table for a time")
  func every() throws {
    let figures = [
      figure("mean", 5, of: Self.fast), figure("mean", 120, of: Self.slow), figure("rows", 7, of: Self.table),
    ]
    let verdict = try check("queries: { \"*\": { mean: 100ms } }", figures)
    #expect(verdict.findings.filter { $0.outcome == .over }.map(\.series.endpoint) == [Self.slow])
    #expect(verdict.findings.allSatisfy { $0.outcome != .missing })
  }

  @Test("The longest pattern holds, and a * in SQL matches itself")
  func patterns() throws {
    let budget = "queries: { \"*\": { mean: 100ms }, \"SELECT * FROM orders WHERE note*\": { mean: 200ms } }"
    let verdict = try check(budget, [figure("mean", 120, of: Self.slow), figure("mean", 120, of: Self.fast)])
    #expect(verdict.findings.filter { $0.outcome == .over }.map(\.series.endpoint) == [Self.fast])
  }

  @Test("Where no subject given can have the metric it is missing, once")
  func otherForms() throws {
    let verdict = try check("queries: { \"*\": { mean: 100ms } }", [figure("rows", 7, of: Self.table)])
    #expect(verdict.code == .inconclusive && verdict.gaps == ["1 budgeted value missing"])
    let missing = try #require(verdict.findings.first { $0.outcome == .missing })
    #expect(missing.budget?.remedy == "No query of profile db that matches '*' has it.")
  }

  @Test("A subject that is named is asked for whatever the limit is about")
  func named() throws {
    let verdict = try check(
      "queries: { \"\(Self.table)\": { mean: 100ms } }",
      [figure("rows", 7, of: Self.table), figure("mean", 1, of: Self.fast)])
    #expect(verdict.code == .inconclusive)
  }

  @Test("Limits of the run as a whole stand under run")
  func whole() throws {
    let verdict = try check(
      "run: { db: { new_in_top: 0 } }",
      [figure("new_in_top", 2, of: Series.wholeRun), figure("mean", 1, of: Self.fast)])
    #expect(verdict.findings.filter { $0.outcome == .over }.map(\.series.metric) == ["new_in_top"])
  }
}
