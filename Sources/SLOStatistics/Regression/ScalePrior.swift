internal import Glibc

/// What is expected of a series' scatter before its own history speaks.
struct ScalePrior {
  /// The typical standard deviation, on the scale the series is judged on.
  var scale: Double
  /// Its weight in runs.
  var weight: Double

  /// Nothing expected.
  static let none = ScalePrior(scale: 0, weight: 0)
  /// Logarithms of times, sizes and rates: the median of real histories lies at 2.6 %, a little lower.
  static let relative = ScalePrior(scale: 0.035, weight: 2)
  /// Logarithms of the factor common to all series of a run.
  static let common = ScalePrior(scale: 0.02, weight: 2)
  /// Scores between 0 and 1.
  static let score = ScalePrior(scale: 0.025, weight: 2)

  private var squares: Double { weight * scale * scale }

  /// The standard deviation from a sum of squares and what was expected: the mean of variances.
  func mean(_ sumOfSquares: Double, degreesOfFreedom: Double) -> Double {
    ((squares + sumOfSquares) / (weight + degreesOfFreedom)).squareRoot()
  }

  /// As `mean`, but where the history is calmer than expected the mean of the logarithms: a noisy metric must
  /// not be talked down, a calm one keeps its small scale.
  func blended(_ sumOfSquares: Double, degreesOfFreedom: Double) -> Double {
    let variance = sumOfSquares / degreesOfFreedom
    let expected = scale * scale
    guard squares > 0 else { return variance.squareRoot() }
    guard variance < expected else { return mean(sumOfSquares, degreesOfFreedom: degreesOfFreedom) }
    let calm = max(variance, 1e-9 * expected)
    return exp((weight * log(expected) + degreesOfFreedom * log(calm)) / (weight + degreesOfFreedom) / 2)
  }
}

extension ScalePrior {
  /// Fewer siblings than this say nothing of each other.
  static let minimumSiblings = 8

  /// What siblings tell of each other's scatter: the method of moments on log variances, by quartiles
  /// (Smyth 2004, made robust). `relative` for too few levels that scatter at all.
  init(siblings levels: [Level]) {
    let scattered = levels.filter { !$0.isCoarse && $0.sumOfSquares > 0 }
    guard scattered.count >= ScalePrior.minimumSiblings else {
      self = .relative
      return
    }
    let logVariances = SortedSample(
      sorting: scattered.map { level in
        let half = level.degreesOfFreedom / 2
        return log(level.sumOfSquares / level.degreesOfFreedom) - (digamma(half) - log(half))
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
