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
    let tosses = ScalePrior(scale: 1 / trials.squareRoot(), weight: 1)
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
