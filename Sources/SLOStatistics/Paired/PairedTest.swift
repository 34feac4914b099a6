internal import Glibc

/// Judges whether a candidate is worse than a base that was measured in turn with it, in one job: base, candidate,
/// candidate, base. Both runs of a pair share the machine and the hour, so what differs between jobs cancels out, and
/// no history is needed.
///
/// Of each pair the difference d = ln candidate − ln base is taken (of scores and shares the plain difference). The
/// statistic is the mean difference over its standard error, m / (s/√r) with r pairs, against Student's t with
/// r − 1 + w degrees of freedom. s² is the variance of the differences, blended with that of the other series of the
/// check (`ScalePrior`, of the weight w). A share of known trials must also be more than tosses of a coin explain: the
/// candidate's failures among all are a binomial count if nothing changed (R. A. Fisher, Statistical Methods for
/// Research Workers, 5th edition, 1934, § 21.02). Changes below the floors are no finding.
/// The idea is that of duet benchmarking (L. Bulej et al., ICPE 2020, arXiv:2001.05811).
public struct PairedTest: Sendable {
  /// Fewer pairs than this show no scatter.
  public static let fewestPairs = 2

  /// How changes are judged: floors, and the error rates of a family. Its window plays no part.
  public var policy: RegressionPolicy

  /// Creates a test.
  public init(policy: RegressionPolicy = RegressionPolicy()) { self.policy = policy }

  /// Judges one series that stands alone.
  public func judge(_ series: PairedSeries) -> Judgement {
    judge([series]).first ?? Judgement(insufficientPairs: series)
  }

  /// Judges all series of a check, corrected for each other: what blocks by Holm's rule, what warns by Benjamini and
  /// Hochberg's, as `RegressionTest` does.
  /// - Returns: one judgement a series, in their order; `insufficient` for fewer than two pairs. `references` is the
  ///   number of pairs, `typical` the median of the base, `change` the mean difference of the pairs.
  public func judge(_ family: [PairedSeries]) -> [Judgement] {
    let differences = family.map { PairedDifference(of: $0, policy: policy) }
    let prior = PairedTest.prior(of: differences.compactMap(\.self))
    var judgements = zip(family, differences).map { series, difference in
      difference?.judgement(prior: prior) ?? Judgement(insufficientPairs: series)
    }
    RegressionTest(policy: policy).correct(&judgements, of: Array(family.indices))
    let count = judgements.count { $0.p != nil }
    for (index, difference) in differences.enumerated() where judgements[index].p != nil {
      let sensitivity = difference?.sensitivity(prior: prior)
      if let sensitivity {
        judgements[index].setLimits(sensitivity, alpha: policy.alpha(among: count), among: count)
      }
    }
    return judgements
  }

  /// What the series show of each other's scatter within a job.
  static func prior(of differences: [PairedDifference]) -> ScalePrior {
    ScalePrior(siblings: differences.filter(\.isRelative).map(\.scatter), otherwise: .paired)
  }
}

/// The differences between the pairs of one series, towards worse.
struct PairedDifference {
  private let series: PairedSeries
  private let policy: RegressionPolicy
  private let scale: JudgingScale
  private let typical: Double
  private let value: Double
  private let count: Double
  /// The mean difference.
  let mean: Double
  /// The squares about it.
  let scatter: Scatter

