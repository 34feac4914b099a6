import SLOGate
import SLOHistory
import SLOModel
import TestSupport

/// The releases whose reports are kept as golden files.
enum Scenes {
  private static let everyday = """
    owner: payments-team
    repetitions: 3
    defaults: { baseline: { p95: 400ms, p99: 900ms, error_rate: 1% } }
    endpoints:
      "GET /search": { owner: search-team, baseline: { p95: 300ms } }
      "POST /payments": { baseline: { p95: 365ms } }
    waivers:
      - { endpoint: auth.login, metric: p95, max: 1.2s, until: 2026-06-10, owner: ops, reason: SRE-812 token cache }
    """

  private static let usual: [(Series, Double)] = [
    (latency(.p95, 0).series, 312), (latency(.p99, 0).series, 610), (latency(.median, 0).series, 121),
    (value("http_req_failed", .rate, 0).series, 0.002),
    (latency(.p95, 0, of: "GET /search").series, 262), (latency(.p99, 0, of: "GET /search").series, 500),
    (latency(.p95, 0, of: "POST /payments").series, 355),
    (latency(.p99, 0, of: "POST /payments").series, 700),
    (latency(.p95, 0, of: "auth.login").series, 240), (latency(.p99, 0, of: "auth.login").series, 420),
  ]

  /// What a run like the others measures, times a factor for some of its series.
  private static func run(_ drift: Double, _ factors: [Series: Double] = [:]) -> [MetricValue] {
    usual.map { series, level in
      value(
        series.metric, series.statistic, level * drift * (factors[series] ?? 1), of: series.endpoint,
        samples: series.metric == "http_req_failed" ? 10_000 : nil)
    } + [value("http_reqs", .rate, 241.5 * drift)]
  }

  /// Three repetitions within every limit, one of them near, one series better.
  static var passing: Scene {
    let factors = [latency(.p99, 0, of: "GET /search").series: 0.7]
    var window = window(of: usual)
    window.skipped[.failed] = 1
    return Scene(
      budget: everyday, runs: [0.995, 1, 1.012].map { run($0, factors) }, windows: ["baseline": window])
  }

  /// One endpoint slower by one run, which a second one decides.
  static var suspect: Scene {
    var scene = Scene(
      budget: "regression: { two_step: true }",
      runs: [run(1, [latency(.p95, 0, of: "GET /search").series: 1.6])],
      windows: ["baseline": window(of: usual)])
    scene.policy.isTwoStep = true
    return scene
  }

  /// Something of everything that goes wrong.
  static var blocked: Scene {
    let budget = """
      owner: payments-team
      defaults: { baseline: { p95: 400ms, p99: 900ms, error_rate: 1%, throughput: ">= 250/s" } }
      endpoints:
        "GET /search": { owner: search-team, baseline: { p95: { block: 300ms, warn: 270ms } } }
        "POST /payments": { baseline: { p95: 400ms, p99.9: 3s } }
      waivers:
        - { endpoint: auth.login, metric: p95, max: 1.2s, until: 2026-06-10, owner: ops, reason: SRE-812 token cache }
        - { endpoint: cart, metric: p95, max: 2s, until: 2026-08-01, owner: ops, reason: SRE-900 cold start }
        - { endpoint: cart, metric: p99, max: 3s, until: 2026-05-01, owner: ops, reason: SRE-700 }
      """
    let factors = [
      latency(.p95, 0, of: "POST /payments").series: 1.725, latency(.p99, 0).series: 1.42,
      latency(.p95, 0, of: "GET /search").series: 1.05,
      latency(.median, 0).series: 0.1,
    ]
    let others = [
      value("checks", .rate, 1, of: "GET /health"), latency(.p95, 1_450, of: "cart"),
      latency(.p99, 1_700, of: "checkout with a name that is longer than any table has room for"),
      latency(.p95, 400, of: "auth.logout"),
    ]
    return Scene(
      budget: budget, runs: [run(1, factors) + others], windows: ["baseline": window(of: usual)])
  }

  /// Two of three repetitions, a percentile nobody asked k6 for, an environment nobody described.
  static var inconclusive: Scene {
    var scene = Scene(
      budget: everyday + "\nregression: { min_history: 5 }", runs: [run(1), run(1.01)])
    scene.budget = scene.budget.replacing("p99: 900ms", with: "p99.9: 2s")
    scene.environment = .unknown
    scene.commit = Commit(sha: Commit.unknownSHA)
    scene.policy.repetitions = 3
    return scene
  }
}
