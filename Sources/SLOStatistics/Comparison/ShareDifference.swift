internal import Glibc
internal import SLOSupport

/// The change of a share of trials, by its counts.
///
/// The interval is Newcombe's hybrid score interval (R. G. Newcombe, Statist. Med. 17, 1998, 873–890, method 10) of
/// d = p₂ − p₁ from Wilson's interval (lᵢ, uᵢ) of either side:
///
///     d − √((p₂ − l₂)² + (u₁ − p₁)²)  …  d + √((u₂ − p₂)² + (p₁ − l₁)²)
///
/// Runs differ more than coin tosses do. With ρ, the correlation of two trials of one run, from the history, N trials
/// are worth n = 1 / (1/N + ρ) independent ones (the design effect; E. L. Korn and B. I. Graubard, Survey
/// Methodology 24, 1998, 193–201), and Wilson's interval is taken of these. p is the level at which the interval just
/// touches no change, so the two never disagree.
struct ShareDifference {
  private let before: Double
  private let after: Double
  private let worth: (before: Double, after: Double)
  private let student: StudentDistribution

  /// - Returns: nil for another kind, and where a side or too many commits of the history have no counts.
  init?(of series: ComparedSeries) {
    guard series.kind == .share, let before = series.before.median, let after = series.after.median,
      let trialsBefore = series.before.effectiveTrials, let trialsAfter = series.after.effectiveTrials,
      (0...1).contains(before), (0...1).contains(after)
    else { return nil }
    let history = series.history.compactMap(\.counts)
    guard history.count >= DifferenceTest.fewestCommits, history.count == series.historyMedians.count
    else { return nil }
    let noise = Overdispersion(of: history)
    let sides = [trialsBefore, trialsAfter].map { 1 / $0 + noise.correlation }
    self.before = before
    self.after = after
    worth = (1 / sides[0], 1 / sides[1])
    student = noise.student(ofVariance: sides[0] + sides[1])
  }

  /// The interval and the chance.
  var finding: DifferenceFinding {
    let reach = student.quantile(upperTail: (1 - DifferenceTest.confidence) / 2)
    let absolute = interval(reach)
    let relative = before == 0 ? nil : (absolute.lowerBound / before)...(absolute.upperBound / before)
    return DifferenceFinding(
      interval: Difference.Interval(absolute: absolute, relative: relative),
      p: min(1, 2 * student.upperTail(reachOfNoChange)))
  }

  /// The interval that reaches so many deviations to either side.
  private func interval(_ reach: Double) -> ClosedRange<Double> {
    let (first, second) = (wilson(before, worth.before, reach), wilson(after, worth.after, reach))
    let change = after - before
    let below = hypot(after - second.lowerBound, first.upperBound - before)
    let above = hypot(second.upperBound - after, before - first.lowerBound)
    return (change - below)...(change + above)
  }

  /// How far the interval that just touches no change reaches: it widens with its reach, so halving finds it.
  private var reachOfNoChange: Double {
    guard before != after else { return 0 }
    var (low, high) = (0.0, 1e3)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if interval(middle).contains(0) { high = middle } else { low = middle }
    }
    return high
  }

  /// E. B. Wilson's interval of a share, J. Am. Statist. Assoc. 22 (1927), 209–212.
  private func wilson(_ share: Double, _ trials: Double, _ reach: Double) -> ClosedRange<Double> {
    let square = reach * reach / trials
    let centre = (share + square / 2) / (1 + square)
    let half = (square * (share * (1 - share) + square / 4)).squareRoot() / (1 + square)
    // Rounding must not push the ends past the share itself.
    return min(share, max(0, centre - half))...max(share, min(1, centre + half))
  }
}

extension ComparedSeries.Repetitions {
  /// The counts that the median of the repetitions is worth.
  fileprivate var counts: Counts? {
    guard let median, let trials = effectiveTrials, trials < 1e12 else { return nil }
    return Counts(share: median, trials: Int(saturating: trials), isFailure: true)
  }
}
