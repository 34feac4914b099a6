import SLOBudgets
import SLOSupport
import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

/// Commits `c0`, `c1` … that measured these values of each series once.
func replays(
  _ values: [Series: [Double]], budget: String = "version: 1", last: Int = 50,
  now: Timestamp = Timestamp(milliseconds: 0)
) throws -> Replays {
  let count = values.values.map(\.count).max() ?? 0
  let runs = (0..<count).map { index in
    var reading = Reading(
      profile: "baseline",
      source: Reading.Source(path: "r", format: "k6-summary-export", sha256: "\(index)"))
    reading.measurements = values.sorted { $0.key < $1.key }.map { series, values in
      MetricValue(series: series, value: values[index], unit: .milliseconds, better: .lower)
    }
    return Run(
      service: "shop", commit: Commit(sha: "c\(index)", branch: "main"), environment: Check.perf,
      settings: [:],
      reading: reading)
  }
  let window = window(values)
  let commits = window.commits.enumerated().map { index, commit in
    ReferenceCommit(sha: commit.sha, branch: "main", time: commit.time, runs: [runs[index].id])
  }
  let cohort = CohortHistory(
    service: "shop", profile: "baseline", environment: Check.perf, commits: commits,
    series: window.values.map { series, values in
      SeriesHistory(series: series, unit: .milliseconds, better: .lower, values: values)
    })
  let byID = Dictionary(uniqueKeysWithValues: runs.map { ($0.id, $0) })
  return Replays(
    of: [cohort], last: last, reference: "main", environment: Check.perf,
    budgets: try Budgets.parse(budget, file: "b.yaml"), now: now
  ) { byID[$0] }
}

/// Values that scatter by a few per cent about a level.
func noisy(_ count: Int, at level: Double = 200) -> [Double] {
  (0..<count).map { level * calm[$0 * 7 % calm.count] / 200 }
}
