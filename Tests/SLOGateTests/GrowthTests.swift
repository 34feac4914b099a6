import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

@Suite("A value that keeps rising from commit to commit")
struct GrowthTests {
  private static let level = Series(profile: "snapshot", metric: "dead_letters", statistic: .value)

  private func value(_ statistic: Statistic, _ number: Double) -> MetricValue {
    var series = GrowthTests.level
    series.statistic = statistic
    return MetricValue(series: series, value: number, unit: .count, better: .lower)
  }

  /// A check of a run with so many dead letters, after commits that had these.
  private func check(_ now: Double, after before: [Double], limit: String = "0") -> Check {
    var check = Check(
      [value(.value, now)], budget: "run: { snapshot: { dead_letters.growth: \(limit) } }")
    check.windows = ["snapshot": window([GrowthTests.level: before])]
    return check
  }

  private func growth(_ verdict: Verdict) -> Finding? {
    verdict.findings.first { $0.series.statistic == .growth }
  }

  @Test("Dead letters that grow over nine commits exceed the limit, by the Theil–Sen slope over all of them")
  func growing() throws {
    let verdict = try check(44, after: [0, 2, 5, 9, 14, 20, 27, 35]).verdict()
    let finding = try #require(growth(verdict))
    #expect(verdict.code == .overBudget && finding.budget?.outcome == .over)
    // scipy.stats.theilslopes([0, 2, 5, 9, 14, 20, 27, 35, 44]).slope is 5.5; there are 8 steps.
    #expect(finding.value == 44)
    #expect(finding.details == ["dead_letters of the last 9 commits: 2, 5, 9, 14, 20, 27, 35, 44"])
  }

  @Test(
    "One jump, noise and a fall are no sustained growth",
    arguments: [
      (60.0, [3.0, 3, 3, 3, 3, 3]), (4, [5, 3, 6, 2, 5, 4]), (0, [9, 7, 5, 3, 2]), (3, [3, 3, 3]), (0, [0]),
    ] as [(Double, [Double])])
  func steady(now: Double, before: [Double]) throws {
    let verdict = try check(now, after: before).verdict()
    #expect(growth(verdict)?.value == 0 && growth(verdict)?.budget?.outcome == .ok)
  }

  @Test("Of too few commits it is missing, unless it may be absent: then a notice says so")
  func tooFew() throws {
    #expect(try check(9, after: [0, 2, 5]).verdict().code == .inconclusive)
    let optional = try check(9, after: [0, 2, 5], limit: "{ block: 0, optional: true }").verdict()
    #expect(growth(optional) == nil)
    #expect(
      optional.notices.contains(
        "snapshot: whether dead_letters keeps rising is not judged: it takes four snapshots of a run, or a snapshot of"
          + " each of five commits, of which there are 4"))
  }

  @Test("A young history is no gap")
  func young() throws {
    var check = check(9, after: [0, 2, 5])
    check.policy.historyIsYoung = true
    let verdict = try check.verdict()
    #expect(growth(verdict) == nil && verdict.code == .pass)
  }

  @Test("What the run itself shows goes before the history")
  func ownSnapshots() throws {
    var check = check(44, after: [0, 2, 5, 9, 14, 20, 27, 35])
    check.runs = [run([value(.value, 44), value(.growth, 0)])]
    let verdict = try check.verdict()
    #expect(growth(verdict)?.value == 0 && verdict.code != .overBudget)
  }
}
