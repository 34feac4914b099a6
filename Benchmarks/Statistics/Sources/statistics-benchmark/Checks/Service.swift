internal import SLOBudgets
internal import SLOGate
internal import SLOHistory
internal import SLOModel

/// A service with its history, whose next runs a gate judges: all that `slogate check` does once files, repository and
/// history are read.
struct Service: Sendable {
  private static let profile = "baseline"
  private static let environment = Environment(name: "perf", sizing: ["stage": "perf"])

  private var references = References()
  private var window: ReferenceWindow {
    get { references.windows[Service.profile] ?? ReferenceWindow() }
    set { references.windows[Service.profile] = newValue }
  }

  /// How many commits it has measured.
  var commits: Int { window.commits.count }

  /// Takes a run of an unchanged commit into the history.
  mutating func record(_ run: [World.Measured]) {
    let place = commits
    window.commits.append(
      ReferenceCommit(
        sha: "c\(place)", branch: "main", time: Timestamp(milliseconds: Int64(place) * 3_600_000), runs: []))
    for value in Service.values(run) {
      let repetition = ReferenceValue.Repetition(value: value.value, samples: value.samples)
      window.values[value.series, default: []].append(
        ReferenceValue(commit: place, repetitions: [repetition]))
    }
  }

  /// Judges a run of the next commit.
  func check(_ run: [World.Measured]) -> Verdict { evaluation(of: run).verdict() }

  /// A run of the next commit, held against the history.
  func evaluation(of run: [World.Measured]) -> Evaluation {
    var reading = Reading(
      profile: Service.profile,
      source: Reading.Source(path: "run.json", format: "k6-summary-export", sha256: "\(commits)"))
    reading.measurements = Service.values(run)
    let commit = Commit(sha: "c\(commits)", branch: "main")
    let input = CheckInput(
      service: "shop", commit: commit, environment: Service.environment,
      runs: [
        Run(
          service: "shop", commit: commit, environment: Service.environment, settings: [:], reading: reading)
      ],
      now: Timestamp(milliseconds: Int64(commits) * 3_600_000))
    return Evaluation(CheckPlan(input), against: references)
  }

  /// The name of an endpoint.
  static func name(_ index: Int) -> String { "e\(index)" }

  /// What a k6 summary says of a run: of each endpoint and of all together the median, p95 and p99 of the request
  /// durations and the share of failed requests, and the throughput.
  private static func values(_ run: [World.Measured]) -> [MetricValue] {
    let requests = run.reduce(0) { $0 + $1.requests }
    let weights = run.map { Double($0.requests) / Double(requests) }
    let median = zip(weights, run).reduce(0) { $0 + $1.0 * $1.1.median }
    let p95 = zip(weights, run).reduce(0) { $0 + $1.0 * $1.1.p95 }
    let whole = World.Measured(
      median: median, p95: (p95 + (run.map(\.p95).max() ?? p95)) / 2,
      failures: run.reduce(0) { $0 + $1.failures }, requests: requests)
    let throughput = MetricValue(
      series: Series(profile: profile, metric: "http_reqs", statistic: .rate),
      value: Double(requests) / 60, unit: .perSecond, better: .higher)
    return values(whole, of: Series.wholeRun) + [throughput]
      + run.enumerated().flatMap { values($0.element, of: name($0.offset)) }
  }

  private static func values(_ measured: World.Measured, of endpoint: String) -> [MetricValue] {
    func time(_ statistic: Statistic, _ value: Double) -> MetricValue {
      MetricValue(
        series: Series(
          profile: profile, endpoint: endpoint, metric: "http_req_duration", statistic: statistic),
        value: value, unit: .milliseconds, better: .lower, samples: measured.requests)
    }
    let failed = MetricValue(
      series: Series(profile: profile, endpoint: endpoint, metric: "http_req_failed", statistic: .rate),
      value: Double(measured.failures) / Double(measured.requests), unit: .ratio, better: .lower,
      samples: measured.requests)
    return [
      time(.median, measured.median), time(.p95, measured.p95), time(.p99, 1.4 * measured.p95), failed,
    ]
  }
}
