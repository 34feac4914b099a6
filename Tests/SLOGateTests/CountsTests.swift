import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("The counts are true")
struct CountsTests {
  @Test("What is held against nothing is recorded, and never ok")
  func recorded() throws {
    let verdict = try Check(
      [p95(100), p99(200), value("http_req_duration", .maximum, 300)],
      budget: "run: { baseline: { p95: 400ms } }"
    ).verdict()
    #expect(verdict.findings.map(\.outcome.rawValue).sorted() == ["ok", "recorded", "recorded"])
    #expect((verdict.evaluated, verdict.compared, verdict.recorded) == (1, 0, 2))
  }

  @Test("A series compared with history is ok without a limit")
  func compared() throws {
    let verdict = try Check.afterCalm(200).verdict()
    #expect(verdict.p95Outcome() == .ok && verdict.compared == 1 && verdict.recorded == 0)
  }

  @Test("A missing value is no evaluated limit")
  func missing() throws {
    let verdict = try Check([p95(100)], budget: "run: { baseline: { p95: 400ms, p99: 1s } }").verdict()
    #expect(verdict.evaluated == 1 && verdict.outcomes[.missing] == 1)
  }

  @Test("No more series are called ok than were evaluated or compared", arguments: 0..<20)
  func bounded(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let statistics: [Statistic] = [.p95, .p99, .maximum, .average, .count]
    let measured = ["search", "login", Series.wholeRun].flatMap { endpoint in
      statistics.filter { _ in Bool.random(using: &generator) }.map {
        value("http_req_duration", $0, 100, of: endpoint)
      }
    }
    let limits = ["p95", "p99", "max"].filter { _ in Bool.random(using: &generator) }
    let budget = "defaults: { baseline: { \(limits.map { "\($0): 1s" }.joined(separator: ", ")) } }"
    var check = Check(measured, budget: limits.isEmpty ? "version: 1" : budget)
    check.windows = ["baseline": window([p95(0).series: calm])]
    let verdict = try check.verdict()
    let ok = verdict.outcomes[.ok] ?? 0
    #expect(ok <= verdict.evaluated + verdict.compared)
    #expect(verdict.findings.count { $0.isJudged } + verdict.recorded == verdict.findings.count)
  }
}
