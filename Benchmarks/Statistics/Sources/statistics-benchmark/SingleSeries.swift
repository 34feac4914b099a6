internal import SLOStatistics

/// False alarms and power of one series judged alone, our rule beside the common ones.
struct SingleSeries {
  var seed: UInt64
  var cases: Int

  private static let lengths = [5, 10, 20, 30]
  private static let factors = [1, 1.05, 1.1, 1.2, 1.5]

  func show() {
    let kinds = Noise.counted
    var table = Table(
      title: "One timing, \(kinds.count) kinds of noise × 5, 10, 20, 30 earlier runs: alarms in per cent",
      header: ["rule", "nothing changed", "+5 %", "+10 %", "+20 %", "+50 %"])
    for rule in Rule.all {
      table.rows.append([rule.name] + SingleSeries.factors.map { fixed(mean(rule, kinds, factor: $0)) })
    }
    table.show()
    showKinds()
  }

  private func showKinds() {
    var table = Table(
      title: "slogate by kind of noise: alarms in per cent",
      header: ["noise", "nothing, n = 5", "10", "20", "30", "+5 %", "+10 %", "+20 %", "+50 %"])
    for noise in Noise.allCases {
      let quiet = SingleSeries.lengths.map { alarms(.slogate, noise, count: $0, factor: 1) }
      let power = SingleSeries.factors.dropFirst().map { mean(.slogate, [noise], factor: $0) }
      table.rows.append([noise.rawValue] + (quiet + power).map { fixed($0) })
    }
    table.show()
  }

  private func mean(_ rule: Rule, _ kinds: [Noise], factor: Double) -> Double {
    let cells = kinds.flatMap { noise in
      SingleSeries.lengths.map { alarms(rule, noise, count: $0, factor: factor) }
    }
    return cells.reduce(0, +) / Double(cells.count)
  }

  private func alarms(_ rule: Rule, _ noise: Noise, count: Int, factor: Double) -> Double {
    var random = SplitMix64(seed: seed &+ UInt64(count))
    return percent(factor == 1 ? 4 * cases : cases) { _ in
      let drawn = noise.series(count, factor: factor, using: &random)
      return rule.isWorse(drawn.history, drawn.next)
    }
  }
}
