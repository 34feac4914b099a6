import Glibc

/// What is expected of a series' scatter before its own history speaks.
///
/// A history that scatters far more than expected shows that the expectation is not of its kind: its weight w falls to
///
///     w / (1 + (ln(v/s²) / 1.2)²)
///
/// where the history's variance v is above the expected s², so that a noisy metric is not talked down.
struct ScalePrior {
  /// The typical standard deviation, on the scale the series is judged on.
  var scale: Double
  /// Its weight in runs.
  var weight: Double
  /// Whether it gives way to a history that scatters far more.
  var givesWay = true

  /// The difference of log variances at which half of the weight is left.
  private static let patience = 1.2

  /// Nothing expected.
  static let none = ScalePrior(scale: 0, weight: 0)
  /// Logarithms of times, sizes and rates: the median of real histories lies at 2.6 %, a little lower.
  static let relative = ScalePrior(scale: 0.035, weight: 2)
  /// Logarithms of the factor common to all series of a run.
  static let common = ScalePrior(scale: 0.02, weight: 2, givesWay: false)
  /// Scores between 0 and 1.
  static let score = ScalePrior(scale: 0.035, weight: 2)
  /// Differences of logarithms between two runs of one job.
  static let paired = ScalePrior(scale: 0.02, weight: 2)

  /// Coin tosses of so many trials, on Anscombe's scale.
  static func tosses(of trials: Double) -> ScalePrior {
    ScalePrior(scale: 1 / trials.squareRoot(), weight: 1, givesWay: false)
  }

  /// What is left of the weight beside a history of this variance.
  func weight(besides variance: Double) -> Double {
    let expected = scale * scale
    guard givesWay, expected > 0, variance > expected else { return weight }
    let excess = log(variance / expected) / ScalePrior.patience
    return weight / (1 + excess * excess)
  }

  /// The standard deviation from a sum of squares and what was expected: the mean of variances.
  func mean(_ sumOfSquares: Double, degreesOfFreedom: Double) -> Double {
    let weight = weight(besides: sumOfSquares / degreesOfFreedom)
    return ((weight * scale * scale + sumOfSquares) / (weight + degreesOfFreedom)).squareRoot()
  }

  /// As `mean`, but where the history is calmer than expected the mean of the logarithms: a calm metric keeps its small
  /// scale.
  func blended(_ sumOfSquares: Double, degreesOfFreedom: Double) -> Double {
    let variance = sumOfSquares / degreesOfFreedom
    let expected = scale * scale
    guard weight * expected > 0 else { return variance.squareRoot() }
    guard variance < expected else { return mean(sumOfSquares, degreesOfFreedom: degreesOfFreedom) }
    let calm = max(variance, 1e-9 * expected)
    return exp((weight * log(expected) + degreesOfFreedom * log(calm)) / (weight + degreesOfFreedom) / 2)
  }
}

/// The scatter that a series shows by itself.
struct Scatter {
  /// The sum of squares about its centre.
  var sumOfSquares: Double
  /// The degrees of freedom of that sum.
  var degreesOfFreedom: Double
}

extension ScalePrior {
  /// Fewer siblings than this say nothing of each other.
  static let minimumSiblings = 8

  /// What siblings show of each other's scatter: the method of moments on log variances, by quartiles
  /// (Smyth 2004, made robust). `relative` for too few levels that scatter at all.
  init(siblings levels: [Level]) {
    self.init(
      siblings: levels.filter { !$0.isCoarse }.map {
        Scatter(sumOfSquares: $0.sumOfSquares, degreesOfFreedom: $0.degreesOfFreedom)
      }, otherwise: .relative)
  }

  /// The same of series that are no levels.
  /// - Parameter usual: what is expected where too few of them scatter.
  init(siblings: [Scatter], otherwise usual: ScalePrior) {
    let scattered = siblings.filter { $0.sumOfSquares > 0 }
    guard scattered.count >= ScalePrior.minimumSiblings else {
      self = usual
      return
    }
    let logVariances = SortedSample(
      sorting: scattered.map { sibling in
        let half = sibling.degreesOfFreedom / 2
        return log(sibling.sumOfSquares / sibling.degreesOfFreedom) - (digamma(half) - log(half))
      })
    let spread = (logVariances.percentile(75) - logVariances.percentile(25)) / 1.349
    let sampling = scattered.reduce(0) { $0 + trigamma($1.degreesOfFreedom / 2) } / Double(scattered.count)
    scale = exp(logVariances.median / 2)
    weight = ScalePrior.weight(ofSpread: spread * spread - sampling)
  }

