import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel

/// A verdict on a release of so many endpoints, a third of which break a limit, a tenth became slower, a tenth miss a
/// value, and a tenth only warn.
func release(endpoints count: Int) throws -> Verdict {
  let names = (0..<count).map { "GET /api/v2/resources/{id}/part-\($0)" }
  var reading = Reading(
    profile: "baseline",
    source: Reading.Source(path: "results/baseline.json", format: "k6-summary-export", sha256: digits))
  reading.startedAt = Timestamp(milliseconds: 1_700_000_000_000)
  reading.measurements = names.enumerated().flatMap { index, name in measured(name, index) }
  let commit = Commit(sha: "9f3c1ab04d2e77a1c0b59f3c1ab04d2e77a1c0b5", branch: "feature/pay")
  let environment = Environment(name: "perf", sizing: ["stage": "sin-perf", "memory": "1Gi"])
  let run = Run(
    service: "gateway", commit: commit, environment: environment, settings: ["pool": "40"], reading: reading)
  let budget = """
    version: 1
    owner: payments-team
    defaults: { baseline: { p95: { block: 400ms, warn: 350ms }, p99: 900ms } }
    """
  let input = CheckInput(
    service: "gateway", commit: commit, environment: environment, runs: [run],
    budgets: try Budgets.parse(budget, file: "budgets/gateway.yaml"),
    now: Timestamp(milliseconds: 1_700_000_000_000))
  var references = References()
  references.windows = ["baseline": history(of: names)]
  return Evaluation(CheckPlan(input), against: references).verdict()
}

private let digits = String(repeating: "0123456789abcdef", count: 4)

private func series(_ name: String, _ statistic: Statistic) -> Series {
  Series(profile: "baseline", endpoint: name, metric: "http_req_duration", statistic: statistic)
}

private func measured(_ name: String, _ index: Int) -> [MetricValue] {
  let p95: Double = index % 3 == 0 ? 520 : index % 10 == 1 ? 300 : index % 10 == 2 ? 360 : 202
  let values: [(Statistic, Double)] = [(.median, 80), (.p95, p95), (.p99, p95 * 1.6)]
  return values.filter { index % 10 != 4 || $0.0 != .p99 }.map { statistic, value in
    MetricValue(series: series(name, statistic), value: value, unit: .milliseconds, better: .lower)
  }
}

/// Twelve commits whose values scatter about a level by a few per cent.
private func history(of names: [String]) -> ReferenceWindow {
  let scatter = [0.0, 0.021, -0.017, 0.008, -0.026, 0.013, -0.004, 0.029, -0.011, 0.017, -0.022, 0.003]
  var window = ReferenceWindow()
  window.commits = scatter.indices.map {
    ReferenceCommit(
      sha: "41d0e77\($0)00000000", branch: "main", time: Timestamp(milliseconds: Int64($0)), runs: [])
  }
  for (place, name) in names.enumerated() {
    for (statistic, level) in [(Statistic.median, 80.0), (.p95, 200), (.p99, 320)] {
      window.values[series(name, statistic)] = scatter.indices.map { commit in
        let noise = scatter[(commit * (place % 5 + 1) + place) % scatter.count]
        return ReferenceValue(commit: commit, repetitions: [.init(value: level * (1 + noise), samples: nil)])
      }
    }
  }
  return window
}
