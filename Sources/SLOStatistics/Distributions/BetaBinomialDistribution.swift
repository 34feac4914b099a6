internal import Glibc

/// The number of successes in `trials` whose common probability is itself drawn from a beta distribution:
/// counts that scatter from run to run more than coin tosses do.
package struct BetaBinomialDistribution: Sendable {
  /// The number of trials.
  package let trials: Int
  private let alpha: Double
  private let beta: Double
  /// What lies beyond so many terms is not worth the time, however heavy the tail.
  private static let longestSum = 1_000_000

  /// Creates the distribution.
  /// - Parameters:
  ///   - trials: 0 or more.
  ///   - mean: the mean probability, strictly between 0 and 1.
  ///   - correlation: the intraclass correlation, strictly between 0 (a binomial) and 1; the variance of a
  ///     count is N·p·(1 − p)·(1 + (N − 1)·correlation).
  package init(trials: Int, mean: Double, correlation: Double) {
    let mean = min(max(mean, 1e-12), 1 - 1e-12)
    let concentration = 1 / min(max(correlation, 1e-12), 1 - 1e-9) - 1
    self.trials = max(0, trials)
    alpha = mean * concentration
    beta = (1 - mean) * concentration
  }

  /// P(X ≥ count), summed term by term from `count` away from the mean.
  package func upperTail(from count: Int) -> Double {
    guard count > 0 else { return 1 }
    guard count <= trials else { return 0 }
    let mean = Double(trials) * alpha / (alpha + beta)
    return Double(count) > mean ? sumUpwards(from: count) : max(0, 1 - sumDownwards(from: count - 1))
  }

  private func sumUpwards(from start: Int) -> Double {
    var term = probability(of: start)
    var sum = term
    for count in start..<min(trials, start + BetaBinomialDistribution.longestSum) {
      term *= ratio(after: count)
      sum += term
      if term < 1e-16 * sum { break }
    }
    return min(1, sum)
  }

  private func sumDownwards(from start: Int) -> Double {
    var term = probability(of: start)
    var sum = term
    for count in stride(from: start - 1, through: 0, by: -1) {
      term /= ratio(after: count)
      sum += term
      if term < 1e-16 * sum { break }
    }
    return min(1, sum)
  }

  /// P(count + 1) / P(count).
  private func ratio(after count: Int) -> Double {
    let k = Double(count)
    let rest = Double(trials) - k
    return rest * (alpha + k) / ((k + 1) * (rest - 1 + beta))
  }

  private func probability(of count: Int) -> Double {
    let k = Double(count)
    let n = Double(trials)
    let ways = logRisingFactorial(1, n) - logRisingFactorial(1, k) - logRisingFactorial(1, n - k)
    return exp(
      ways + logRisingFactorial(alpha, k) + logRisingFactorial(beta, n - k)
        - logRisingFactorial(alpha + beta, n))
  }
}

/// ln Γ(x + k) − ln Γ(x), by the difference of Stirling's series where the two would cancel.
private func logRisingFactorial(_ x: Double, _ k: Double) -> Double {
  guard x > 20 else { return lgamma(x + k).0 - lgamma(x).0 }
  func remainder(_ x: Double) -> Double { (1 / 12.0 - (1 / 360.0 - 1 / (1260 * x * x)) / (x * x)) / x }
  return (x - 0.5) * log1p(k / x) + k * log(x + k) - k + remainder(x + k) - remainder(x)
}
