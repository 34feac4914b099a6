import Glibc
import SLOSupport

/// The test of a share of trials by its counts: is the candidate's share of failures higher than that of the
/// current level?
///
/// The level is found on Anscombe's scale, 2·asin √share, where coin tosses of N trials have the standard deviation
/// 1/√N whatever the share. The counts of its runs say how many failures the next run may have if nothing changed
/// (`FailureRates`); p is the chance of as many as were found, or more. A share no farther above the level than the
/// floor is no finding, and its p is 1.
struct ShareTest {
  private let candidate: Candidate
  private let window: Window
  private let policy: RegressionPolicy
  private let now: Counts
  private let level: ShareLevel
  /// What the runs of the level say of the rate of failures.
  let rates: FailureRates

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
    let references = counts.compactMap { $0 }
    level = ShareLevel(of: references, known: window.levelStart)
    rates = level.rates(of: references)
  }

  /// Judges the candidate.
  /// - Parameter burstiness: that of the service's endpoints.
  /// - Returns: the judgement without its limits, and what they are taken from.
  func judgement(burstiness: Burstiness) -> (judgement: Judgement, sensitivity: Sensitivity) {
    let forecast = rates.forecast(trials: now.trials, burstiness: burstiness)
    var judgement = Judgement(of: window, level: level.level)
    judgement.standardDeviation = level.standardDeviation(of: now.trials, correlation: forecast.correlation)
    judgement.p = 1
    let distance = now.share - level.share
    if abs(distance) > floor, !isShownTooSmall(judgement) {
      let worse = forecast.upperTail(from: now.failures)
      let tail = distance > 0 ? worse : forecast.lowerTail(below: now.failures + 1)
      let seen = level.outsiders(like: now, sign: distance > 0 ? 1 : -1)
      let isSeen = !seen.isEmpty && tail < max(alpha, policy.warnAlpha)
      judgement.p = isSeen && distance > 0 ? 1 : worse
      if tail < alpha { judgement.seenBefore = seen.map { window.indices[$0] } }
      if tail < alpha, seen.isEmpty { judgement.outcome = distance > 0 ? .worse : .better }
    }
    return (judgement, sensitivity(of: forecast, typical: judgement.typical ?? 0))
  }

  /// The change of the share of failures below which nothing is a finding.
  private var floor: Double {
    max(policy.relativeFloor * level.share, candidate.absoluteFloor, candidate.resolution)
      * RegressionPolicy.floorTolerance
  }

  /// The share of false alarms its own test accepts.
  private var alpha: Double { candidate.isRetest ? policy.retestAlpha : policy.alpha }

  /// Whether the change from the median that is shown is too small to matter.
  private func isShownTooSmall(_ judgement: Judgement) -> Bool {
    let smallest = max(policy.relativeFloor * abs(judgement.typical ?? 0), candidate.absoluteFloor)
    return abs(judgement.change?.absolute ?? 0) <= smallest * RegressionPolicy.floorTolerance
  }

  private func sensitivity(of forecast: FailureForecast, typical: Double) -> Sensitivity {
    Sensitivity { alpha in
      let beyond = (0...now.trials).firstPartition {
        Double($0) / Double(now.trials) - level.share > floor
      }
      let failures = forecast.fewest(from: beyond, rarerThan: alpha)
      let limit = Double(failures) / Double(now.trials)
      let detectable = forecast.share(exceeding: failures)
      return (
        candidate.better == .lower ? limit : 1 - limit,
        Judgement.Change(max(0, detectable - level.share), from: typical)
      )
    }
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

/// The current level of shares of failures.
struct ShareLevel {
  /// The level on Anscombe's scale.
  let level: Level
  /// The share of failures of the level's members, half a failure in one trial added.
  let share: Double

  /// Fits the level of two references or more.
  /// - Parameter known: the index of the first of a level that is known to have started there.
  init(of references: [Counts], known: Int) {
    let trials = SortedSample(sorting: references.map { Double($0.trials) }).median
    let tosses = ScalePrior.tosses(of: trials)
    level = Level(
      of: LevelStart(in: references.map(\.anscombe), known: known), prior: tosses, coarseness: nil)
    let reach = MainCluster.reject * max(level.scale, tosses.scale)
    let members = references[level.start...].filter { [level] in abs($0.anscombe - level.location) <= reach }
    share =
      members.reduce(0.5) { $0 + Double($1.failures) } / members.reduce(1) { $0 + Double($1.trials) }
  }

  /// What its runs say of the rate of failures. Those far above it may have been incidents.
  func rates(of references: [Counts]) -> FailureRates {
    let high = Set(level.outsiders(beyond: level.location, sign: 1))
    let runs = Array(references.indices[level.start...])
    return FailureRates(of: runs.map { references[$0] }, suspects: runs.map(high.contains))
  }

  /// The standard deviation of the share of so many trials.
  func standardDeviation(of trials: Int, correlation: Double) -> Double {
    (share * (1 - share) * (1 / Double(trials) + correlation)).squareRoot()
  }

  /// The references outside the level that such counts are no news next to.
  func outsiders(like counts: Counts, sign: Double) -> [Int] {
    level.outsiders(like: counts.anscombe, sign: sign)
  }
}
