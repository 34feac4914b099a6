internal import SLOStatistics

/// False alarms and power of error rates judged by their counts.
struct Shares {
  var seed: UInt64
  var cases: Int

  private struct Kind {
    var name: String
    var trials: Int
    var share: Double
    /// The correlation of two trials of one run.
    var correlation = 0.0
    /// How often a run of the history has a burst of 10 % errors.
    var bursts = 0.0
    /// By what factor the share of the older two fifths differed.
    var old = 1.0
    var isCounted = true
  }

  private static let kinds = [
    Kind(name: "no errors, 500 requests", trials: 500, share: 0),
    Kind(name: "no errors, 20,000 requests", trials: 20_000, share: 0),
    Kind(name: "0.05 %, 500", trials: 500, share: 0.0005),
    Kind(name: "0.1 %, 5,000", trials: 5_000, share: 0.001),
    Kind(name: "1 %, 500", trials: 500, share: 0.01),
    Kind(name: "1 %, 20,000", trials: 20_000, share: 0.01),
    Kind(name: "5 %, 2,000", trials: 2_000, share: 0.05),
    Kind(name: "2 %, 50", trials: 50, share: 0.02),
    Kind(name: "0.1 % over-dispersed 5×, 5,000", trials: 5_000, share: 0.001, correlation: 4.0 / 4_999),
    Kind(name: "1 % over-dispersed 5×, 2,000", trials: 2_000, share: 0.01, correlation: 4.0 / 1_999),
    Kind(name: "2 % over-dispersed 20×, 20,000", trials: 20_000, share: 0.02, correlation: 19.0 / 19_999),
    Kind(name: "0.5 %, bursts in history, 2,000", trials: 2_000, share: 0.005, bursts: 0.1),
    Kind(name: "1 % since an accepted 0.2 %, 5,000", trials: 5_000, share: 0.01, old: 0.2),
    Kind(name: "0.2 % since an improved 1 %, 5,000", trials: 5_000, share: 0.002, old: 5),
    Kind(name: "1 %, 500, trials unknown", trials: 500, share: 0.01, isCounted: false),
    Kind(name: "1 %, 20,000, trials unknown", trials: 20_000, share: 0.01, isCounted: false),
  ]

  func show() {
    var table = Table(
      title: "Error rates, floor 0.2 points: alarms in per cent (5, 10, 20, 30 earlier runs)",
      header: [
        "rate", "nothing, n = 5", "10", "20", "30", "+0.5 points", "+1", "+3",
        "found at the detectable rise (80 wanted)",
      ])
    var sums = Array(repeating: 0.0, count: 4)
    for kind in Shares.kinds {
      let quiet = [5, 10, 20, 30].map { alarms(kind, count: $0, added: 0) }
      let power = [0.005, 0.01, 0.03].map { added in
        [5, 10, 20, 30].reduce(0) { $0 + alarms(kind, count: $1, added: added) } / 4
      }
      sums[0] += quiet.reduce(0, +) / 4
      for index in 0..<3 { sums[index + 1] += power[index] }
      table.rows.append([kind.name] + (quiet + power).map { fixed($0) } + [fixed(found(kind, count: 20), 0)])
    }
    let means = sums.map { fixed($0 / Double(Shares.kinds.count)) }
    table.rows.append(["mean", means[0], "", "", ""] + means.dropFirst() + [""])
    table.show()
  }

  private func alarms(_ kind: Kind, count: Int, added: Double) -> Double {
    var random = SplitMix64(seed: seed &+ UInt64(count))
    return percent(added == 0 ? 4 * cases : cases) { _ in
      let candidate = draw(kind, count: count, added: added, using: &random)
      return RegressionTest().judge(candidate).outcome == .worse
    }
  }

  private func found(_ kind: Kind, count: Int) -> Double {
    var random = SplitMix64(seed: seed)
    return percent(cases) { _ in
      var copy = random
      let candidate = draw(kind, count: count, added: 0, using: &copy)
      let change = RegressionTest().judge(candidate).detectable?.absolute ?? 0
      let changed = draw(kind, count: count, added: change, using: &random)
      return RegressionTest().judge(changed).outcome == .worse
    }
  }

  private func draw(
    _ kind: Kind, count: Int, added: Double, using random: inout SplitMix64
  ) -> Candidate {
    let shares = (0...count).map { index in
      let old = index < count * 2 / 5 ? kind.old : 1
      let burst = index < count && random.happens(kind.bursts) ? 0.1 : 0
      let share = kind.share * old + burst + (index == count ? added : 0)
      return Double(random.binomial(kind.trials, Shares.spread(share, kind.correlation, using: &random)))
        / Double(kind.trials)
    }
    let trials = Candidate.Trials(
      references: Array(repeating: kind.trials, count: count), candidate: [kind.trials])
    return Candidate(
      references: shares.dropLast(), values: [shares[count]], kind: .share(kind.isCounted ? trials : nil),
      absoluteFloor: 0.002)
  }

  /// A share that scatters so that two trials of a run are correlated: drawn from a beta distribution.
  static func spread(_ share: Double, _ correlation: Double, using random: inout SplitMix64) -> Double {
    guard correlation > 0 else { return share }
    let concentration = 1 / correlation - 1
    let failures = random.gamma(share * concentration)
    return failures / (failures + random.gamma((1 - share) * concentration))
  }
}
