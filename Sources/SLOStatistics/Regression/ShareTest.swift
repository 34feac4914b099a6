import Glibc
import SLOSupport

/// The test of a share of trials by its counts: is the candidate's share of failures higher than that of the
/// current level?
///
/// The level and its scatter are found on Anscombe's scale, 2·asin √share, where coin tosses of N trials
/// have the standard deviation 1/√N whatever the share; more scatter than that is over-dispersion. Counts decide
/// by the tail of a beta-binomial, or of its normal limit where failures are many; where runs scatter clearly
/// more than tosses, Student's t on that scale must agree.
struct ShareTest {
  private let candidate: Candidate
  private let window: Window
  private let policy: RegressionPolicy
  private let references: [Counts]
  private let now: Counts

  /// - Returns: nil where trials are missing, or shares are none.
  init?(of candidate: Candidate, trials: Candidate.Trials, window: Window, policy: RegressionPolicy) {
    guard trials.references.count == candidate.references.count,
      trials.candidate.count == candidate.values.count
    else { return nil }
    let known = trials.candidate.indices.filter { candidate.values[$0].isFinite }
    let tried = known.map { trials.candidate[$0] }.sorted()[known.count / 2]
    let isFailure = candidate.better == .lower
    let counts = window.indices.map {
      Counts(share: candidate.references[$0], trials: trials.references[$0], isFailure: isFailure)
    }
    guard let now = Counts(share: window.value, trials: tried, isFailure: isFailure),
      !counts.contains(where: { $0 == nil })
    else { return nil }
    self.candidate = candidate
    self.window = window
    self.policy = policy
    self.now = now
    references = counts.compactMap { $0 }
  }

  /// Judges the candidate.
  /// - Returns: the judgement without its limits, and what they are taken from.
  func judgement() -> (judgement: Judgement, sensitivity: Sensitivity) {
    let level = ShareLevel(of: references, known: window.levelStart)
    var judgement = Judgement(of: window, level: level.level)
    judgement.standardDeviation = level.standardDeviation
    let worse = level.tail(of: now, sign: 1)
    let better = level.tail(of: now, sign: -1)
    let distance = now.share - level.share
    let seen = level.outsiders(like: now, sign: distance < 0 ? -1 : 1)
    let change = max(policy.relativeFloor * level.share, candidate.absoluteFloor, candidate.resolution)
    let floor = change * RegressionPolicy.floorTolerance
    let isHeldBack = abs(distance) <= floor || isShownTooSmall(judgement) || !seen.isEmpty
    judgement.p = isHeldBack && distance > 0 && worse < max(alpha, policy.warnAlpha) ? 1 : worse
    if !isHeldBack, min(worse, better) < alpha {
      judgement.outcome = distance > 0 ? .worse : .better
    }
    judgement.seenBefore = min(worse, better) < alpha ? seen.map { window.indices[$0] } : []
    return (judgement, sensitivity(at: level, floor: floor, typical: judgement.typical ?? 0))
  }

  /// The share of false alarms its own test accepts.
  private var alpha: Double { candidate.isRetest ? policy.retestAlpha : policy.alpha }

  /// Whether the change from the median that is shown is too small to matter.
  private func isShownTooSmall(_ judgement: Judgement) -> Bool {
    let smallest = max(policy.relativeFloor * abs(judgement.typical ?? 0), candidate.absoluteFloor)
    return abs(judgement.change?.absolute ?? 0) <= smallest * RegressionPolicy.floorTolerance
  }

  private func sensitivity(at level: ShareLevel, floor: Double, typical: Double) -> Sensitivity {
    return Sensitivity { alpha in
      let failures = (0...now.trials).firstPartition { failures in
        let counts = Counts(failures: failures, trials: now.trials)
        return counts.share - level.share > floor && level.tail(of: counts, sign: 1) < alpha
      }
      let limit = Double(failures) / Double(now.trials)
      let detectable = level.share(exceeding: failures, of: now.trials)
      return (
        candidate.better == .lower ? limit : 1 - limit,
        Judgement.Change(max(0, detectable - level.share), from: typical)
      )
    }
  }
}

extension ClosedRange<Int> {
  /// The smallest element with a property that all larger ones share; one past the end where none has it.
  fileprivate func firstPartition(where holds: (Int) -> Bool) -> Int {
    var low = lowerBound
    var high = upperBound + 1
    while low < high {
      let middle = low + (high - low) / 2
      if holds(middle) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

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

  /// The references outside the level that such counts are no news next to.
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
