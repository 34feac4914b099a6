/// The test of one series: is the candidate's value worse than the current level of its references?
///
/// The median of the repetitions is compared with the centre of the level; the limit is a quantile of
/// Student's t, the scale that of the level blended with what is expected of such series. A change below the
/// floors is no finding, nor is a value that an unchanged run showed before.
struct SeriesTest {
  /// In proportion to the level.
  private static let wander = 0.015

  private let candidate: Candidate
  let window: Window
  let policy: RegressionPolicy
  private let coarseness: Coarseness?
  private let sign: Double
  private var sharedNoise = 0.0
  /// The scale the series is judged on.
  let scale: JudgingScale
  /// The references on that scale.
  private var references: LevelStart
  /// The candidate's value on that scale.
  private var value: Double
  /// The unit of the last written digit, where it is known: one more or less is never a finding.
  private let unit: Double

  /// Prepares the test.
  init(of candidate: Candidate, window: Window, policy: RegressionPolicy) {
    self.candidate = candidate
    self.window = window
    self.policy = policy
    let isPositive = window.references.allSatisfy { $0 > 0 } && window.repetitions.allSatisfy { $0 > 0 }
    let scale: JudgingScale = candidate.kind == .positive && isPositive ? .logarithmic : .linear
    let sample = SortedSample(sorting: window.references)
    self.scale = scale
    sign = candidate.better == .lower ? 1 : -1
    coarseness =
      candidate.kind != .positive
      ? nil : Coarseness(of: sample)?.scaled(by: scale == .logarithmic ? 1 / sample.median : 1)
    references = LevelStart(in: window.references.map { scale($0) }, known: window.levelStart)
    value = SortedSample(sorting: window.repetitions.map { scale($0) }).median
    let isCounted =
      candidate.kind == .positive
      && (window.references + window.repetitions).allSatisfy { abs($0 - $0.rounded()) < 1e-6 }
    unit = candidate.resolution > 0 ? candidate.resolution : isCounted ? 1 : 0
  }

  /// Whether the series can show noise it shares with the others of its runs.
  var isFine: Bool { scale == .logarithmic && coarseness == nil }

  /// The runs behind the references, where the caller gave them.
  var runs: [Int]? {
    guard let runs = candidate.runs, runs.count == candidate.references.count else { return nil }
    return runs.count == window.indices.count ? runs : window.indices.map { runs[$0] }
  }

  /// The scatter that is expected where no sibling shows it.
  var usualPrior: ScalePrior {
    if scale == .logarithmic { return .relative }
    let typical = abs(SortedSample(sorting: window.references).median)
    return switch candidate.kind {
    case .positive: ScalePrior(scale: ScalePrior.relative.scale * typical, weight: 2)
    case .bounded: .score
    case .share: ScalePrior(scale: 0.5 * typical, weight: 2)
    }
  }

  /// The current level under an expectation.
  func level(prior: ScalePrior) -> Level { Level(of: references, prior: prior, coarseness: coarseness) }

  /// How much worse each reference was than its own level, and last the candidate than the current one.
  func residuals(about level: Level) -> [Double] {
    let old = references.values[..<level.start]
    let oldCentre = old.isEmpty ? 0 : SortedSample(sorting: old).median
    var residuals = references.values.indices.map { index in
      sign * (references.values[index] - (index < level.start ? oldCentre : level.location))
    }
    residuals.append(sign * (value - level.location))
    return residuals
  }

  /// Takes noise shared with other series out of every reference and the candidate.
  /// - Parameter noise: towards worse, on the logarithmic scale; one a reference and last the candidate's.
  mutating func removeSharedNoise(_ noise: [Double]) {
    guard let now = noise.last else { return }
    references = LevelStart(
      in: zip(references.values, noise).map { $0 - sign * $1 }, known: references.known)
    value -= sign * now
    sharedNoise = sign * now
  }

  /// Judges the candidate.
  /// - Returns: the judgement without its limits, and what they are taken from; nil where numbers are too large.
  func judgement(prior: ScalePrior) -> (judgement: Judgement, sensitivity: Sensitivity)? {
    let level = level(prior: prior)
    var judgement = Judgement(of: window, level: level)
    let wander = wander(at: level)
    let error = standardError(at: level, wander: wander)
    let distance = sign * (value - level.location)
    let tail = tail(of: abs(distance), error: error, level: level)
    guard tail.isFinite, error.isFinite else { return nil }
    let seen = seen(at: level, sign: distance < 0 ? -sign : sign)
    let isHeldBack = isTooSmall(judgement, distance) || isOneUnit(from: level) || !seen.isEmpty
    let isFinding = tail < alpha && !isHeldBack
    judgement.p = distance < 0 ? 1 - tail : isHeldBack && tail < max(alpha, policy.warnAlpha) ? 1 : tail
    judgement.outcome = !isFinding ? .none : distance > 0 ? .worse : .better
    judgement.seenBefore = tail < alpha ? seen.map { window.indices[$0] } : []
    judgement.isSuspicious = isFinding && distance < 0 && isCollapse(from: judgement.typical)
    judgement.standardDeviation = (level.scale * level.scale + wander * wander).squareRoot()
    judgement.isRelative = scale == .logarithmic
    judgement.commonFactor = JudgingScale.logarithmic.inverse(sharedNoise)
    return (judgement, sensitivity(at: level, error: error, typical: judgement.typical ?? 0))
  }

