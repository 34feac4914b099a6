internal import Glibc
internal import SLOSupport

/// Failures among trials.
struct Counts {
  let failures: Int
  let trials: Int

  init(failures: Int, trials: Int) {
    self.failures = failures
    self.trials = trials
  }

  /// - Parameter isFailure: whether the share is that of failures, else of successes.
  /// - Returns: nil for a share outside 0 … 1, no trials, or more than a double counts.
  init?(share: Double, trials: Int, isFailure: Bool) {
    guard (0...1).contains(share), (1...1_000_000_000_000).contains(trials) else { return nil }
    failures = Int(saturating: ((isFailure ? share : 1 - share) * Double(trials)).rounded())
    self.trials = trials
  }

  /// The share of failures.
  var share: Double { Double(failures) / Double(trials) }

  /// On Anscombe's scale (Biometrika 35, 1948): the standard deviation of coin tosses is 1/√trials there.
  var anscombe: Double { Counts.anscombe(failures: Double(failures), trials: Double(trials)) }

  /// The same for a number of failures that need not be whole.
  static func anscombe(failures: Double, trials: Double) -> Double {
    2 * asin(min(1, (max(0, failures + 0.375) / (trials + 0.75)).squareRoot()))
  }
}

/// The current level of shares of failures, and how a new one would scatter.
struct ShareLevel {
  /// Runs that differ this many times more than coin tosses would are no coin tosses.
  private static let tossesAtMost = 1.5
  /// From so many expected failures on the normal distribution is as good as the beta-binomial.
  private static let manyFailures = 50.0

  /// The level on Anscombe's scale.
  let level: Level
  /// The share of failures of the level's members, half a failure in one trial added.
  let share: Double
  /// The standard deviation of one share.
  let standardDeviation: Double
  /// How many times more the runs differ than coin tosses would; 1 or more.
  private let dispersion: Double
  /// The correlation of two trials of one run by which runs differ more than coin tosses do.
  private let overdispersion: Double
  /// The same with what is not known of the level's share.
  private let correlation: Double

  /// Fits the level of two references or more.
  /// - Parameter known: the index of the first of a level that is known to have started there.
  init(of references: [Counts], known: Int) {
    let trials = SortedSample(sorting: references.map { Double($0.trials) }).median
    let tosses = ScalePrior(scale: 1 / trials.squareRoot(), weight: 1)
    let starts = LevelStart(in: references.map(\.anscombe), known: known)
    let level = Level(of: starts, prior: tosses, coarseness: nil)
    let dispersion = max(1, level.scale * level.scale * trials)
    let reach = MainCluster.reject * (dispersion / trials).squareRoot()
    let members = references[level.start...].filter { abs($0.anscombe - level.location) <= reach }
    let total = Double(members.reduce(0) { $0 + $1.trials })
    self.level = level
    self.dispersion = dispersion
    share = (Double(members.reduce(0) { $0 + $1.failures }) + 0.5) / (total + 1)
    standardDeviation = (dispersion / trials * share * (1 - share)).squareRoot()
    overdispersion = trials > 1 ? min(0.99, (dispersion - 1) / (trials - 1)) : 0
    correlation = overdispersion * (1 + 1 / Double(max(1, members.count))) + 1 / (total + 2)
  }

  /// The chance of counts at least this far from the level if nothing changed.
  /// - Parameter sign: +1 for more failures, −1 for fewer.
  func tail(of counts: Counts, sign: Double) -> Double {
    let distance = sign * (counts.anscombe - level.location) / error(of: counts)
    let isMany = share * Double(counts.trials) >= ShareLevel.manyFailures
    let tail = isMany ? NormalDistribution.cumulative(-distance) : exactTail(of: counts, sign: sign)
    return dispersion > ShareLevel.tossesAtMost ? max(tail, level.student.upperTail(distance)) : tail
  }

  /// The references outside the level that such counts are no news beside.
  func outsiders(like counts: Counts, sign: Double) -> [Int] {
    level.outsiders(like: counts.anscombe, sign: sign)
  }

  /// The share of failures at which so many failures or more are found with probability 80 %.
  func share(exceeding failures: Int, of trials: Int) -> Double {
    let counts = Counts(failures: failures, trials: trials)
    let limit = Counts.anscombe(failures: Double(failures) - 0.5, trials: Double(trials))
    let reached = limit + NormalDistribution.quantile(upperTail: 0.2) * error(of: counts)
    let half = sin(min(reached, Double.pi) / 2)
    return half * half
  }

  private func exactTail(of counts: Counts, sign: Double) -> Double {
    let expected = BetaBinomialDistribution(trials: counts.trials, mean: share, correlation: correlation)
    return sign > 0
      ? expected.upperTail(from: counts.failures) : 1 - expected.upperTail(from: counts.failures + 1)
  }

  private func error(of counts: Counts) -> Double {
    let location = 1.1 * level.scale * level.scale / Double(level.values.count)
    return (overdispersion + 1 / Double(counts.trials) + location).squareRoot()
  }
}