  /// The more alike the siblings are, the more they say of each other: one run at least, six at most.
  private static func weight(ofSpread variance: Double) -> Double {
    guard variance > trigamma(3) else { return 6 }
    return max(1, 2 * inverseTrigamma(variance))
  }
}

/// The scale a series is judged on: logarithms make a change of +10 % the same everywhere.
enum JudgingScale {
  case logarithmic
  case linear

  /// Onto the scale.
  func callAsFunction(_ value: Double) -> Double { self == .logarithmic ? log(value) : value }

  /// Back to the unit of the values.
  func inverse(_ value: Double) -> Double { self == .logarithmic ? exp(value) : value }

  /// The distance on the scale of a change by so much at a level; no logarithm lies below nearly nothing.
  func distance(_ change: Double, at level: Double) -> Double {
    self == .logarithmic ? log1p(max(change / level, 1e-9 - 1)) : change
  }
}

/// The noise that series of the same runs share: a slow host, a busy database. One number a run, the median of
/// what moved each of them.
struct SharedNoise {
  /// Fewer series than this cannot separate shared noise from their own.
  static let minimumSeries = 6

  /// Towards worse, on the logarithmic scale: one a reference, last the candidate's.
  private let noise: [Double]
  /// The part of it that is real and not the sampling of so few series; 0 where there is none to be seen.
  private let reality: Double

  /// Estimates the noise shared by six fine series or more with the same runs.
  init?(of tests: [SeriesTest]) {
    guard tests.count >= SharedNoise.minimumSeries else { return nil }
    let levels = tests.map { $0.level(prior: .relative) }
    let residuals = zip(tests, levels).map { $0.residuals(about: $1) }
    noise = (residuals.first ?? []).indices.map { run in
      SortedSample(sorting: residuals.map { $0[run] }).median
    }
    let count = Double(levels.count)
    let precision = levels.reduce(0) { $0 + 1 / $1.scale } / count
    let sampling = 1.3 * Double.pi / 2 / (count * precision * precision)
    let variance = SharedNoise.variance(of: noise.dropLast())
    reality = variance > 2 * sampling ? 1 - sampling / variance : 0
  }

  /// Whether the history shows such noise.
  var isReal: Bool { reality > 0 }

  /// What to take out of the series it was estimated from.
  var removable: [Double] { noise.map { reality * $0 } }

  /// The noise as a factor, towards worse, of the candidate.
  var factor: Double { exp(noise.last ?? 0) }

  /// The noise judged as a series of its own.
  func judgement(policy: RegressionPolicy) -> Judgement {
    let percent = noise.map { 100 * exp($0) }
    let candidate = Candidate(references: percent.dropLast(), values: percent.suffix(1))
    guard let window = Window(of: candidate, policy: policy),
      let judged = SeriesTest(of: candidate, window: window, policy: policy).judgement(prior: .common)
    else { return Judgement(insufficient: candidate) }
    var judgement = judged.judgement
    judgement.setLimits(judged.sensitivity, alpha: policy.alpha(among: 1), among: 1)
    judgement.q = judgement.p
    judgement.blocks = judgement.outcome == .worse
    judgement.warns = judgement.blocks
    return judgement
  }

  /// The variance of the history's noise, clipped at three robust deviations.
  private static func variance(of noise: ArraySlice<Double>) -> Double {
    let sample = SortedSample(sorting: noise)
    let bound = 3 * 1.4826 * sample.medianAbsoluteDeviation + 1e-9
    let squares = sample.values.reduce(0) { sum, value in
      let clipped = min(abs(value - sample.median), bound)
      return sum + clipped * clipped
    }
    return squares / Double(noise.count - 1)
  }
}
