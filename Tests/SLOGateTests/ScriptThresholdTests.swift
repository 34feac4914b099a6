import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("The script's own thresholds are limits the team wrote")
struct ScriptThresholdTests {
  /// A check of one run whose script has a threshold.
  private func check(
    _ measured: [MetricValue], _ expression: String, on metric: String, of endpoint: String = Series.wholeRun,
    passed: Bool?, budget: String? = "version: 1"
  ) -> Check {
    var check = Check(measured)
    check.budget = budget
    check.runs[0].reading.thresholds = [
      Reading.Threshold(endpoint: endpoint, metric: metric, expression: expression, passed: passed)
    ]
    check.runs[0].reading.observeThresholds()
    return check
  }

  private let checks = value("checks", .rate, 0.5)

  @Test("A crossed threshold on a figure without a limit blocks, as a finding with expression and file")
  func crossed() throws {
    let verdict = try check([checks], "rate>0.99", on: "checks", passed: false).verdict()
    #expect(verdict.code == .overBudget)
    let finding = try #require(verdict.finding(checks))
    #expect(finding.outcome == .over && finding.script?.expressions == ["rate>0.99"])
    #expect(finding.script?.sources == ["run.json"])
  }

  @Test(
    "A budget file says otherwise",
    arguments: [("block", Verdict.Code.overBudget), ("warn", .warnings), ("ignore", .pass)])
  func choice(rule: String, code: Verdict.Code) throws {
    var check = check(
      [checks, p95(10)], "rate>0.99", on: "checks", passed: false,
      budget: "run: { baseline: { p95: 1s } }\nk6_thresholds: \(rule)")
    check.isStrict = true
    #expect(try check.verdict().code == code)
  }

  @Test("A limit of a budget file on the same figure decides in its place, by either name of the median")
  func overruled() throws {
    for (metric, statistic) in [("p50", Statistic.median), ("med", .p50)] {
      let verdict = try check(
        [value("http_req_duration", .median, 100), value("http_req_duration", .p50, 100)],
        statistic == .median ? "med<80" : "p(50)<80", on: "http_req_duration", passed: false,
        budget: "run: { baseline: { \(metric): 400ms } }"
      ).verdict()
      #expect(verdict.code == .pass)
    }
    let verdict = try check(
      [p95(100)], "p(95)<80", on: "http_req_duration", passed: false,
      budget: "run: { baseline: { p95: 400ms } }"
    ).verdict()
    #expect(verdict.code == .pass && verdict.notices.contains { $0.contains("p(95)<80") })
  }

  @Test("A built-in limit overrules no script: both hold")
  func builtIn() throws {
    let measured = [p95(100), p99(200), errorRate(0)]
    let name = "http_req_duration"
    #expect(
      try check(measured, "p(95)<80", on: name, passed: false, budget: nil).verdict().code == .overBudget)
    #expect(
      try check([p95(500), p99(600), errorRate(0)], "p(95)<800", on: name, passed: true, budget: nil)
        .verdict()
        .code == .overBudget)
  }

  @Test("A figure that the results lack blocks all the same")
  func lacking() throws {
    let verdict = try check(
      [p95(100)], "p(99.9)<1000", on: "http_req_duration", of: "search", passed: false,
      budget: "run: { baseline: { p95: 1s } }"
    ).verdict()
    #expect(verdict.code == .overBudget)
    #expect(verdict.findings.contains { $0.outcome == .over && $0.series.endpoint == "search" })
  }

  @Test("A threshold without a sample is reported, and neither judged nor blocked")
  func unmeasured() throws {
    let verdict = try check(
      [p95(100)], "p(95)<200", on: "http_req_duration", of: "health", passed: true,
      budget: "run: { baseline: { p95: 1s } }"
    ).verdict()
    #expect(verdict.code == .pass)
    #expect(verdict.notices.contains { $0.contains("p(95)<200") && $0.contains("health") })
    #expect(verdict.evaluated == 1)
  }

  @Test("One run of several that crossed it is enough")
  func repetitions() throws {
    var check = check([checks], "rate>0.99", on: "checks", passed: true)
    check.runs += self.check([checks], "rate>0.99", on: "checks", passed: false).runs
    check.runs[1].reading.source.path = "second.json"
    let finding = try #require(try check.verdict().finding(checks))
    #expect(finding.outcome == .over && finding.script?.sources == ["second.json"])
  }

  @Test("Thresholds that hold judge their profile; those nobody can tell do not")
  func judged() throws {
    #expect(try check([checks], "rate>0.1", on: "checks", passed: true).verdict().code == .pass)
    #expect(try check([checks], "rate>0.1", on: "checks", passed: nil).verdict().code == .inconclusive)
  }
}
