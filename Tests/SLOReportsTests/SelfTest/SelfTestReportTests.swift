import SLOBudgets
@testable import SLOGate
import SLOModel
import TestSupport
import Testing

@testable import SLOReports
import SLOSupport

@Suite("A self-test, as people see it")
struct SelfTestReportTests {
  private static func limit(_ bound: Double, line: Int) -> Limit {
    Limit(
      metric: "http_req_duration", statistic: .p95, comparison: .below, bound: bound, unit: .milliseconds,
      place: Place(file: "budgets/shop.yaml", line: line, column: 5))
  }

  private static let test: SelfTest = {
    let found: [(String, Double?, SelfTest.CaughtSlowdown.Rule?, Bool)] = [
      (Series.wholeRun, 0.075, .regression, false), ("search", 0.2, .regression, false),
      ("payments", 0.5, .budget(limit(400, line: 12)), false), ("GET /health", nil, nil, false),
      ("legacy", nil, nil, true),
    ]
    var alarms = FalseAlarms()
    (alarms.checks, alarms.blocked, alarms.explained) = (46, 3, 2)
    (alarms.series, alarms.alarms) = (920, 2)
    alarms.worst = [(latency(.p95, 0, of: "search").series, 2)]
    let commits = (0..<50).map { Commit(sha: "41d0e77\($0)") }
    return SelfTest(
      service: "gateway", environment: Environment(name: "perf", sizing: ["stage": "sin-perf"]),
      reference: "main", commits: commits, uncompared: Array(commits.prefix(4)),
      slowed: Commit(sha: "9f3c1ab04d2e77a1c0b5"),
      catches: found.map {
        SelfTest.CaughtSlowdown(
          profile: "baseline", endpoint: $0.0, slowdown: $0.1, rule: $0.2, isBlockedAlready: $0.3)
      },
      rules: [
        SelfTest.RuleHealth(
          profile: "baseline", limit: limit(400, line: 12), evaluated: 50, fired: 0, nearest: 0.41),
        SelfTest.RuleHealth(
          profile: "baseline", limit: limit(50, line: 20), evaluated: 50, fired: 50, nearest: nil),
        SelfTest.RuleHealth(
          profile: "baseline", limit: limit(200, line: 21), evaluated: 50, fired: 4, nearest: 0.99),
      ], falseAlarms: alarms)
  }()

  @Test("Text", arguments: [120, 70])
  func text(width: Int) throws {
    let style = TextStyle(isColoured: false, width: width)
    try expectGolden(
      textReport(of: SelfTestReportTests.test, wanted: 0.25, style: style), "selftest-\(width).txt")
  }

  @Test("JSON")
  func json() throws {
    try expectGolden(jsonReport(of: SelfTestReportTests.test, wanted: 0.25), "selftest.json")
  }

  @Test("An endpoint's name stays on its line", arguments: HostileTextTests.hostile)
  func hostile(name: String) {
    var test = SelfTestReportTests.test
    test.catches[1].endpoint = name
    test.falseAlarms.worst[0].series.endpoint = name
    let shown = textReport(of: test, wanted: nil, style: TextStyle(isColoured: false, width: 120))
    for line in shown.split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(VisibleText.escaped(String(line)) == line)
      #expect(!line.hasPrefix("::"))
    }
  }
}
