import SLOBudgets
import SLOSupport
import SLOGate
import SLOHistory
import SLOModel
import Testing

/// A change of the budgets, and stored checks to try it on.
enum ReviewScene {
  static let before = """
    owner: payments-team
    repetitions: 3
    environments: { perf: { stage: sin-perf, memory: 512MB } }
    defaults: { baseline: { p95: 400ms, p99: 900ms } }
    endpoints:
      "GET /search": { owner: search-team, baseline: { p95: 300ms } }
      "POST /pay|pal": { baseline: { p95: { block: 500ms } } }
    rules:
      - p99 <= 4 * p95
    waivers:
      - { endpoint: auth.login, metric: p95, max: 1.2s, until: 2026-06-10, owner: ops, reason: SRE-812 token cache }
    """

  static let after = """
    owner: payments-team
    repetitions: 2
    environments: { perf: { stage: sin-perf, memory: 1024MB } }
    defaults: { baseline: { p95: 440ms, p99: 800ms } }
    endpoints:
      "GET /search": { owner: payments-team, baseline: { p95: 300ms } }
      "POST /pay|pal": { baseline: { p95: { warn: 500ms } } }
    rules:
      - p99 <= 1.5 * p95
    regression: { min_change: { relative: 8% } }
    waivers:
      - { endpoint: auth.login, metric: p95, max: 1.2s, until: 2026-08-10, owner: ops, reason: SRE-812 token cache }
    """

  static func review(_ before: String = before, _ after: String = after) throws -> BudgetReview {
    let (old, new) = (try budgets(before, "main:budgets/pay.yaml"), try budgets(after, "budgets/pay.yaml"))
    return BudgetReview(from: old, to: new, replays: (try replays(old), try replays(new)))
  }

  static func budgets(_ text: String, _ file: String = "budgets/pay.yaml") throws -> Budgets {
    try Budgets.parse(text, file: file)
  }

  /// Eight commits, of which one was slow.
  static func replays(_ budgets: Budgets, endpoint: String = "POST /pay|pal") throws -> Replays {
    let levels = [390.0, 395, 388, 560, 391, 402, 394, 389]
    let runs = levels.enumerated().map { index, level in
      var reading = Reading(
        profile: "baseline",
        source: Reading.Source(path: "r", format: "k6-summary-export", sha256: "\(index)"))
      reading.measurements = [
        latency(.p95, level), latency(.p99, level * 1.6), latency(.p95, level, of: endpoint),
        latency(.p95, level / 2, of: "GET /search"),
      ]
      return Run(
        service: "gateway", commit: Commit(sha: "41d0e77\(index)00000000", branch: "main"),
        environment: .unknown, settings: [:], reading: reading)
    }
    let cohort = CohortHistory(
      service: "gateway", profile: "baseline", environment: .unknown,
      commits: runs.enumerated().map { index, run in
        ReferenceCommit(
          sha: run.commit.sha, branch: "main", time: Timestamp(milliseconds: Int64(index)), runs: [run.id])
      }, series: [])
    let byID = Dictionary(uniqueKeysWithValues: runs.map { ($0.id, $0) })
    return Replays(
      of: [cohort], last: 50, reference: "main", environment: .unknown, budgets: budgets,
      now: try #require(Timestamp(rfc3339: "2026-06-01T12:00:00Z"))
    ) { byID[$0] }
  }
}
