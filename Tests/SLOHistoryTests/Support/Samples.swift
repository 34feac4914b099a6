import SLOSupport
import SLOModel
import SLOStatistics
import TestSupport

@testable import SLOHistory

/// Shorthands for runs that differ in the one thing a test is about.
enum Sample {
  static let perf = Environment(name: "perf", sizing: ["stage": "sin-perf", "memory": "2Gi"])
  static let small = Environment(name: "small", sizing: ["stage": "sin-perf", "memory": "1Gi"])
  static let latency = Series(
    profile: "baseline", endpoint: "search", metric: "http_req_duration", statistic: .p95)
  static let day: Int64 = 86_400_000

  /// Midnight of a day of 2026, counted from 0.
  static func day(_ number: Int) -> Timestamp {
    Timestamp(milliseconds: 1_767_225_600_000 + Int64(number) * day)
  }

  /// A run of commit `sha`, committed on day `day`; `file` tells repetitions apart.
  static func run(
    _ sha: String, day: Int? = nil, value: Double? = 300, file: String = "a", branch: String? = "main",
    environment: Environment = perf, service: String = "gateway", failure: String? = nil,
    startedAt: Timestamp? = nil, profile: String = "baseline"
  ) -> Run {
    let source = Reading.Source(
      path: "\(file).json", format: "k6-summary-export",
      sha256: SHA256Digest(of: sha + file + profile).description)
    var reading = Reading(profile: profile, source: source)
    reading.failure = failure
    reading.startedAt = startedAt
    if let value {
      var series = latency
      series.profile = profile
      reading.measurements = [
        MetricValue(series: series, value: value, unit: .milliseconds, better: .lower, samples: 1_000)
      ]
    }
    return Run(
      service: service, commit: Commit(sha: sha, branch: branch, committedAt: day.map(Sample.day)),
      environment: environment, settings: [:], reading: reading)
  }

  /// The distribution behind `latency`, of these milliseconds.
  static func distribution(_ values: [Double]) -> Distribution {
    Distribution(
      endpoint: latency.endpoint, metric: latency.metric, unit: .milliseconds, better: .lower,
      sketch: QuantileSketch(sorted: values.sorted()))
  }

  /// A query for the references of `run`.
  static func query(
    for candidate: Run = run("candidate"), ancestors: [String]? = nil, size: Int = 30
  ) -> WindowQuery {
    WindowQuery(for: candidate, referenceBranch: "main", ancestors: ancestors, size: size)
  }
}

extension TemporaryFolder {
  /// A history with these runs in it, recorded on day 100.
  func history(of runs: [Run]) throws -> History {
    let history = try History.open(path: history)
    try history.record(runs, verdict: nil, at: Sample.day(100))
    return history
  }

  /// The window of a query over these runs.
  func window(of runs: [Run], _ query: WindowQuery = Sample.query()) throws -> ReferenceWindow {
    try history(of: runs).window(query)
  }
}
