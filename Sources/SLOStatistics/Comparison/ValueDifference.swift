internal import Glibc

/// The change of a value: a time, a size, a score.
///
/// On the judging scale (logarithms of positive kinds) the change is d = m(after) − m(before), m the median of the
/// repetitions, and its variance
///
///     var d = Σ over both sides of  s²_between + w² v(r)
///
/// with s the scale of the history's current level (one median a commit), w the spread inside runs, r the
/// repetitions of a side and v(r) the variance of their median as a share of one's (`RepetitionNoise`). With as
/// many repetitions on a side as in the history, its part is s². The interval is d ± t √var d and p = 2 P(T > |d|/√var d),
/// t and T of the level's degrees of freedom.
///
/// An interval promises that it holds the change, so nothing may narrow it: a history that scatters more than expected
/// stands alone, and of fewer than eight commits all values count.
struct ValueDifference {
  /// Fewer commits than this show no outlier: all of their values count.
  private static let fewestForCluster = 8

  private let before: [Double]
  private let after: [Double]
  private let historyRepetitions: [[Double]]
  private let levels: LevelStart
  private let coarseness: Coarseness?
  private let kind: ComparedSeries.Kind
  private let scale: JudgingScale
  private let change: Double
  private let base: Double
  private let typical: Double
  /// The variance that writing values in whole units adds, on the judging scale.
  private let rounding: Double

  /// - Returns: nil where a side has no value, or the history too few commits.
  init?(of series: ComparedSeries) {
    let medians = series.historyMedians
    guard medians.count >= DifferenceTest.fewestCommits, let before = series.before.median,
      let after = series.after.median
    else { return nil }
    let repetitions = series.history.map(\.finite).filter { !$0.isEmpty }
    let everything = repetitions.joined() + series.before.finite + series.after.finite
    let isPositive = series.kind == .positive && everything.allSatisfy { $0 > 0 }
    let scale: JudgingScale = isPositive ? .logarithmic : .linear
    let sample = SortedSample(sorting: medians)
    typical = abs(sample.median)
    kind = series.kind
    self.scale = scale
    let unit = isPositive ? 1 / sample.median : 1
    coarseness = series.kind == .positive ? Coarseness(of: sample)?.scaled(by: unit) : nil
    let isWhole = series.kind == .positive && everything.allSatisfy { $0 == $0.rounded() }
    rounding = isWhole ? unit * unit / 12 : 0
    levels = LevelStart(in: medians.map { scale($0) })
    historyRepetitions = repetitions.map { $0.map { scale($0) } }
    self.before = series.before.finite.map { scale($0) }
    self.after = series.after.finite.map { scale($0) }
    change = scale(after) - scale(before)
    base = before
  }

  /// Whether the series can show the scatter of its siblings.
  var isFine: Bool { scale == .logarithmic && coarseness == nil }

  /// The scatter that is expected where no sibling shows it.
  var usualPrior: ScalePrior {
    if scale == .logarithmic { return .relative }
    return switch kind {
    case .positive: ScalePrior(scale: ScalePrior.relative.scale * typical, weight: 2)
    case .bounded: .score
    case .share: ScalePrior(scale: 0.5 * typical, weight: 2)
    }
  }

  /// The current level of the history under an expectation.
  func level(prior: ScalePrior) -> Level {
    Level(
      of: levels, prior: prior, coarseness: coarseness, fewestForCluster: ValueDifference.fewestForCluster)
  }

  /// The interval and the chance under an expectation; nil where numbers are too large to be compared.
  func finding(prior: ScalePrior) -> DifferenceFinding? {
    let level = level(prior: prior)
    let noise = noise(of: level, prior: prior)
    let sides = RepetitionNoise.variances(
      max(noise.variance, rounding), of: [before, after], references: historyRepetitions)
    let error = sides.reduce(0, +).squareRoot()
    let reach = noise.student.quantile(upperTail: (1 - DifferenceTest.confidence) / 2) * error
    guard (change - reach).isFinite, (change + reach).isFinite,
      let interval = interval((change - reach)...(change + reach))
    else { return nil }
    let tail = error > 0 ? noise.student.upperTail(abs(change) / error) : change == 0 ? 0.5 : 0
    return DifferenceFinding(interval: interval, p: min(1, 2 * tail))
  }

  /// The variance of the history's medians and the distribution of a new one. What is expected may widen them, never
  /// narrow them.
  private func noise(of level: Level, prior: ScalePrior) -> (variance: Double, student: StudentDistribution) {
    let variance = level.sumOfSquares / level.degreesOfFreedom
    guard !level.isCoarse, variance >= prior.scale * prior.scale else {
      return (level.scale * level.scale, level.student)
    }
    return (variance, StudentDistribution(degreesOfFreedom: level.degreesOfFreedom))
  }

  /// From the judging scale to the unit of the values.
  private func interval(_ range: ClosedRange<Double>) -> Difference.Interval? {
    let factor = scale == .logarithmic ? base : 1
    let ends = [range.lowerBound, range.upperBound].map { (scale.growth($0)) * factor }
    guard ends.allSatisfy(\.isFinite) else { return nil }
    let size = abs(base)
    return Difference.Interval(
      absolute: ends[0]...ends[1], relative: size == 0 ? nil : (ends[0] / size)...(ends[1] / size))
  }
}

extension JudgingScale {
  /// What a distance on the scale adds: to 1 on logarithms, to any value else.
  fileprivate func growth(_ distance: Double) -> Double { self == .logarithmic ? expm1(distance) : distance }
}
