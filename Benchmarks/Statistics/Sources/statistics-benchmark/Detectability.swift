internal import SLOStatistics

/// Whether the printed smallest detectable change is what a simulation finds 80 % of the time.
struct Detectability {
  var seed: UInt64
  var cases: Int

  func show() {
    var table = Table(
      title: "A change exactly as large as the smallest detectable one: found in per cent (80 wanted)",
      header: ["noise", "n = 5", "10", "20", "30"])
    for noise in [Noise.calm, .typical, .noisy, .heavy, .accepted] {
      table.rows.append([noise.rawValue] + [5, 10, 20, 30].map { fixed(found(noise, count: $0), 0) })
    }
    table.show()
  }

  private func found(_ noise: Noise, count: Int) -> Double {
    var random = SplitMix64(seed: seed &+ UInt64(count))
    let test = RegressionTest()
    return percent(4 * cases) { _ in
      let drawn = noise.series(count, factor: 1, using: &random)
      var candidate = Candidate(references: drawn.history, values: [drawn.next])
      guard let change = test.judge(candidate).detectable?.relative else { return false }
      candidate.values = [drawn.next * (1 + change)]
      return test.judge(candidate).outcome == .worse
    }
  }
}
