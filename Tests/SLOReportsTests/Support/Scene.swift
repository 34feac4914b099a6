import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import TestSupport
import Testing

/// A check put together by hand, and its verdict.
struct Scene {
  var budget = "version: 1"
  var runs: [[MetricValue]] = []
  var windows: [String: ReferenceWindow] = [:]
  var environment = Environment(name: "perf", sizing: ["stage": "sin-perf", "memory": "1Gi"])
  var commit = Commit(sha: "9f3c1ab04d2e77a1c0b5", branch: "feature/pay")
  var policy = GatePolicy()
  var path = "results"
  /// The budgets that the branch under judgement changed; nil where it left them alone.
  var budgetBefore: String?
  var acceptances: [Acceptance] = []
  var anchor: Anchor?
  var warnings: [String] = []
  /// The thresholds of the script of the first run.
  var thresholds: [Reading.Threshold] = []
  var context = VerdictContext()

  func verdict() throws -> Verdict {
    let evaluation = try evaluation()
    var verdict = evaluation.verdict().rounded
    verdict.context = context
    verdict.budgetReview = try budgetBefore.map { before in
      BudgetReview(from: try Budgets.parse(before, file: "budgets/gateway.yaml"), to: evaluation.budgets)
    }
    return verdict
  }

  func evaluation() throws -> Evaluation {
    let runs = runs.enumerated().map { index, measurements in
      var reading = Reading(
        profile: measurements.first?.series.profile ?? "baseline",
        source: Reading.Source(
          path: "\(path)/run-\(index + 1).json", format: "k6-summary-export",
          sha256: String(repeating: "\(index % 10)", count: 64)))
      reading.measurements = measurements
      reading.thresholds = index == 0 ? thresholds : []
      reading.observeThresholds()
      reading.duration = 600
      // The spike is applied after the baseline.
      let hour = reading.profile == "baseline" ? "08" : "09"
      reading.startedAt = Timestamp(rfc3339: "2026-05-31T\(hour):00:00Z")
      return Run(
        service: "gateway", commit: commit, environment: environment, settings: ["pool": "40"],
        reading: reading)
    }
    let budgets = try Budgets.parse(budget, file: "budgets/gateway.yaml")
    var input = CheckInput(
      service: "gateway", commit: commit, reference: "main", environment: environment, runs: runs,
      budgets: budgets, policy: policy, now: try #require(Timestamp(rfc3339: "2026-06-01T12:00:00Z")))
    input.warnings = warnings
    var references = References()
    (references.windows, references.acceptances, references.anchor) = (windows, acceptances, anchor)
    return Evaluation(CheckPlan(input), against: references)
  }
}

/// A percentile of `http_req_duration` in milliseconds.
func latency(
  _ statistic: Statistic, _ number: Double, of endpoint: String = Series.wholeRun,
  profile: String = "baseline"
) -> MetricValue {
  value("http_req_duration", statistic, number, of: endpoint, profile: profile)
}

/// A window of commits whose values scatter about a level by a few per cent, each series in its own way.
func window(of levels: [(Series, Double)], commits: Int = 11) -> ReferenceWindow {
  var window = ReferenceWindow()
  window.commits = (0..<commits).map {
    ReferenceCommit(
      sha: "41d0e77\($0)00000000", branch: "main", time: Timestamp(milliseconds: Int64($0)), runs: [])
  }
  let scatter = [0.0, 0.021, -0.017, 0.008, -0.026, 0.013, -0.004, 0.029, -0.011, 0.017, -0.022, 0.003]
  for (place, (series, level)) in levels.enumerated() {
    window.values[series] = (0..<commits).map { commit in
      let noise = scatter[(commit * (place % 5 + 1) + place) % scatter.count]
      return ReferenceValue(
        commit: commit,
        repetitions: [.init(value: level * (1 + noise), samples: 10_000)])
    }
  }
  return window
}

extension Verdict {
  /// With six digits in every statistic: golden files must not depend on the last bits of a platform's `exp`.
  fileprivate var rounded: Verdict {
    var verdict = self
    for index in verdict.findings.indices {
      verdict.findings[index].regression?.judgement?.round()
      verdict.findings[index].creep?.judgement.round()
    }
    for index in verdict.commonFactors.indices {
      verdict.commonFactors[index].factor.factor = sixDigits(verdict.commonFactors[index].factor.factor)
      verdict.commonFactors[index].factor.judgement.round()
    }
    return verdict
  }
}

extension Judgement {
  fileprivate mutating func round() {
    for figure in [\Judgement.typical, \.noise, \.p, \.q, \.limit] as [WritableKeyPath<Judgement, Double?>] {
      self[keyPath: figure] = self[keyPath: figure].map(sixDigits)
    }
    for path in [\Judgement.change, \.detectable] as [WritableKeyPath<Judgement, Change?>] {
      guard var change = self[keyPath: path] else { continue }
      change.absolute = sixDigits(change.absolute)
      change.relative = change.relative.map(sixDigits)
      self[keyPath: path] = change
    }
  }
}

func sixDigits(_ number: Double) -> Double {
  guard number != 0, number.isFinite else { return number }
  var scale = 1.0
  while abs(number) * scale < 100_000 { scale *= 10 }
  return (number * scale).rounded() / scale
}
