internal import Glibc

/// A simulated service: its endpoints, each with a level and a scatter of its own, and the machines it is measured on.
///
/// Where a world is not *clean* or *noisy*, an endpoint's scatter is log-normal about 2.6 % with autocorrelation 0.3,
/// and all endpoints follow the machine, whose speed scatters by 3 % with autocorrelation 0.5. Half of the endpoints'
/// failures are mildly over-dispersed: two requests of a run are correlated by 0.0005.
struct World {
  /// How the measurements of a service scatter.
  enum Kind: String, CaseIterable, Sendable {
    /// Every endpoint alone, by 3 %.
    case clean
    /// Endpoints move with the machine, and from run to run.
    case correlated = "host-correlated"
    /// The same, with Student's t of 4 degrees of freedom.
    case heavy = "heavy-tailed"
    /// A quarter of the runs on a machine 12 % slower.
    case machines = "two machines"
    /// Every endpoint alone, by 10 %.
    case noisy
    /// Host-correlated, and failures come in bursts: their counts scatter 5 times as much as those of coin tosses.
    case bursty = "bursty errors"

    fileprivate var hasHost: Bool { self != .clean && self != .noisy }
  }

  /// What differs in a run from those before it.
  struct Change {
    /// The logarithm of the factor by which an endpoint takes longer.
    var slowdown: [Double]
    /// What is added to the share of failures.
    var failures: [Double]

    /// Nothing.
    init(among count: Int) {
      slowdown = Array(repeating: 0, count: count)
      failures = slowdown
    }
  }

  /// What a run measured of an endpoint.
  struct Measured {
    var median: Double
    var p95: Double
    var failures: Int
    var requests: Int
  }

  private struct Endpoint {
    var level: Double
    /// p95 over median.
    var ratio: Double
    var scatter: Double
    /// How much p95 over median scatters besides.
    var tailScatter: Double
    /// How much it follows the machine.
    var loading: Double
    var failures: Double
    var correlation: Double
    var requests: Int
    /// Where it is now, on the logarithmic scale.
    var state = 0.0
  }

  let kind: Kind
  private var endpoints: [Endpoint]
  /// How slow the machine is now, on the logarithmic scale.
  private var host = 0.0

  var count: Int { endpoints.count }

  init(_ kind: Kind, endpoints count: Int, using random: inout SplitMix64) {
    self.kind = kind
    endpoints = (0..<count).map { _ in World.endpoint(kind, using: &random) }
    // The first runs are those of a service that has run for long.
    for _ in 0..<20 { step(using: &random) }
  }

  private static func endpoint(_ kind: Kind, using random: inout SplitMix64) -> Endpoint {
    let usual = exp(log(0.026) + 0.8 * random.normal())
    let tail = random.uniform(0.6...1.2)
    let scatter =
      switch kind {
      case .clean: 0.03
      case .noisy: 0.1
      default: min(max(usual, 0.005), 0.12)
      }
    let tailScatter =
      switch kind {
      case .clean: 0.03
      case .noisy: 0.07
      default: scatter * tail
      }
    let requests = Int(1_000 * random.uniform(0.5...3))
    let mild = random.happens(0.5) ? 0.000_5 : 0
    return Endpoint(
      level: exp(random.uniform(log(20)...log(150))), ratio: random.uniform(1.5...2.2), scatter: scatter,
      tailScatter: tailScatter, loading: random.uniform(0.6...1.4),
      failures: random.happens(0.5) ? 0.000_5 : random.uniform(0.001...0.006),
      correlation: kind == .bursty ? 4 / Double(requests - 1) : mild, requests: requests)
  }

  /// Moves on to the next run.
  mutating func step(using random: inout SplitMix64) {
    if kind.hasHost { host = 0.5 * host + 0.03 * (1 - 0.5 * 0.5).squareRoot() * random.normal() }
    let memory = kind.hasHost ? 0.3 : 0
    for index in endpoints.indices {
      let fresh = (1 - memory * memory).squareRoot() * endpoints[index].scatter * noise(using: &random)
      endpoints[index].state = memory * endpoints[index].state + fresh
    }
  }

  /// Measures a run here.
  func run(_ change: Change? = nil, using random: inout SplitMix64) -> [Measured] {
    let change = change ?? Change(among: count)
    let machine = kind == .machines && random.happens(0.25) ? log(1.12) : 0
    return endpoints.indices.map { index in
      let endpoint = endpoints[index]
      let moved = endpoint.loading * host + machine + endpoint.state + change.slowdown[index]
      let median = endpoint.level * exp(moved)
      let share = min(1, endpoint.failures + change.failures[index])
      let spread = Shares.spread(share, endpoint.correlation, using: &random)
      return Measured(
        median: median, p95: median * endpoint.ratio * exp(endpoint.tailScatter * noise(using: &random)),
        failures: random.binomial(endpoint.requests, spread), requests: endpoint.requests)
    }
  }

  /// One of mean 0 and variance 1.
  private func noise(using random: inout SplitMix64) -> Double {
    kind == .heavy ? random.student(4) / 2.0.squareRoot() : random.normal()
  }
}
