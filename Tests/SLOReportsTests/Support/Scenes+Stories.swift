import SLOGate
import SLOHistory
import SLOModel
import TestSupport

/// One thing at a time: the stories that a verdict can have, each kept as golden files in every form people read.
extension Scenes {
  /// The stories by the name of their files.
  static let stories: [(name: String, scene: Scene)] = [
    ("slow-endpoint", slowEndpoint), ("few-samples", fewSamples), ("script-threshold", scriptThreshold),
    ("vanished-endpoint", vanishedEndpoint), ("slow-host", slowHost), ("improvement", improvement),
    ("waived-breach", waivedBreach), ("missing-profile", missingProfile), ("green", green),
  ]

  private static let budget = """
    service: gateway
    owner: platform-team
    run: { baseline: { p95: 400ms, error_rate: 1% } }
    endpoints:
      checkout: { owner: payments-team, baseline: { p95: 160ms } }
      search: { baseline: { p95: 200ms } }
    """

  private static let names = ["checkout", "search", "orders", "cart", "stock", "prices", "login", "logout"]

  /// What the commits before measured: three figures of eight endpoints and of the run as a whole.
  private static let levels: [(Series, Double)] = {
    var levels: [(Series, Double)] = [(latency(.p95, 0).series, 160), (latency(.median, 0).series, 52)]
    for (index, name) in names.enumerated() {
      levels.append((p95(name), 120 + 10 * Double(index)))
      levels.append((median(name), 40 + 3 * Double(index)))
    }
    return levels
  }()

  private static func run(_ factors: [Series: Double] = [:], others: Double = 1) -> [MetricValue] {
    levels.map { series, level in
      let value = (level * (factors[series] ?? others) * 1e6).rounded() / 1e6
      return TestSupport.value(
        series.metric, series.statistic, value, of: series.endpoint, samples: 12_000)
    } + [value("http_req_failed", .rate, 0.001, samples: 96_000)]
  }

  private static func p95(_ name: String) -> Series { latency(.p95, 0, of: name).series }
  private static func median(_ name: String) -> Series { latency(.median, 0, of: name).series }

  private static func check(_ run: [MetricValue], budget: String = budget) -> Scene {
    var scene = Scene(budget: budget, runs: [run], windows: ["baseline": window(of: levels)])
    scene.commit = Commit(sha: "9f3c1ab04d2e77a1c0b5", branch: "feature/pay")
    scene.context = VerdictContext(
      commits: [
        scene.commit.sha: CommitDescription(
          subject: "checkout: score every payment for fraud", author: "Ann Example")
      ],
      links: VerdictLinks(
        commitBase: "https://git.example/shop/gateway/commit/",
        pullRequest: "https://git.example/shop/gateway/pull/812",
        build: "https://git.example/shop/gateway/actions/runs/41",
        artifacts: "https://git.example/shop/gateway/actions/runs/41#artifacts",
        files: FilePages(base: "https://git.example/shop/gateway/blob/", folder: "services/gate way/")))
    return scene
  }

  /// One endpoint beyond its limit and its history, and the run as a whole after it.
  static let slowEndpoint = check(
    run([
      p95("checkout"): 1.45, median("checkout"): 1.38, latency(.p95, 0).series: 1.2,
      latency(.median, 0).series: 1.15,
    ]))

  /// Beyond its limit, from 49 requests: nothing is said of chance that is not known.
  static let fewSamples: Scene = {
    var measured = run([p95("checkout"): 1.4])
    for index in measured.indices where measured[index].series.endpoint == "checkout" {
      measured[index].samples = 49
    }
    return check(measured)
  }()

  /// A threshold of the script was crossed, and no budget speaks of the figure.
  static let scriptThreshold: Scene = {
    var scene = check(run() + [value("checks", .rate, 0.97, samples: 12_000)])
    scene.thresholds = [
      Reading.Threshold(
        endpoint: Series.wholeRun, metric: "checks", expression: "rate>0.99", passed: false)
    ]
    return scene
  }()

  /// An endpoint with a limit that this run did not measure.
  static let vanishedEndpoint = check(run().filter { $0.series.endpoint != "checkout" })

  /// Everything slower by the same factor, which the runs before never were.
  static let slowHost = check(run(others: 1.3))

  /// One endpoint faster.
  static let improvement = check(run([p95("search"): 0.7, median("search"): 0.72]))

  /// Beyond its limit, and let through for a while.
  static let waivedBreach = check(
    run([p95("checkout"): 1.45]),
    budget: budget + """

      waivers:
        - { endpoint: checkout, metric: p95, max: 250ms, until: 2026-06-30, owner: ops, reason: SHOP-812 fraud score }
      """)

  /// A profile with limits, and no results of it.
  static let missingProfile = check(
    run(),
    budget: budget.replacing("run: {", with: "defaults: { spike: { p95: 500ms } }\nrun: {"))

  /// Nothing to say.
  static let green = check(run())
}
