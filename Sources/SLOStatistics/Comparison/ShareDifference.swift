import Glibc
import SLOSupport

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

/// By how much runs of a share differ more than coin tosses would.
///
/// Taken from the scatter of the history's current level on Anscombe's scale, where the variance of N tosses is 1/N:
/// what is more than that is ρ, the correlation of two trials of one run.
struct Overdispersion {
  /// From so many degrees of freedom on Student's t is as good as normal.
  private static let normal = 1e4

  /// ρ, 0 … 1.
  let correlation: Double
  private let variance: Double
  private let degreesOfFreedom: Double

  /// Estimates it from four counts or more.
  init(of history: [Counts]) {
    let trials = SortedSample(sorting: history.map { Double($0.trials) }).median
    // Only the search for the level expects tosses. Blended into its scatter, they would hide what is looked for.
    let tosses = ScalePrior.tosses(of: trials)
    let level = Level(of: LevelStart(in: history.map(\.anscombe)), prior: tosses, coarseness: nil)
    variance = level.sumOfSquares / level.degreesOfFreedom
    degreesOfFreedom = 0.9 * level.degreesOfFreedom
    correlation = trials > 1 ? min(0.99, max(0, (variance * trials - 1) / (trials - 1))) : 0
  }

  /// The distribution of a change that has this variance on Anscombe's scale, in its deviations. Normal where runs
  /// scatter as tosses do; else over-dispersion was estimated, and the less of the variance hangs on it, the more
  /// degrees of freedom there are (F. E. Satterthwaite, Biometrics Bulletin 2, 1946, 110–114).
  func student(ofVariance total: Double) -> StudentDistribution {
    guard correlation > 0 else { return StudentDistribution(degreesOfFreedom: Overdispersion.normal) }
    let ratio = total / (2 * variance)
    return StudentDistribution(
      degreesOfFreedom: min(degreesOfFreedom * ratio * ratio, Overdispersion.normal))
  }
}
