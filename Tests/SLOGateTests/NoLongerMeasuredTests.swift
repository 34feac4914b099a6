import SLOBudgets
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("What was measured and no longer is, is missed")
struct NoLongerMeasuredTests {
  /// A check whose commits also measured something that it has nothing of.
  private func check(missing: [MetricValue], in commits: [Int], of count: Int = 4) -> Check {
    var check = Check([p95(200)], budget: "run: { baseline: { p95: 1s } }")
    var past = window([p95(0).series: Array(calm.prefix(count))])
    past.absent = missing.map { measurement in
      SeriesHistory(
        series: measurement.series, unit: measurement.unit, better: measurement.better,
        values: commits.map {
          ReferenceValue(commit: $0, repetitions: [ReferenceValue.Repetition(value: 1, samples: 1_000)])
        })
    }
    check.windows = ["baseline": past]
    return check
  }

  private func warnings(_ check: Check) throws -> [String] {
    try check.verdict().warnings.filter { $0.contains("not by this run") }
  }

  @Test("An endpoint that the last commits measured is a warning that names it, one whatever it lost")
  func endpoint() throws {
    let lost = [p95(1, of: "payments"), value("http_req_failed", .rate, 0, of: "payments")]
    #expect(
      try warnings(check(missing: lost, in: [0, 1, 2, 3])) == [
        "baseline: payments: measured by the last 4 commits, not by this run"
      ])
  }

  @Test("Under --strict it is exit code 4, where history is required the verdict is inconclusive")
  func codes() throws {
    var check = check(missing: [p95(1, of: "payments")], in: [0, 1, 2, 3])
    #expect(try check.verdict().code == .pass)
    check.isStrict = true
    #expect(try check.verdict().code == .warnings)
    check.policy.requiresHistory = true
    #expect(try check.verdict().gaps.contains { $0.contains("payments") })
  }

  @Test("Half of the commits is enough, fewer are not", arguments: [([0, 2], 1), ([1, 2, 3], 1), ([3], 0)])
  func half(commits: [Int], expected: Int) throws {
    #expect(try warnings(check(missing: [p95(1, of: "payments")], in: commits)).count == expected)
  }

  @Test("A metric that is gone is named; what no check looks at is not missed")
  func metrics() throws {
    let gone = value("order_time", .p95, 1, unit: .milliseconds, better: .lower)
    #expect(
      try warnings(check(missing: [gone], in: [0, 1, 2, 3])) == [
        "baseline: order_time: measured by the last 4 commits, not by this run"
      ])
    #expect(try warnings(check(missing: [value("http_req_waiting", .p95, 1)], in: [0, 1, 2, 3])).isEmpty)
  }

  @Test("What has a limit is missing, and not missed a second time")
  func budgeted() throws {
    var check = check(missing: [p95(1, of: "payments")], in: [0, 1, 2, 3])
    check.budget = "endpoints: { payments: { baseline: { p95: 1s } } }"
    #expect(try warnings(check).isEmpty)
    #expect(try check.verdict().code == .inconclusive)
  }

  @Test("An endpoint that no commit measured is called new, once")
  func new() throws {
    var check = check(missing: [], in: [])
    check.runs[0].reading.measurements += [
      p95(1, of: "login2"), value("http_req_failed", .rate, 0, of: "login2"),
    ]
    let said = try check.verdict().notices.filter { $0.contains("nothing to compare with") }
    #expect(said == ["baseline: new, nothing to compare with: login2"])
    check.windows = [:]
    #expect(try check.verdict().notices.allSatisfy { !$0.contains("nothing to compare with") })
  }
}
