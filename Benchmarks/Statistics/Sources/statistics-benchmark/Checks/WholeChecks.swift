internal import Glibc
internal import SLOGate
internal import SLOSupport

/// Whole checks of simulated services: how often an unchanged one is blocked, and which slowdowns are.
struct WholeChecks {
  /// What a build does to one endpoint, or to all.
  enum Build: CaseIterable, Sendable {
    case unchanged, slower10, slower20, slower50, all10, failing

    /// The logarithm of the factor by which it is slower.
    fileprivate var slowdown: Double {
      switch self {
      case .unchanged, .failing: 0
      case .slower10, .all10: log(1.1)
      case .slower20: log(1.2)
      case .slower50: log(1.5)
      }
    }

    fileprivate func change(at endpoint: Int, of count: Int) -> World.Change {
      var change = World.Change(among: count)
      for index in 0..<count where index == endpoint || self == .all10 { change.slowdown[index] = slowdown }
      if self == .failing { change.failures[endpoint] = 0.02 }
      return change
    }

    /// How many such builds are judged after each of the histories of a service.
    fileprivate var repetitions: Int { self == .unchanged ? 5 : 1 }
  }

  /// The services of one kind and size with one length of history.
  struct Cell: Sendable {
    var world: World.Kind
    var endpoints: Int
    var commits: Int
  }

  static let sizes = [6, 25, 100]
  static let lengths = [8, 15, 30]

  var seed: UInt64
  /// Unchanged checks a cell; of 100 endpoints a third as many.
  var cases: Int

  /// What came of the checks of each cell.
  func outcomes() -> [(cell: Cell, outcome: CheckOutcomes)] {
    let worlds = World.Kind.allCases.flatMap { kind in WholeChecks.sizes.map { (kind, $0) } }
    return worlds.flatMap { kind, size in
      let services = max(1, cases / Build.unchanged.repetitions / (size > 25 ? 3 : 1))
      let parts = concurrentMap(Array(0..<services), workers: Cores.count) { [self] in
        service($0, kind, endpoints: size)
      }
      return WholeChecks.lengths.indices.map { length in
        let cell = Cell(world: kind, endpoints: size, commits: WholeChecks.lengths[length])
        return (cell, parts.reduce(into: CheckOutcomes()) { $0.add($1[length]) })
      }
    }
  }

  /// The checks of one service, by the length of its history.
  private func service(_ number: Int, _ kind: World.Kind, endpoints: Int) -> [CheckOutcomes] {
    let place = World.Kind.allCases.firstIndex(of: kind) ?? 0
    var random = SplitMix64(
      seed: seed &* 0x9E37_79B9 &+ UInt64(number) &* 1_000_003 &+ UInt64(endpoints * 10 + place))
    var world = World(kind, endpoints: endpoints, using: &random)
    var service = Service()
    return WholeChecks.lengths.map { length in
      while service.commits < length {
        world.step(using: &random)
        service.record(world.run(using: &random))
      }
      var outcomes = CheckOutcomes()
      for build in Build.allCases {
        for _ in 0..<build.repetitions {
          check(build, of: service, in: world, into: &outcomes, using: &random)
        }
      }
      return outcomes
    }
  }

  /// Judges a build, and once more in another job where the first run leaves a suspicion.
  private func check(
    _ build: Build, of service: Service, in world: World, into outcomes: inout CheckOutcomes,
    using random: inout SplitMix64
  ) {
    var next = world
    let endpoint = random.index(below: world.count)
    let change = build.change(at: endpoint, of: world.count)
    next.step(using: &random)
    let first = next.run(change, using: &random)
    next.step(using: &random)
    let second = next.run(change, using: &random)
    outcomes.add(
      service.check(first), { service.check(second) }, of: build, changed: Service.name(endpoint))
  }
}
