internal import Glibc
internal import SLOStatistics

/// How often the 95 % interval of a change between two commits holds the true change, how wide it is, and how often
/// repetitions taken for independent runs would have alarmed where nothing changed.
struct Differences {
  var seed: UInt64
  var cases: Int

  private struct Design {
    var commits: Int
    var history: Int
    var before: Int
    var after: Int
    var between: Double
    var within: Double

    var name: String {
      "\(commits) × \(history) | \(before) → \(after) | \(fixed(100 * between, 1)) / \(fixed(100 * within, 1))"
    }
  }

  private static let designs = [4, 8, 30].flatMap { commits in
    [
      Design(commits: commits, history: 1, before: 1, after: 1, between: 0.01, within: 0),
      Design(commits: commits, history: 1, before: 1, after: 1, between: 0.04, within: 0),
      Design(commits: commits, history: 1, before: 1, after: 1, between: 0.10, within: 0),
      Design(commits: commits, history: 3, before: 3, after: 3, between: 0.03, within: 0.03),
      Design(commits: commits, history: 5, before: 5, after: 5, between: 0.03, within: 0.03),
      Design(commits: commits, history: 1, before: 5, after: 5, between: 0.03, within: 0.03),
      Design(commits: commits, history: 5, before: 1, after: 1, between: 0.03, within: 0.03),
      Design(commits: commits, history: 3, before: 1, after: 5, between: 0.03, within: 0.03),
    ]
  }

  func show() {
    showTimings()
    showShares()
  }

  private func showTimings() {
    var table = Table(
      title: "The change between two commits: in per cent of cases",
      header: [
        "history: commits × repetitions", "repetitions before → after", "scatter between / within commits, %",
        "95 % interval holds +10 % (95 wanted)", "nothing changed: p < 5 %", "p < 1 %", "+20 %: p < 1 %",
        "nothing changed: Welch on repetitions, p < 1 %",
      ])
    for design in Differences.designs {
      var random = SplitMix64(seed: seed)
      let covered = percent(cases) { _ in
        DifferenceTest.compare(draw(design, 1.1, using: &random)).interval?.relative?.contains(0.1) ?? false
      }
      let alarms = [(1.0, 0.05), (1, 0.01), (1.2, 0.01)].map { factor, level in
        var random = SplitMix64(seed: seed &+ 1)
        return percent(cases) { _ in
          DifferenceTest.compare(draw(design, factor, using: &random)).p ?? 1 < level
        }
      }
      random = SplitMix64(seed: seed &+ 1)
      let welch = percent(cases) { _ in Differences.welch(draw(design, 1, using: &random)) < 0.01 }
      let isRepeated = min(design.before, design.after) > 1
      table.rows.append(
        design.name.split(separator: " | ").map(String.init) + [fixed(covered)] + alarms.map { fixed($0) }
          + [isRepeated ? fixed(welch) : "–"])
    }
    table.show()
  }

  private func showShares() {
    var table = Table(
      title:
        "The change of an error rate, 1 % to 2 %, 2,000 requests: the 95 % interval holds it, in per cent",
      header: ["over-dispersion", "4 commits", "8", "15", "30", "coin tosses only (Newcombe), 8"])
    for dispersion in [1.0, 2, 5, 20] {
      let cells = [4, 8, 15, 30].map { covered(commits: $0, dispersion: dispersion) }
      let tosses = covered(commits: 8, dispersion: dispersion, isHistoryCalm: true)
      table.rows.append(["\(fixed(dispersion, 0))×"] + (cells + [tosses]).map { fixed($0) })
    }
    table.show()
  }

  private func covered(commits: Int, dispersion: Double, isHistoryCalm: Bool = false) -> Double {
    var random = SplitMix64(seed: seed)
    let correlation = (dispersion - 1) / 1_999
    return percent(cases) { _ in
      func commit(_ mean: Double, _ correlation: Double) -> ComparedSeries.Repetitions {
        let share = Shares.spread(mean, correlation, using: &random)
        return .init([Double(random.binomial(2_000, share)) / 2_000], trials: [2_000])
      }
      let (before, after) = (commit(0.01, correlation), commit(0.02, correlation))
      let history = (0..<commits).map { _ in
        isHistoryCalm ? .init([0.01], trials: [2_000]) : commit(0.01, correlation)
      }
      let series = ComparedSeries(before: before, after: after, history: history, kind: .share)
      return DifferenceTest.compare(series).interval?.absolute.contains(0.01) ?? false
    }
  }

  private func draw(_ design: Design, _ factor: Double, using random: inout SplitMix64) -> ComparedSeries {
    func commit(_ repetitions: Int, _ level: Double) -> ComparedSeries.Repetitions {
      let centre = level * exp(design.between * random.normal())
      return .init((0..<repetitions).map { _ in centre * exp(design.within * random.normal()) })
    }
    return ComparedSeries(
      before: commit(design.before, 200), after: commit(design.after, 200 * factor),
      history: (0..<design.commits).map { _ in commit(design.history, 200) })
  }

  /// Welch's two-sided p on the repetitions themselves: the error that slogate does not make.
  private static func welch(_ series: ComparedSeries) -> Double {
    let sides = [series.before.values, series.after.values].map { $0.map { log($0) } }
    guard sides.allSatisfy({ $0.count > 1 }) else { return 1 }
    let means = sides.map { $0.reduce(0, +) / Double($0.count) }
    let errors = zip(sides, means).map { side, mean in
      side.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(side.count - 1) / Double(side.count)
    }
    let total = errors.reduce(0, +)
    let freedom = total * total / zip(sides, errors).reduce(0) { $0 + $1.1 * $1.1 / Double($1.0.count - 1) }
    let t = abs(means[1] - means[0]) / total.squareRoot()
    return 2 * StudentDistribution(degreesOfFreedom: freedom).upperTail(t)
  }
}
