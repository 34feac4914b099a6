internal import Glibc

/// The number of failures of a run whose true rate is itself drawn from a gamma distribution: counts that scatter
/// from run to run more than coin tosses do. With the mean μ and the shape A its variance is μ + μ²/A.
struct NegativeBinomialDistribution {
  /// A, above 0: the smaller it is, the more the counts of runs differ.
  let shape: Double
  /// μ/(A + μ), by which the probabilities of large counts fall from one to the next.
  let ratio: Double
  private let complement: Double

  /// Creates the distribution of a mean and a shape above 0.
  init(mean: Double, shape: Double) {
    self.shape = shape
    ratio = mean / (shape + mean)
    complement = shape / (shape + mean)
  }

  /// P(X = 0).
  var ofNone: Double { exp(shape * log(complement)) }

  /// P(X ≥ count) = I_x(count, A), x = μ/(A + μ) (Abramowitz & Stegun 26.5.26).
  /// - Parameter logBeta: ln B(count, A), given by callers who ask of many means.
  func upperTail(from count: Int, logBeta: Double) -> Double {
    guard count > 0 else { return 1 }
    return regularisedIncompleteBeta(
      ratio, complement: complement, Double(count), shape, logBeta: logBeta)
  }

  /// P(X < count).
  /// - Parameter logBeta: ln B(count, A).
  func lowerTail(below count: Int, logBeta: Double) -> Double {
    guard count > 0 else { return 0 }
    return regularisedIncompleteBeta(
      complement, complement: ratio, shape, Double(count), logBeta: logBeta)
  }

  /// ln B(count, A), precise for large counts too.
  static func logBeta(_ count: Int, shape: Double) -> Double {
    lgamma(shape).0 - logRisingFactorial(Double(max(1, count)), shape)
  }
}
