/// What it would take to see a small change of a series.
package enum RepetitionAdvice: Sendable, Hashable {
  /// So many repetitions of every run show it.
  case repetitions(Int)
  /// None do: runs differ from each other by too much, whatever happens within one.
  case betweenRuns
  /// Not even `most` do: repetitions of one run differ by too much.
  case tooMany
  /// Too little was repeated to separate the noise between runs from that within one.
  case unsure
  /// No run was ever repeated, so how much of the noise is within one is unknown.
  case nothingRepeated

  /// The worsening to be seen: 5 %.
  package static let target = 0.05
  /// More repetitions than this are not advised.
  package static let most = 30
}

extension RegressionTest {
  /// How many repetitions of every run it takes to see a worsening of `RepetitionAdvice.target` with a probability
  /// of 80 %.
  ///
  /// The variance of a run's median is what runs differ by plus what repetitions of one differ by, times the
  /// variance of a median of so many (`RepetitionNoise`). Only the second part shrinks. The first is what the second
  /// leaves of the references' variance, and known as well as both are: a sum of squares of ν degrees of freedom has
  /// the relative standard error √(2/ν). Runs are blamed only where they are by two of these.
  /// - Parameters:
  ///   - candidate: with the repetitions behind each reference.
  ///   - judgement: what its family's test said of it.
  /// - Returns: nil where nothing was judged, and for shares of counted trials, which more trials show better.
  package func repetitionAdvice(for candidate: Candidate, judged judgement: Judgement) -> RepetitionAdvice? {
    guard let window = Window(of: candidate, policy: policy), judgement.p != nil else { return nil }
    if case .share = candidate.kind { return nil }
    return SeriesTest(of: candidate, window: window, policy: policy).repetitionAdvice(after: judgement)
  }
}

extension SeriesTest {
  /// Fewer degrees of freedom say nothing of how repetitions of a run scatter: off by more than half as often as not.
  private static let fewestRepeated = 4.0

  /// As `RegressionTest.repetitionAdvice(for:judged:)`.
  fileprivate func repetitionAdvice(after judgement: Judgement) -> RepetitionAdvice? {
    let level = level(prior: usualPrior)
    let wander = wander(at: level)
    let variance = variance(of: level, after: judgement, wander: wander)
    let target = scale.distance(RepetitionAdvice.target * typical, at: typical)
    let alpha = policy.alpha(among: judgement.familySize)
    let quantiles = (level.student.quantile(upperTail: alpha), level.student.quantile(upperTail: 0.2))
    func isSeen(_ variance: Double) -> Bool {
      let scatter = variance + 1.1 * variance / Double(level.values.count)
      let margin = max(quantiles.0 * (scatter + wander * wander).squareRoot(), floor(at: typical))
      return margin + quantiles.1 * scatter.squareRoot() <= target
    }
    let runs = (repetitionsBehindReferences ?? []).filter { !$0.isEmpty }
    let repeated = runs + [window.repetitions.map { scale($0) }]
    guard let within = RepetitionNoise.withinVariance(of: repeated) else {
      return isSeen(variance) ? .repetitions(1) : .nothingRepeated
    }
    let share = runs.reduce(0) { $0 + RepetitionNoise.share(of: $1.count) } / Double(max(1, runs.count))
    let freedom = Double(repeated.reduce(0) { $0 + max(0, $1.count - 1) })
    guard freedom >= SeriesTest.fewestRepeated else { return .unsure }
    let between = variance - within * share
    let squares = variance * variance / level.degreesOfFreedom + within * share * within * share / freedom
    guard isSeen(max(0, between)) else {
      return isSeen(max(0, between - 2 * (2 * squares).squareRoot())) ? .unsure : .betweenRuns
    }
    let enough = (1...RepetitionAdvice.most).first {
      isSeen(max(0, between) + within * RepetitionNoise.share(of: $0))
    }
    return enough.map { .repetitions($0) } ?? .tooMany
  }

  /// The variance of the references by which the series was judged, or by their own word where that is less: what was
  /// expected of it is of runs with as few repetitions.
  private func variance(of level: Level, after judgement: Judgement, wander: Double) -> Double {
    let deviation = judgement.standardDeviation ?? level.scale
    let judged = max(0, deviation * deviation - wander * wander)
    return level.isCoarse ? judged : min(judged, level.sumOfSquares / level.degreesOfFreedom)
  }

  private var typical: Double { abs(SortedSample(sorting: window.references).median) }
}