  /// The share of false alarms its own test accepts.
  private var alpha: Double { candidate.isRetest ? policy.retestAlpha : policy.alpha }

  /// Whether the change is too small to matter. What is shown decides, for that is what a team writes a floor for:
  /// the change from the median of the level; where shared noise was taken out, so does what is left of it.
  private func isTooSmall(_ judgement: Judgement, _ distance: Double) -> Bool {
    let typical = judgement.typical ?? 0
    let shown = abs(judgement.change?.absolute ?? 0)
    return shown <= smallestChange(at: abs(typical)) * RegressionPolicy.floorTolerance
      || sharedNoise != 0 && abs(distance) <= floor(at: abs(typical))
  }

  private func smallestChange(at typical: Double) -> Double {
    max(policy.relativeFloor * typical, candidate.absoluteFloor)
  }

  /// The standard error of the candidate's distance from the centre. 1.1: the centre is a Huber mean.
  private func standardError(at level: Level, wander: Double) -> Double {
    let variance = level.scale * level.scale
    let own = RepetitionNoise.variance(
      variance, candidate: window.repetitions.map { scale($0) }, references: repetitionsBehindReferences)
    return (own + wander * wander + 1.1 * variance / Double(level.values.count)).squareRoot()
  }

  /// The standard deviation with which runs wander beyond what a window of them shows: even the calmest real
  /// histories jump by some per cent now and then. Never more than the relative floor.
  func wander(at level: Level) -> Double {
    guard candidate.kind == .positive, !level.isCoarse else { return 0 }
    let relative = min(SeriesTest.wander, policy.relativeFloor / 2)
    return scale == .logarithmic ? relative : relative * abs(level.location)
  }

  var repetitionsBehindReferences: [[Double]]? {
    guard let all = candidate.referenceRepetitions, all.count == candidate.references.count else {
      return nil
    }
    let known = window.indices.map { all[$0] }
    guard known.joined().allSatisfy({ scale($0).isFinite }) else { return nil }
    return known.map { $0.map { scale($0) } }
  }

  private func tail(of distance: Double, error: Double, level: Level) -> Double {
    error > 0 ? level.student.upperTail(distance / error) : distance > 0 ? 0 : 1
  }

  /// The change below which nothing is a finding, on the judging scale.
  func floor(at typical: Double) -> Double {
    scale.distance(smallestChange(at: typical), at: typical) * RegressionPolicy.floorTolerance
  }

  /// The outsiders that make the value no news. Where zeros are usual, a value between them and the highest
  /// ones is none either: there is no second mode to pass below.
  private func seen(at level: Level, sign: Double) -> [Int] {
    let beyond =
      candidate.kind == .positive && scale == .linear ? level.outsiders(beyond: value, sign: sign) : []
    return beyond.count >= 2 ? beyond : level.outsiders(like: value, sign: sign)
  }

  private func isOneUnit(from level: Level) -> Bool {
    let value = window.value / JudgingScale.logarithmic.inverse(sharedNoise)
    return abs(value - scale.inverse(level.location)) <= 1.000001 * unit
  }

  private func isCollapse(from typical: Double?) -> Bool {
    guard candidate.kind == .positive, let typical, typical > 0 else { return false }
    return sign > 0 ? window.value <= typical / 5 : window.value >= typical * 5
  }

  private func sensitivity(at level: Level, error: Double, typical: Double) -> Sensitivity {
    let centre = scale.inverse(level.location)
    let floor = distanceToFloor(from: level, typical: typical)
    let shown = sharedNoise == 0 ? typical : centre
    let oneUnit = abs(scale.distance(sign * unit, at: centre))
    let scatter = standardError(at: level, wander: 0)
    return Sensitivity { alpha in
      let margin = max(level.student.quantile(upperTail: alpha) * error, floor, oneUnit)
      let beyond = margin + level.student.quantile(upperTail: 0.2) * scatter
      let worse = scale.inverse(level.location + sign * beyond)
      return (
        scale.inverse(level.location + sign * margin + sharedNoise),
        Judgement.Change(abs(worse - shown), from: shown)
      )
    }
  }

  /// How far from the centre of the level the smallest change that matters lies, towards worse.
  private func distanceToFloor(from level: Level, typical: Double) -> Double {
    let end = typical + sign * smallestChange(at: abs(typical)) * RegressionPolicy.floorTolerance
    guard sharedNoise == 0, scale == .linear || end > 0 else { return floor(at: abs(typical)) }
    return sign * (scale(end) - level.location)
  }
}
