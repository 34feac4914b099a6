internal import SLOGate

/// How long a whole check takes once its files are read, and how long the rate of false blocks on its own history.
struct CheckSpeed {
  var seed: UInt64

  func show() {
    var table = Table(
      title: "Time of a whole check against 30 commits",
      header: ["endpoints", "verdict, ms", "replayed rate of false blocks, ms", "in two steps, ms"])
    for endpoints in WholeChecks.sizes {
      var random = SplitMix64(seed: seed)
      var world = World(.correlated, endpoints: endpoints, using: &random)
      var service = Service()
      while service.commits < 30 {
        world.step(using: &random)
        service.record(world.run(using: &random))
      }
      let check = service.evaluation(of: world.run(using: &random))
      let compared = check.verdict().compared
      let times = [
        milliseconds { _ = check.verdict() },
        milliseconds { _ = FalseBlockRate(of: check, compared: compared, .oneStep) },
        milliseconds { _ = FalseBlockRate(of: check, compared: compared, .twoStep) },
      ]
      table.rows.append(["\(endpoints)"] + times.map { fixed($0) })
    }
    table.show()
  }
}
