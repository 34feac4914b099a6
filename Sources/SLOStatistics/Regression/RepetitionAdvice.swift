/// What it would take to see a small change of a series.
public enum RepetitionAdvice: Sendable, Hashable {
  /// So many repetitions of every run show it.
  case repetitions(Int)
  /// None do: runs differ from each other by too much, whatever happens within one.
  case betweenRuns
  /// No run was ever repeated, so nobody knows how much of the noise is within one.
  case nothingRepeated

  /// The worsening to be seen: 5 %.
  public static let target = 0.05
  /// More repetitions than this nobody runs.
  public static let most = 30
}

extension RegressionTest {
  /// How many repetitions of every run it takes to see a worsening of `RepetitionAdvice.target` with a probability
  /// of 80 %.
  ///
  /// The variance of a run's median is what runs differ by plus what repetitions of one differ by, times the
  /// variance of a median of so many (`RepetitionNoise`). Only the second part shrinks.
  /// - Parameter candidate: with the repetitions behind each reference.
  /// - Returns: nil where nothing can be judged, and for shares of counted trials, which more trials show better.
  public func repetitionAdvice(for candidate: Candidate) -> RepetitionAdvice? {
    guard let window = Window(of: candidate, policy: policy) else { return nil }
    if case .share = candidate.kind { return nil }
    return SeriesTest(of: candidate, window: window, policy: policy).repetitionAdvice
  }
}

extension SeriesTest {
  /// As `RegressionTest.repetitionAdvice(for:)`.
  fileprivate var repetitionAdvice: RepetitionAdvice? {
    let level = level(prior: usualPrior)
    let variance = level.scale * level.scale
    let runs = (repetitionsBehindReferences ?? []).filter { !$0.isEmpty }
    let target = scale.distance(RepetitionAdvice.target * typical, at: typical)
    let quantiles = level.student.quantile(upperTail: policy.alpha) + level.student.quantile(upperTail: 0.2)
    func isSeen(_ variance: Double) -> Bool {
      quantiles * (variance + 1.1 * variance / Double(level.values.count)).squareRoot() <= target
    }
    guard let within = RepetitionNoise.withinVariance(of: runs + [window.repetitions.map { scale($0) }])
    else {
      return isSeen(variance) ? .repetitions(1) : .nothingRepeated
    }
    let share = runs.reduce(0) { $0 + RepetitionNoise.share(of: $1.count) } / Double(max(1, runs.count))
    let between = max(variance - within * share, variance / 4)
    let enough = (1...RepetitionAdvice.most).first {
      isSeen(between + within * RepetitionNoise.share(of: $0))
    }
    return enough.map { .repetitions($0) } ?? .betweenRuns
  }

  private var typical: Double { abs(SortedSample(sorting: window.references).median) }
}
