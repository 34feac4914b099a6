import SLOGate
import SLOHistory
import SLOModel
import TestSupport

/// What a verdict tells beside limits and a single regression.
extension Scenes {
  private static let search = latency(.p95, 0, of: "GET /search").series
  private static let cart = latency(.p95, 0, of: "cart").series
  private static let upload = latency(.p95, 0, of: "POST /upload").series
  private static let whole = latency(.p95, 0).series
  private static let levels: [(Series, Double)] = [
    (search, 240), (cart, 300), (upload, 900), (whole, 312), (latency(.p95, 0, of: "auth.login").series, 140),
    (latency(.p95, 0, of: "auth.logout").series, 95), (latency(.p95, 0, of: "GET /orders").series, 410),
    (latency(.p95, 0, of: "PUT /orders").series, 480), (latency(.p95, 0, of: "GET /prices").series, 75),
    (latency(.p95, 0, of: "GET /stock").series, 130),
  ]

  private static func run(_ values: [(Series, Double)], times factor: Double = 1) -> [MetricValue] {
    values.map { series, level in latency(.p95, level * factor, of: series.endpoint, profile: series.profile)
    }
  }

  private static func values(_ changed: [Series: Double]) -> [(Series, Double)] {
    levels.map { ($0.0, changed[$0.0] ?? $0.1) }
  }

  /// Nothing beyond its limit: one endpoint crept away from the anchor, one became slower after a step that was
  /// accepted, one is as slow as the branch has been since a step nobody accepted; a branch that loosens budgets.
  static var drifted: Scene {
    func budget(search: String, others: String) -> String {
      """
      owner: payments-team
      repetitions: 1
      defaults: { baseline: { p95: \(others) } }
      endpoints:
        "GET /search": { owner: search-team, baseline: { p95: \(search) } }
      rules: [{ rule: vus_max >= 500, severity: warn }]
      regression: { creep: { anchor: v1.4.0, max: 10% } }
      waivers:
        - { endpoint: cart, metric: p99, max: 2s, until: 2026-08-01, owner: ops, reason: SRE-900 cold start }
      """
    }
    var window = window(of: levels, commits: 16)
    for index in window.commits.indices where index >= 8 {
      window.scale(index, by: 1.3, upload)
      window.scale(index, by: 1.25, cart)
    }
    var scene = Scene(
      budget: budget(search: "600ms", others: "1.2s"),
      runs: [
        run(values([upload: 900 * 1.3 * 0.98, cart: 300 * 1.25 * 1.4]))
          + [value("vus_max", .value, 400), value("checks", .rate, 1, of: "GET /health")]
      ],
      windows: ["baseline": window])
    scene.budgetBefore = budget(search: "500ms", others: "1s")
    scene.acceptances = [
      Acceptance(
        service: "gateway", commit: window.commits[8].sha, since: Timestamp(milliseconds: 8),
        endpoint: EndpointPattern("cart"), by: "ada", reason: "SRE-901 stronger cipher",
        at: Timestamp(milliseconds: 9))
    ]
    scene.anchor = Anchor(
      name: "v1.4.0", commit: window.commits[0].sha, time: Timestamp(milliseconds: 0),
      windows: ["baseline": SLOReportsTests.window(of: values([search: 200]))])
    return scene
  }

  /// A machine that slowed down the whole run, rules that do not hold or that nobody can judge, a profile without a
  /// history where one is demanded.
  static var unruly: Scene {
    let budget = """
      owner: payments-team
      repetitions: 1
      defaults: { "*": { p95: 2s } }
      rules:
        - spike.p95 <= 3 * baseline.p95
        - { rule: vus_max >= 500, severity: warn }
        - soak.p95 <= 2 * baseline.p95
      """
    let spikes = [
      latency(.p95, 1_500, profile: "spike"), latency(.p95, 1_400, of: "cart", profile: "spike"),
      latency(.p95, 900, of: "GET /search", profile: "spike"),
      value("vus_max", .value, 480, profile: "spike"),
    ]
    var window = window(of: levels)
    let host = [1, 1.09, 0.94, 1.05, 0.92, 1.07, 0.97, 1.03, 0.95, 1.08, 1]
    for (index, factor) in host.enumerated() {
      for (series, _) in levels { window.scale(index, by: factor, series) }
    }
    var scene = Scene(
      budget: budget, runs: [run(levels, times: 1.6) + [value("vus_max", .value, 500)], spikes],
      windows: ["baseline": window])
    scene.policy.requiresHistory = true
    scene.warnings = ["results/spike.json: it is named for the profile spike and was given for baseline"]
    return scene
  }
}

extension ReferenceWindow {
  /// Multiplies what a series has at a commit.
  fileprivate mutating func scale(_ commit: Int, by factor: Double, _ series: Series) {
    guard let repetitions = values[series]?[commit].repetitions else { return }
    for place in repetitions.indices {
      values[series]?[commit].repetitions[place].value =
        (repetitions[place].value * factor * 1e6).rounded() / 1e6
    }
  }
}
