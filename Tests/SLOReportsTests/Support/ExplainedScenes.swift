import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import TestSupport

/// Checks of a shop of five endpoints, each with the phases of its requests, as `slogate explain` meets them.
enum ExplainedScenes {
  static let names = [
    "slow-endpoint", "few-samples", "script-threshold", "vanished", "slow-run", "waived",
    "missing-profile", "green",
  ]

  static func scene(_ name: String) -> Scene {
    switch name {
    case "few-samples": fewSamples
    case "script-threshold": scriptThreshold
    case "vanished": vanished
    case "slow-run": slowRun
    case "waived": waived
    case "missing-profile": missingProfile
    case "green": green
    default: slowEndpoint
    }
  }

  private static let budget = """
    owner: shop-team
    endpoints:
      search: { owner: search-team, baseline: { p95: 130ms } }
      checkout: { baseline: { p95: 200ms } }
    """

  private static let medians: [(endpoint: String, value: Double)] = [
    ("checkout", 80), ("health", 5), ("orders", 40), ("report", 200), ("search", 60),
  ]

  private static let phases: [(metric: String, share: Double)] = [
    ("http_req_blocked", 0.02), ("http_req_connecting", 0.01), ("http_req_sending", 0.01),
    ("http_req_waiting", 0.94), ("http_req_receiving", 0.05),
  ]

  /// What a run measures, where waiting takes some times as long at some endpoints and everything on the machine.
  private static func measured(
    slow: [String: Double] = [:], machine: Double = 1, without: Set<String> = [], samples: Int = 3_000
  ) -> [MetricValue] {
    let endpoints = medians.filter { !without.contains($0.endpoint) }.flatMap { endpoint, median in
      [(Statistic.median, median), (.p95, 2 * median)].flatMap { statistic, value in
        let factor = slow[endpoint] ?? 1
        let parts = phases.map { metric, share in
          measurement(
            metric, statistic, value * machine * share * (metric == "http_req_waiting" ? factor : 1),
            endpoint,
            samples)
        }
        let total = value * machine * (0.06 + 0.94 * factor)
        return [measurement("http_req_duration", statistic, total, endpoint, samples)] + parts
      } + [measurement("http_req_failed", .rate, 0, endpoint, samples)]
    }
    let whole = (Double(slow["report"] ?? 1) + 0.3 * ((slow["search"] ?? 1) - 1)) * machine
    return endpoints + [
      measurement("http_req_duration", .p95, 300 * whole, Series.wholeRun, 5 * samples),
      measurement("http_req_duration", .median, 60 * whole, Series.wholeRun, 5 * samples),
    ]
  }

  private static func measurement(
    _ metric: String, _ statistic: Statistic, _ number: Double, _ endpoint: String, _ samples: Int
  ) -> MetricValue {
    value(metric, statistic, sixDigits(number), of: endpoint, samples: samples)
  }

  /// What eleven commits measured before.
  private static func usual(samples: Int = 3_000) -> ReferenceWindow {
    window(of: measured(samples: samples).map { ($0.series, $0.value) })
  }

  private static func scene(_ runs: [[MetricValue]]) -> Scene {
    Scene(
      budget: budget, runs: runs, windows: ["baseline": usual()],
      environment: Environment(name: "ci", sizing: ["stage": "ci"]))
  }

  /// One endpoint waits longer.
  static var slowEndpoint: Scene { scene([measured(slow: ["search": 1.35])]) }

  /// A percentile beyond its limit, of so few samples that it was not held against history.
  static var fewSamples: Scene { scene([measured(slow: ["search": 1.35], samples: 49)]) }

  /// A threshold of the k6 script on a figure without a limit.
  static var scriptThreshold: Scene {
    var scene = scene([measured()])
    scene.thresholds = [
      Reading.Threshold(
        endpoint: "report", metric: "http_req_duration", expression: "p(95)<300", passed: false, observed: 400
      )
    ]
    return scene
  }

  /// An endpoint with a limit that the run has nothing of.
  static var vanished: Scene { scene([measured(without: ["search"])]) }

  /// A machine that takes a third longer for everything.
  static var slowRun: Scene { scene([measured(machine: 1.35)]) }

  /// An endpoint beyond its limit as ever, and a waiver for it.
  static var waived: Scene {
    var scene = green
    scene.budget = budget.replacing("130ms", with: "110ms")
    scene.budget +=
      "\nwaivers:\n"
      + "  - { endpoint: search, metric: p95, max: 250ms, until: 2026-08-01, owner: ops, reason: SRE-7 new index }"
    return scene
  }

  /// A profile that limits are written for, and no result was given of.
  static var missingProfile: Scene {
    var scene = scene([measured()])
    scene.budget += "\ndefaults: { spike: { p95: 500ms } }"
    return scene
  }

  /// Nothing to tell.
  static var green: Scene { scene([measured()]) }
}
