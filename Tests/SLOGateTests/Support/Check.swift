import SLOBudgets
import SLOHistory
import SLOModel
import SLOReaders
import TestSupport
import Testing

@testable import SLOGate

/// A check put together by hand. A test sets what it is about; all else is an ordinary release.
struct Check {
  static let perf = Environment(name: "perf", sizing: ["stage": "perf"])

  /// The text of `b.yaml`; nil for the built-in limits.
  var budget: String? = "version: 1"
  var runs: [Run] = []
  var windows: [String: ReferenceWindow] = [:]
  var environment = Check.perf
  var policy = GatePolicy()
  var isStrict = false
  var now = "2026-06-01T12:00:00Z"

  /// A check of one run of `baseline` that measured this.
  init(_ measurements: [MetricValue], budget: String? = "version: 1") {
    self.budget = budget
    runs = [run(measurements)]
  }

  /// A check of one run whose p95 is held against a limit.
  static func ofP95(_ value: Double, limit: String) -> Check {
    Check([p95(value)], budget: "defaults: { baseline: { p95: \(limit) } }")
  }

  func draft() throws -> Draft {
    var draft = Draft(
      CheckInput(
        service: "shop", commit: Commit(sha: "candidate", branch: "feature"), reference: "main",
        environment: environment, runs: runs.map(inEnvironment),
        budgets: try budget.map { try Budgets.parse($0, file: "b.yaml") } ?? .builtIn,
        policy: policy, isStrict: isStrict, now: try #require(Timestamp(rfc3339: now))))
    draft.windows = windows
    return draft
  }

  func verdict() throws -> Verdict { (try draft()).verdict() }

  private func inEnvironment(_ run: Run) -> Run {
    Run(
      service: run.service, commit: run.commit, environment: environment, settings: [:], reading: run.reading)
  }
}

/// The input and the references of a check, which a test changes before it is judged.
@dynamicMemberLookup struct Draft {
  var input: CheckInput
  var references = References()

  init(_ input: CheckInput) { self.input = input }

  subscript<Value>(dynamicMember path: WritableKeyPath<CheckInput, Value>) -> Value {
    get { input[keyPath: path] }
    set { input[keyPath: path] = newValue }
  }

  subscript<Value>(dynamicMember path: WritableKeyPath<References, Value>) -> Value {
    get { references[keyPath: path] }
    set { references[keyPath: path] = newValue }
  }

  var evaluation: Evaluation { Evaluation(CheckPlan(input), against: references) }

  func verdict() -> Verdict { evaluation.verdict() }
}

// MARK: What was measured

/// A p95 of `http_req_duration` in milliseconds.
func p95(_ number: Double, of endpoint: String = Series.wholeRun, profile: String = "baseline") -> MetricValue
{
  value("http_req_duration", .p95, number, of: endpoint, profile: profile)
}

/// A p99 of `http_req_duration` in milliseconds.
func p99(_ number: Double, of endpoint: String = Series.wholeRun) -> MetricValue {
  value("http_req_duration", .p99, number, of: endpoint)
}

/// A share of failed requests.
func errorRate(_ share: Double, requests: Int? = nil) -> MetricValue {
  value("http_req_failed", .rate, share, samples: requests)
}

/// A run that measured this, of the profile of its first value.
func run(
  _ measurements: [MetricValue], profile: String? = nil, file: String = "run.json",
  format: String = "k6-summary-export", failure: String? = nil
) -> Run {
  var reading = Reading(
    profile: profile ?? measurements.first?.series.profile ?? "baseline",
    source: Reading.Source(path: file, format: format, sha256: file))
  reading.measurements = measurements
  reading.failure = failure
  return Run(
    service: "shop", commit: Commit(sha: "candidate"), environment: Check.perf, settings: [:],
    reading: reading)
}

// MARK: What was measured before

/// Ten commits whose p95 scatters by a few per cent around 200 ms.
let calm = [200.0, 203, 198, 205, 201, 197, 202, 199, 204, 200.5]

/// A window in which commit `c0`, `c1` … measured these values of each series once.
func window(_ values: [Series: [Double]], samples: Int? = nil) -> ReferenceWindow {
  var window = ReferenceWindow()
  let commits = values.values.map(\.count).max() ?? 0
  window.commits = (0..<commits).map {
    ReferenceCommit(sha: "c\($0)", branch: "main", time: Timestamp(milliseconds: Int64($0)), runs: [])
  }
  window.values = values.mapValues { values in
    values.enumerated().map {
      ReferenceValue(
        commit: $0.offset,
        repetitions: [ReferenceValue.Repetition(value: $0.element, samples: samples)])
    }
  }
  return window
}

extension Check {
  /// A p95 beside ten calm commits.
  static func afterCalm(_ number: Double, budget: String = "version: 1") -> Check {
    var check = Check([p95(number)], budget: budget)
    check.windows = ["baseline": window([p95(0).series: calm])]
    return check
  }
}

// MARK: What was found

extension Verdict {
  /// The finding on the series of a measurement.
  func finding(_ measurement: MetricValue) -> Finding? { findings.first { $0.series == measurement.series } }

  /// The outcome of the p95 of the run as a whole, or of an endpoint.
  func p95Outcome(of endpoint: String = Series.wholeRun) -> Finding.Outcome? {
    finding(p95(0, of: endpoint))?.outcome
  }
}