  /// - Returns: nil for fewer than two pairs.
  init?(of series: PairedSeries, policy: RegressionPolicy) {
    let pairs = series.pairs
    guard pairs.count >= PairedTest.fewestPairs else { return nil }
    let isPositive = pairs.allSatisfy { $0.base > 0 && $0.candidate > 0 }
    let scale: JudgingScale = series.kind == .positive && isPositive ? .logarithmic : .linear
    let sign = series.better == .lower ? 1.0 : -1
    let differences = pairs.map { sign * (scale($0.candidate) - scale($0.base)) }
    let mean = differences.reduce(0, +) / Double(differences.count)
    (self.series, self.policy, self.scale, self.mean) = (series, policy, scale, mean)
    typical = SortedSample(sorting: pairs.map(\.base)).median
    value = SortedSample(sorting: pairs.map(\.candidate)).median
    count = Double(differences.count)
    scatter = Scatter(
      sumOfSquares: differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }, degreesOfFreedom: count - 1)
  }

  /// Whether the differences are in proportion.
  var isRelative: Bool { scale == .logarithmic }

  private var sign: Double { series.better == .lower ? 1 : -1 }

  /// What is expected of the scatter of one difference.
  private func expected(_ siblings: ScalePrior) -> ScalePrior {
    if isRelative { return siblings }
    return switch series.kind {
    case .positive:
      ScalePrior(scale: ScalePrior.paired.scale * abs(typical), weight: ScalePrior.paired.weight)
    case .bounded: .score
    case .share: .none
    }
  }

  /// The standard error of the mean difference, and how it is distributed.
  func error(_ siblings: ScalePrior) -> (standard: Double, student: StudentDistribution) {
    let prior = expected(siblings)
    let variance = scatter.sumOfSquares / scatter.degreesOfFreedom
    let deviation = prior.mean(scatter.sumOfSquares, degreesOfFreedom: scatter.degreesOfFreedom)
    return (
      deviation / count.squareRoot(),
      StudentDistribution(degreesOfFreedom: scatter.degreesOfFreedom + prior.weight(besides: variance))
    )
  }

  /// The chance of such a mean difference, or of a larger one, if nothing changed.
  func tail(prior: ScalePrior) -> Double {
    let error = error(prior)
    let tail =
      error.standard > 0 ? error.student.upperTail(mean / error.standard) : mean > 0 ? 0 : mean < 0 ? 1 : 0.5
    guard case .share(let trials?) = series.kind else { return tail }
    return max(tail, tossTail(trials))
  }

  /// The chance that so many of all failures are the candidate's, or more, if both fail alike.
  private func tossTail(_ trials: Candidate.Trials) -> Double {
    let isFailure = series.better == .lower
    let hits = { (values: [Double], trials: [Int]) in
      zip(values, trials).filter { $0.0.isFinite }.map { value, count in
        (((isFailure ? value : 1 - value) * Double(count)).rounded(), Double(count))
      }
    }
    let before = hits(series.base, trials.references)
    let after = hits(series.candidate, trials.candidate)
    let failures = (before + after).reduce(0) { $0 + $1.0 }
    let (all, own) = ((before + after).reduce(0) { $0 + $1.1 }, after.reduce(0) { $0 + $1.1 })
    guard failures > 0, all > 0 else { return 1 }
    // No count: what lies outside 0 … 1, or is too large to count, leaves the test to the scatter of the pairs.
    guard (before + after).allSatisfy({ $0.0 >= 0 && $0.0 <= $0.1 }), all < 1e12 else { return 0 }
    return binomialUpperTail(
      from: after.reduce(0) { $0 + $1.0 }, of: failures, probability: own / all)
  }

  func judgement(prior: ScalePrior) -> Judgement? {
    let tail = tail(prior: prior)
    guard tail.isFinite, mean.isFinite else { return nil }
    let isFinding = (mean > 0 ? tail : 1 - tail) < policy.alpha && !isTooSmall
    var judgement = Judgement(
      outcome: !isFinding ? .none : mean > 0 ? .worse : .better, value: value, references: Int(count),
      levelStart: 0)
    judgement.typical = typical
    judgement.change = Judgement.Change(change, from: typical)
    let deviation = error(prior).standard * count.squareRoot()
    judgement.noise = isRelative ? deviation * abs(typical) : deviation
    judgement.p = mean > 0 && isTooSmall && tail < max(policy.alpha, policy.warnAlpha) ? 1 : tail
    judgement.standardDeviation = deviation
    judgement.isRelative = isRelative
    return judgement
  }

  /// The change that the pairs show, in the unit of the values.
  private var change: Double { isRelative ? expm1(sign * mean) * typical : sign * mean }

  private var smallestChange: Double { max(policy.relativeFloor * abs(typical), series.absoluteFloor) }

  /// Whether the change is too small to matter.
  var isTooSmall: Bool { abs(change) <= smallestChange * RegressionPolicy.floorTolerance }

  /// What the test would still find.
  func sensitivity(prior: ScalePrior) -> Sensitivity {
    let error = error(prior)
    let floor = scale.distance(sign * smallestChange, at: isRelative ? typical : 1)
    return Sensitivity { alpha in
      let margin = max(error.student.quantile(upperTail: alpha) * error.standard, abs(floor))
      let beyond = margin + error.student.quantile(upperTail: 0.2) * error.standard
      return (
        self.moved(by: margin),
        Judgement.Change(abs(self.moved(by: beyond) - self.typical), from: self.typical)
      )
    }
  }

  /// The base, moved by a distance towards worse.
  private func moved(by distance: Double) -> Double {
    isRelative ? typical * exp(sign * distance) : typical + sign * distance
  }
}

/// P(X ≥ count) of a binomial number of successes, by the incomplete beta function (M. Abramowitz and I. A. Stegun,
/// Handbook of Mathematical Functions, 1964, 26.5.24).
private func binomialUpperTail(from count: Double, of trials: Double, probability: Double) -> Double {
  guard count > 0 else { return 1 }
  let (a, b) = (count, trials - count + 1)
  return regularisedIncompleteBeta(
    probability, complement: 1 - probability, a, b, logBeta: logBeta(a, b))
}

extension Judgement {
  /// What is known of a series with too few pairs.
  init(insufficientPairs series: PairedSeries) {
    let pairs = series.pairs
    self.init(
      outcome: .insufficient, value: SortedSample(pairs.map(\.candidate))?.median, references: pairs.count,
      levelStart: 0)
    typical = SortedSample(pairs.map(\.base))?.median
    if let value, let typical { change = Change(value - typical, from: typical) }
  }
}
