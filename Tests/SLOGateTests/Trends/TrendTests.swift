import SLOBudgets
import SLOHistory
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOGate

@Suite("A series over commits")
struct TrendTests {
  private func trends(
    _ repetitions: [[Double]], of measured: MetricValue = p95(0), budget: String = "version: 1"
  ) throws -> [Trend] {
    let cohort = cohort([recorded(measured, repetitions)], commits: max(60, repetitions.count))
    return SLOGate.trends(of: [cohort], budgets: try Budgets.parse(budget, file: "b.yaml"))
  }

  @Test("A point is the median of its repetitions, with their ends")
  func points() throws {
    let trend = try #require(try trends([[3, 1, 8], [2]]).first)
    #expect(trend.points.map(\.value) == [3, 2])
    #expect(trend.points.map(\.lowest) == [1, 2])
    #expect(trend.points.map(\.highest) == [8, 2])
    #expect(trend.points.map(\.repetitions) == [3, 1])
    #expect(trend.latest.commit.sha == "c001")
  }

  @Test("Levels lie between the changes, each with its own median and noise")
  func levels() throws {
    let trend = try #require(try trends(scatter([100, 150], each: 15).map { [$0] }).first)
    #expect(trend.changes.map(\.index) == [15])
    #expect(trend.levels.map(\.points) == [0..<15, 15..<30])
    #expect(abs(trend.levels[0].median - 100) < 2 && abs(trend.current.median - 150) < 3)
    #expect(trend.current.noise > 0.5 && trend.current.noise < 5)
    #expect(trend.level(at: 14) == trend.levels[0] && trend.level(at: 15) == trend.current)
    #expect(trend.levels.allSatisfy { $0.rise == 0 && $0.height(at: 3) == $0.median })
    #expect(trend.isWorse(trend.changes[0]) == true)
  }

  @Test("A stretch that drifts has a line: its rise, its height at every point, and the noise about it")
  func drift() throws {
    let noise = [2.0, -9, 11, -4, 6, -12, 9, 1, -7, 13, -2, -10, 5]
    let leak = (0..<80).map { index -> Double in
      let height = 500 + 5 * Double(max(0, index - 40))
      return height * (1 + noise[index * 5 % 13] / 2_000)
    }
    let trend = try #require(try trends(leak.map { [$0] }).first)
    let bend = try #require(trend.changes.first)
    #expect(trend.changes.count == 1 && bend.kind == .drift && abs(bend.index - 40) <= 4)
    #expect(abs(trend.levels[0].rise) < 0.5 && abs(trend.current.rise - 5) < 0.5)
    #expect(abs(trend.current.latest - 695) < 10 && abs(trend.current.height(at: 60) - 600) < 10)
    #expect(trend.current.noise > 0.5 && trend.current.noise < 10)
    #expect(trend.isWorse(bend) == true && trend.suspects(of: bend) == nil)
    var flat = bend
    flat.after = flat.before * 1.009
    #expect(trend.isWorse(flat) == nil)
  }

  @Test("The limit is that of today's budgets, of several the one that blocks")
  func limit() throws {
    let budget = "defaults: { baseline: { p95: { warn: 80ms, block: 90ms } } }"
    let trend = try #require(try trends([[85], [95]], budget: budget).first)
    #expect(trend.limit?.bound == 90)
    #expect(trend.isBeyondLimit(95) && !trend.isBeyondLimit(85))
    #expect(try trends([[1]]).first?.limit == nil)
  }

  @Test("A default on a total is of the run as a whole")
  func totals() throws {
    let budget = "defaults: { baseline: { throughput: '>= 10/s' } }"
    let whole = value("http_reqs", .rate, 0)
    #expect(try trends([[1]], of: whole, budget: budget).first?.limit != nil)
    #expect(
      try trends([[1]], of: value("http_reqs", .rate, 0, of: "search"), budget: budget).first?.limit == nil)
  }

  @Test("A custom metric is better the way its limit says")
  func direction() throws {
    let measured = value("cache", .rate, 0, unit: .ratio)
    let budget = "defaults: { baseline: { cache.rate: '>= 90%' } }"
    #expect(try trends([[1]], of: measured).first?.better == nil)
    #expect(try trends([[1]], of: measured, budget: budget).first?.better == .higher)
  }

  @Test("Of recorded series the telling ones are those a check compares, and those with a budget")
  func telling() throws {
    let measured = [
      p95(0), p99(0), value("http_req_duration", .maximum, 0), value("http_reqs", .rate, 0),
      value("http_req_waiting", .p95, 0), value("vus_max", .value, 0),
    ]
    let cohort = cohort(measured.map { recorded($0, [[1], [2]]) })
    func figures(_ budget: String) throws -> [String] {
      try tellingTrends(of: [cohort], budgets: Budgets.parse(budget, file: "b.yaml"))
        .map { "\($0.series.metric).\($0.series.statistic)" }
    }
    #expect(try figures("version: 1") == ["http_req_duration.p95", "http_reqs.rate"])
    #expect(
      try figures("defaults: { baseline: { p99: 1s } }")
        == ["http_req_duration.p95", "http_req_duration.p99", "http_reqs.rate"])
  }
}

// MARK: Recorded series put together by hand

/// A commit measured in the n-th hour.
func commit(_ index: Int, sha: String? = nil) -> ReferenceCommit {
  let digits = String(index)
  return ReferenceCommit(
    sha: sha ?? "c" + String(repeating: "0", count: max(0, 3 - digits.count)) + digits, branch: "main",
    time: Timestamp(milliseconds: Int64(index) * 3_600_000), runs: [])
}

/// A series with the repetitions of each commit; commits without any have no value.
func recorded(_ measured: MetricValue, _ repetitions: [[Double]]) -> SeriesHistory {
  let values = repetitions.enumerated().filter { !$0.element.isEmpty }.map { index, values in
    ReferenceValue(commit: index, repetitions: values.map { .init(value: $0, samples: 10_000) })
  }
  return SeriesHistory(series: measured.series, unit: measured.unit, better: measured.better, values: values)
}

/// Series recorded together.
func cohort(
  _ series: [SeriesHistory], profile: String = "baseline", sizing: [String: String] = ["stage": "perf"],
  commits: Int = 60
) -> CohortHistory {
  CohortHistory(
    service: "shop", profile: profile, environment: Environment(name: nil, sizing: sizing),
    commits: (0..<commits).map { commit($0) }, series: series)
}

/// Levels with a scatter of one per cent that is always the same and that follows no order.
func scatter(_ levels: [Double], each count: Int) -> [Double] {
  let noise = [0.2, -0.9, 1.1, -0.4, 0.6, -1.2, 0.9, 0.1, -0.7, 1.3, -0.2, -1, 0.5]
  return levels.enumerated().flatMap { place, level in
    (0..<count).map { level * (1 + noise[(place * count + $0) * 5 % noise.count] / 100) }
  }
}
