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
