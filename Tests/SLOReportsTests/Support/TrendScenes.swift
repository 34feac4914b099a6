import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import TestSupport

/// The recorded series whose reports are kept as golden files.
enum TrendScenes {
  /// Forty commits with three repetitions of every fifth; one endpoint steps up and breaks its limit, one gets
  /// faster, error rates only scatter.
  static var shop: [Trend] {
    [
      trend(latency(.p95, 0), [98, 128], at: [25], limit: 400),
      trend(
        latency(.p95, 0, of: "POST /payments"), [140, 185], at: [25], limit: 150, owner: "payments-team"),
      trend(
        latency(.p99, 0, of: "GET /search"), [61, 50], at: [12], isEstimated: true,
        suspects: [10: 0.125, 11: 0.25, 12: 0.5, 13: 0.0859375]),
      trend(value("http_req_failed", .rate, 0), [0.004], at: [], limit: 0.01),
    ]
  }

  /// Forty commits, of which the first twenty keep their level and the others rise by half a per cent a run.
  static var drifting: Trend {
    let bend = ChangePoint(
      index: 20, before: 500, after: 550, p: 1e-6, kind: .drift, isProvisional: false, rise: 2.5)
    return trend(latency(.p95, 0, of: "GET /export"), [500], at: [], limit: 600, bend: bend)
  }

  /// One commit, measured once.
  static var single: [Trend] { [trend(latency(.p95, 0), [98], at: [], count: 1)] }

  /// A trend of levels that begin at some commits.
  static func trend(
    _ measured: MetricValue, _ levels: [Double], at places: [Int], limit: Double? = nil, owner: String? = nil,
    isEstimated: Bool = false, count: Int = 40, suspects: [Int: Double] = [:], bend: ChangePoint? = nil
  ) -> Trend {
    let noise = [0, 0.021, -0.017, 0.008, -0.026, 0.013, -0.004, 0.029, -0.011, 0.017, -0.022]
    let values = (0..<count).map { index -> ReferenceValue in
      let risen = bend.map { Double(max(0, index - $0.index + 1)) * ($0.rise ?? 0) } ?? 0
      let level = levels[places.filter { $0 <= index }.count] + risen
      let middle = ((1 + noise[index * 4 % noise.count]) * level * 1e6).rounded() / 1e6
      let all = index % 5 == 0 ? [middle, middle * 0.96875, middle * 1.0625] : [middle]
      return ReferenceValue(commit: index, repetitions: all.map { .init(value: $0, samples: 10_000) })
    }
    let history = SeriesHistory(
      series: measured.series, unit: measured.unit, better: measured.better, values: values,
      isEstimated: isEstimated)
    let cohort = CohortHistory(
      service: "shop", profile: measured.series.profile,
      environment: Environment(name: "perf", sizing: ["stage": "sin-perf", "memory": "1Gi"]),
      commits: (0..<count).map(commit), series: [history])
    let steps = places.enumerated().map { place, index in
      ChangePoint(
        index: index, before: levels[place], after: levels[place + 1], p: 1e-6, kind: .step,
        isProvisional: false,
        suspects: (suspects.isEmpty ? [index: 1] : suspects).sorted { $0.value > $1.value }
          .map { .init(index: $0.key, probability: $0.value) })
    }
    let bound = limit.map { bound in
      Limit(
        metric: measured.series.metric, statistic: measured.series.statistic, comparison: .below,
        bound: bound,
        unit: measured.unit, place: Place(file: "budgets/shop.yaml", line: 7, column: 3), owner: owner)
    }
    guard let trend = Trend(of: history, in: cohort, changes: steps + [bend].compactMap { $0 }, limit: bound)
    else {
      preconditionFailure("a trend without values")
    }
    return trend
  }

  /// A commit a day, the SHA of each different from its first digit on.
  private static func commit(_ index: Int) -> ReferenceCommit {
    let sha = (0..<10).map { String((index * 7 + $0 * 5 + 11) % 16, radix: 16) }.joined()
    let start = Timestamp(rfc3339: "2026-04-01T08:00:00Z")?.milliseconds ?? 0
    return ReferenceCommit(
      sha: sha + String(index) + "0c", branch: "main",
      time: Timestamp(milliseconds: start + Int64(index) * 86_400_000), runs: [])
  }
}
