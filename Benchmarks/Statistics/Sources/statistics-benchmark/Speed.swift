internal import SLOStatistics

/// How long judging takes.
struct Speed {
  var seed: UInt64

  func show() {
    var random = SplitMix64(seed: seed)
    let family = (0..<2_000).map { index in
      let noise = Noise.counted[index % Noise.counted.count]
      let drawn = noise.series(30, factor: 1, using: &random)
      return Candidate(references: drawn.history, values: [drawn.next], runs: Array(0..<30))
    }
    let together = milliseconds { _ = RegressionTest().judge(family) }
    let alone = milliseconds { for candidate in family { _ = RegressionTest().judge(candidate) } }
    var table = Table(title: "Time, 2,000 series of 30 values", header: ["", "ms", "µs a series"])
    table.rows = [
      ["as a family", fixed(together), fixed(together / 2)],
      ["each alone", fixed(alone), fixed(alone / 2)],
    ]
    table.show()
  }
}

/// The shortest of seven times of some work.
func milliseconds(_ work: () -> Void) -> Double {
  let clock = ContinuousClock()
  let times = (0..<7).map { _ in clock.measure(work) / .milliseconds(1) }
  return times.min() ?? 0
}
