import SLOBudgets
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Limits that a history would bear")
struct BudgetSuggestionTests {
  private func suggested(
    _ measurement: MetricValue, _ values: [Double], headroom: Double = 0.1, samples: Int? = nil
  ) -> BudgetSuggestion.Limit? {
    let window = window([measurement.series: values], samples: samples)
    let cohort = CohortHistory(
      service: "shop", profile: measurement.series.profile, environment: Check.perf, commits: window.commits,
      series: window.values.map {
        SeriesHistory(
          series: $0.key, unit: measurement.unit, better: measurement.better, values: $0.value)
      })
    return BudgetSuggestion(from: [cohort], service: "shop", headroom: headroom).limits.first
  }

  @Test("Median, three deviations and headroom, rounded up")
  func upper() throws {
    let limit = try #require(suggested(p95(0), [198, 200, 202, 200, 199, 201, 200, 198, 202, 200]))
    #expect(limit.typical == 200)
    #expect(abs(limit.noise - 1.4826) < 1e-9)
    #expect(limit.bound == 225)
    #expect(limit.alarms == 0)
  }

  @Test("The present level counts, and older ones only for how often it would have blocked")
  func level() throws {
    let limit = try #require(suggested(p95(0), noisy(15, at: 400) + noisy(15, at: 200)))
    #expect(abs(limit.typical - 200) < 3)
    #expect((220...260).contains(limit.bound))
    #expect(limit.alarms == 15 && limit.commits == 30)
  }

  @Test("What is better upwards is bounded from below, rounded down")
  func lower() throws {
    let limit = try #require(suggested(value("http_reqs", .rate, 0), [Double](repeating: 100, count: 9)))
    #expect(limit.bound == 90 && limit.alarms == 0)
    let score = value("performance", .score, 0, of: "/", profile: "lighthouse-mobile")
    #expect(try #require(suggested(score, [0.9, 0.9, 0.9], headroom: 0)).bound == 0.9)
  }

  @Test("No error in n requests may still be a share of 3/n")
  func errors() throws {
    let none = [Double](repeating: 0, count: 9)
    #expect(try #require(suggested(errorRate(0), none, headroom: 0, samples: 100)).bound == 0.03)
    #expect(try #require(suggested(errorRate(0), none, headroom: 0, samples: 1_000_000)).bound == 0.001)
  }

  @Test(
    "Rounding never tightens, and by no more than 5 % loosens",
    arguments: [0.00123, 0.101, 7.3, 99.6, 101, 12_345])
  func rounding(level: Double) throws {
    let limit = try #require(suggested(p95(0), [Double](repeating: level, count: 5), headroom: 0))
    let least = max(level, 1)
    #expect(limit.bound >= least * (1 - 1e-9) && limit.bound <= least * 1.0501)
  }

  @Test("Of a subject that the newest run does not have nothing is suggested")
  func gone() {
    let (kept, gone) = (p95(0, of: "kept"), p95(0, of: "gone"))
    let window = window([kept.series: noisy(9), gone.series: noisy(9)])
    let cohort = CohortHistory(
      service: "shop", profile: kept.series.profile, environment: Check.perf, commits: window.commits,
      series: [kept, gone].map { one in
        let values = window.values[one.series] ?? []
        return SeriesHistory(
          series: one.series, unit: one.unit, better: one.better,
          values: one == gone ? values.dropLast() : values)
      })
    #expect(BudgetSuggestion(from: [cohort], service: "shop").limits.map(\.series.endpoint) == ["kept"])
  }

  @Test("No failed test is let through, and no file of tests has the limit that holds without being written")
  func policy() throws {
    let failed = { value("failed", .count, 0, of: $0, profile: "tests", unit: .count, better: .lower) }
    let limit = try #require(suggested(failed(Series.wholeRun), [2, 2, 2]))
    #expect(limit.bound == 0 && limit.alarms == 3)
    #expect(suggested(failed("cart.test.ts"), [0, 0, 0]) == nil)
  }

  @Test("Other figures, and those of which no way is better, have no limit")
  func others() {
    #expect(suggested(value("http_req_waiting", .p95, 0), noisy(9)) == nil)
  }
}
