import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import TestSupport

/// A comparison put together by hand.
struct ComparisonScene {
  var before = Side(name: "v1.4.0", sha: "41d0e77a2100aa", factor: 1)
  var after = Side(name: "HEAD", sha: "9f3c1ab04d2e77", factor: 1.3)
  /// How many other commits were measured.
  var commits = 12
  var isAcrossEnvironments = false

  /// What one side measured.
  struct Side {
    var name: String
    var sha: String
    /// How much slower its payments are than usual.
    var factor: Double
    var repetitions = 3
    var sizing = ["memory": "1Gi", "stage": "sin-perf"]
    var settings = ["pool": "20"]
    var facts = ["benchmarkIndex": "1200"]
    var hasSamples = true
    var extra: [MetricValue] = []
  }

  private static let usual: [(MetricValue, Double)] = [
    (latency(.p95, 0), 312), (latency(.median, 0), 121), (latency(.p99, 0), 610),
    (value("http_req_failed", .rate, 0, samples: 10_000), 0.004),
    (latency(.median, 0, of: "GET /search"), 80), (latency(.p95, 0, of: "GET /search"), 262),
    (latency(.median, 0, of: "POST /payments"), 140), (latency(.p95, 0, of: "POST /payments"), 355),
    (value("http_req_waiting", .p95, 0, of: "POST /payments"), 350),
  ]

  func comparison() -> SideBySide {
    var question = ComparisonQuestion(
      before: side(before), after: side(after), isAcrossEnvironments: isAcrossEnvironments)
    for pair in question.pairing.pairs { question.histories[pair.key] = history(of: pair) }
    return compare(question).rounded
  }

  private func side(_ side: Side) -> ComparisonSide {
    let runs = (0..<side.repetitions).map { index in
      var reading = Reading(
        profile: "baseline",
        source: Reading.Source(
          path: "results/run-\(index + 1).json", format: "k6-samples-json", sha256: "\(side.sha)\(index)"))
      let drift = 1 + 0.01 * Double(index - 1)
      reading.measurements =
        ComparisonScene.usual.map { measurement, level in
          var measured = measurement
          let isPayment = measured.series.endpoint == "POST /payments"
          let isSearch = measured.series.endpoint == "GET /search" && side.factor != 1
          measured.value = level * drift * (isPayment ? side.factor : isSearch ? 0.8 : 1)
          return measured
        } + side.extra
      reading.facts = side.facts
      if side.hasSamples {
        reading.distributions = ["GET /search", "POST /payments"].map { samples($0, side) }
      }
      return Run(
        service: "gateway",
        commit: Commit(
          sha: side.sha, branch: "main", committedAt: Timestamp(rfc3339: "2026-05-31T08:00:00Z")),
        environment: Environment(name: "perf", sizing: side.sizing), settings: side.settings,
        reading: reading)
    }
    return ComparisonSide(name: side.name, kind: .commit, runs: runs)
  }

  private func samples(_ endpoint: String, _ side: Side) -> Distribution {
    var sketch = QuantileSketch()
    let tail = endpoint == "POST /payments" ? side.factor : 1
    for index in 1...1_000 { sketch.add(Double(index) * (index > 800 ? tail : 1)) }
    return Distribution(
      endpoint: endpoint, metric: "http_req_duration", unit: .milliseconds, better: .lower, sketch: sketch)
  }

  private func history(of pair: CohortPair) -> CohortHistory {
    let window = window(of: ComparisonScene.usual.map { ($0.series, $1) }, commits: commits)
    let series = ComparisonScene.usual.map { measurement, _ in
      SeriesHistory(
        series: measurement.series, unit: measurement.unit, better: measurement.better,
        values: window.values[measurement.series] ?? [])
    }
    return CohortHistory(
      service: "gateway", profile: pair.key.profile, environment: .unknown, commits: window.commits,
      series: series)
  }
}

extension SideBySide {
  /// With six digits in every statistic: golden files must not depend on the last bits of a platform's `exp`.
  fileprivate var rounded: SideBySide {
    var comparison = self
    for cohort in cohorts.indices {
      for index in cohorts[cohort].series.indices { comparison.cohorts[cohort].series[index].round() }
    }
    return comparison
  }
}

extension ComparedFinding {
  fileprivate mutating func round() {
    difference.p = difference.p.map(sixDigits)
    difference.q = difference.q.map(sixDigits)
    if let change = difference.change {
      difference.change?.absolute = sixDigits(change.absolute)
      difference.change?.relative = change.relative.map(sixDigits)
    }
    guard let interval = difference.interval else { return }
    func rounded(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      sixDigits(range.lowerBound)...sixDigits(range.upperBound)
    }
    difference.interval?.absolute = rounded(interval.absolute)
    difference.interval?.relative = interval.relative.map(rounded)
  }
}
