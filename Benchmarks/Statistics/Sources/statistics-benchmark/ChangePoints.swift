internal import SLOStatistics

/// Change points of simulated histories: ours beside the common rules.
struct ChangePoints {
  var seed: UInt64
  var cases: Int

  func show() {
    let stepped = histories { Int($0.next() % 5) }
    let quiet = histories { _ in 0 }
    var table = Table(
      title: "Change points of histories of 80 to 400 runs, none to four steps of 5 to 50 %: per cent",
      header: [
        "rule", "precision", "recall", "F1", "hits within one run", "false a 1,000 runs without steps",
      ])
    for rule in ChangeRule.all {
      table.rows.append([rule.name] + score(rule, stepped).cells + [fixed(falseRate(rule, quiet), 2)])
    }
    table.show()
    showKinds(stepped, quiet)
    showSuspects(stepped)
  }

  private func showSuspects(_ stepped: Histories) {
    var table = Table(
      title: "The commits named for a change, with a probability of 95 %: per cent",
      header: ["noise"] + SuspectCoverage.header)
    var all = SuspectCoverage()
    for noise in SteppedSeries.Noise.allCases {
      var coverage = SuspectCoverage()
      for history in stepped where history.noise == noise {
        coverage.add(history.series.values, true: history.series.changes)
        all.add(history.series.values, true: history.series.changes)
      }
      table.rows.append([noise.rawValue] + coverage.cells)
    }
    table.rows.append(["all"] + all.cells)
    table.show()
  }

  private typealias Histories = [(noise: SteppedSeries.Noise, series: SteppedSeries)]

  private func histories(steps: (inout SplitMix64) -> Int) -> Histories {
    SteppedSeries.Noise.allCases.enumerated().flatMap { kind, noise in
      var random = SplitMix64(seed: seed &+ UInt64(kind))
      return (0..<cases).map { _ in
        let count = 80 + Int(random.next() % 321)
        let steps = steps(&random)
        return (noise, SteppedSeries(noise, count: count, steps: steps, using: &random))
      }
    }
  }

  private func showKinds(_ stepped: Histories, _ quiet: Histories) {
    var table = Table(
      title: "slogate by kind of noise: per cent",
      header: [
        "noise", "precision", "recall", "F1", "hits within one run", "false a 1,000 runs without steps",
      ])
    for noise in SteppedSeries.Noise.allCases {
      let score = score(.slogate, stepped.filter { $0.noise == noise })
      let falseRate = falseRate(.slogate, quiet.filter { $0.noise == noise })
      table.rows.append([noise.rawValue] + score.cells + [fixed(falseRate, 2)])
    }
    table.show()
  }

  private func score(_ rule: ChangeRule, _ histories: Histories) -> ChangeScore {
    histories.reduce(into: ChangeScore()) { score, history in
      score.add(found: rule.changes(history.series.values), true: history.series.changes)
    }
  }

  private func falseRate(_ rule: ChangeRule, _ histories: Histories) -> Double {
    let found = histories.reduce(0) { $0 + rule.changes($1.series.values).count }
    return 1_000 * Double(found) / Double(histories.reduce(0) { $0 + $1.series.values.count })
  }
}
