internal import Glibc
internal import SLOStatistics

/// How often the 95 % interval of a change between two commits, each measured once, holds the true change, and how wide
/// it is beside that of somebody who knows the scatter.
struct IntervalCoverage {
  private static let scatters = [0.01, 0.02, 0.04, 0.07, 0.10, 0.15, 0.30]
  private static let lengths = [4, 5, 6, 8, 12, 30]

  var seed: UInt64
  var cases: Int

  func show() {
    var table = Table(
      title:
        "The 95 % interval of a change holds it, in per cent, by commits of the history (median width × the ideal)",
      header: ["scatter"] + IntervalCoverage.lengths.map { "\($0)" })
    for scatter in IntervalCoverage.scatters {
      table.rows.append(
        ["\(fixed(100 * scatter, 0)) %"] + IntervalCoverage.lengths.map { cell(scatter, commits: $0) })
    }
    table.show()
  }

  private func cell(_ scatter: Double, commits: Int) -> String {
    var random = SplitMix64(seed: seed)
    var widths: [Double] = []
    let covered = percent(cases) { _ in
      let commit = { ComparedSeries.Repetitions([200 * exp(scatter * random.normal())]) }
      let series = ComparedSeries(
        before: commit(), after: commit(), history: (0..<commits).map { _ in commit() })
      guard let interval = DifferenceTest.compare(series).interval?.relative else { return false }
      widths.append(log1p(interval.upperBound) - log1p(max(-0.999, interval.lowerBound)))
      return interval.contains(0)
    }
    let ideal = 2 * 1.96 * scatter * 2.0.squareRoot()
    return "\(fixed(covered)) (\(fixed((SortedSample(widths)?.median ?? .nan) / ideal, 2)))"
  }
}
