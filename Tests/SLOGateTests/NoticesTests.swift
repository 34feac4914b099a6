import SLOModel
import Testing

@testable import SLOGate

@Suite("k6's own thresholds")
struct ThresholdTests {
  private func verdict(
    _ value: Double, expression: String, passed: Bool?, endpoint: String = Series.wholeRun,
    limit: String = "400ms"
  ) throws -> Verdict {
    var check = Check(
      [p95(value), p95(value, of: "search")], budget: "defaults: { baseline: { p95: \(limit) } }")
    check.runs[0].reading.thresholds = [
      Reading.Threshold(
        endpoint: endpoint, metric: "http_req_duration", expression: expression, passed: passed)
    ]
    return try check.verdict()
  }

  @Test("One that held where our limit broke is reported, and the reverse")
  func disagreement() throws {
    #expect(
      try verdict(500, expression: "p(95)<600", passed: true).notices == [
        "baseline: k6's own threshold 'p(95)<600' on http_req_duration held, slogate's limit is exceeded"
      ])
    #expect(
      try verdict(300, expression: "p(95)<200", passed: false, endpoint: "search").notices == [
        "baseline: k6's own threshold 'p(95)<200' on http_req_duration of search was crossed, slogate's limit holds"
      ])
  }

  @Test(
    "One that agrees, or that the file does not tell of, is no notice",
    arguments: [(300.0, true as Bool?), (500, false), (300, nil), (500, nil)])
  func agreement(value: Double, passed: Bool?) throws {
    #expect(try verdict(value, expression: "p(95)<400", passed: passed).notices.isEmpty)
  }

  @Test(
    "It is filed under the statistic its expression speaks of",
    arguments: ["p(95)<400", "p(95) < 400", "p(95)>=400", "p(95)==400"])
  func statistic(expression: String) throws {
    let verdict = try verdict(300, expression: expression, passed: true)
    #expect(verdict.finding(p95(0))?.thresholds.map(\.expression) == [expression])
    #expect(verdict.finding(p95(0, of: "search"))?.thresholds.isEmpty == true)
  }

  @Test(
    "One on another statistic, or of no known form, is a limit of its own", arguments: ["p(99)<1", "odd", ""])
  func otherStatistic(expression: String) throws {
    let held = try verdict(300, expression: expression, passed: true)
    #expect(held.findings.allSatisfy { $0.thresholds.isEmpty } && held.notices.isEmpty)
    let crossed = try verdict(300, expression: expression, passed: false)
    #expect(crossed.p95Outcome() == .ok && crossed.code == .overBudget && crossed.notices.isEmpty)
  }

  @Test("The same threshold of several repetitions is kept once for each outcome")
  func repetitions() throws {
    var check = Check.ofP95(300, limit: "400ms")
    let held = Reading.Threshold(
      endpoint: "*", metric: "http_req_duration", expression: "p(95)<400", passed: true)
    check.runs[0].reading.thresholds = [held]
    check.runs += [check.runs[0], check.runs[0]]
    #expect(try check.verdict().finding(p95(0))?.thresholds == [held])
    check.runs[2].reading.thresholds[0].passed = false
    #expect(try check.verdict().finding(p95(0))?.thresholds.count == 2)
  }

  @Test("Notices of the files come first, each with its file")
  func ofFiles() throws {
    var check = Check.ofP95(300, limit: "400ms")
    check.runs[0].reading.notices = ["p99 is not in the file"]
    #expect(try check.verdict().notices == ["run.json: p99 is not in the file"])
  }
}
