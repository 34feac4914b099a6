import Glibc

/// Student's t distribution.
package struct StudentDistribution: Sendable {
  /// Degrees of freedom, 1 or more; need not be whole.
  package let degreesOfFreedom: Double
  private let logBeta: Double

  /// Creates the distribution; fewer than 1 degree of freedom counts as 1.
  package init(degreesOfFreedom: Double) {
    self.degreesOfFreedom = max(1, degreesOfFreedom)
    logBeta = SLOStatistics.logBeta(self.degreesOfFreedom / 2, 0.5)
  }

  /// P(T > t).
  package func upperTail(_ t: Double) -> Double {
    let square = t * t
    guard square.isFinite else { return t.isNaN ? .nan : t > 0 ? 0 : 1 }
    let whole = degreesOfFreedom + square
    let half =
      regularisedIncompleteBeta(
        degreesOfFreedom / whole, complement: square / whole, degreesOfFreedom / 2, 0.5, logBeta: logBeta) / 2
    return t >= 0 ? half : 1 - half
  }

  /// The t above which a share of `tail` lies, `tail` in 0 … 1; infinite at the ends.
  package func quantile(upperTail tail: Double) -> Double {
    guard tail > 0 else { return .infinity }
    guard tail < 1 else { return -.infinity }
    guard tail <= 0.5 else { return -quantile(upperTail: 1 - tail) }
    var t = approximateQuantile(upperTail: tail)
    for _ in 0..<8 {
      let excess = (upperTail(t) - tail) / density(t)
      let bend = (degreesOfFreedom + 1) * t / (degreesOfFreedom + t * t)
      let step = excess / (1 - excess * bend / 2)
      t += step
      if abs(step) <= 1e-5 * (1 + t) { break }  // the next step would be below 1e-13: Halley's are cubic
    }
    return t
  }

  private func density(_ t: Double) -> Double {
    let nu = degreesOfFreedom
    return exp(-(nu + 1) / 2 * log1p(t * t / nu) - logBeta) / nu.squareRoot()
  }

  /// G. W. Hill, "Algorithm 396: Student's t-quantiles", CACM 13 (1970): good to some five digits.
  private func approximateQuantile(upperTail tail: Double) -> Double {
    let n = degreesOfFreedom
    let a = 1 / (n - 0.5)
    let b = 48 / (a * a)
    var c = ((20_700 * a / b - 98) * a - 16) * a + 96.36
    let d = ((94.5 / (b + c) - 3) / b + 1) * (a * Double.pi / 2).squareRoot() * n
    var y = pow(d * 2 * tail, 2 / n)
    if y > 0.05 + a {
      let x = -NormalDistribution.quantile(upperTail: tail)
      y = x * x
      if n < 5 { c += 0.3 * (n - 4.5) * (x + 0.6) }
      c += (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b
      y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
      y = expm1(a * y * y)
    } else {
      let inner = 1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3) + 0.5 / (n + 4)
      y = (inner * y - 1) * (n + 1) / (n + 2) + 1 / y
    }
    return (n * y).squareRoot()
  }
}

/// The standard normal distribution.
package enum NormalDistribution {
  /// P(Z ≤ z).
  package static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The z above which a share of `tail` lies, `tail` in 0 … 1; infinite at the ends.
  /// Start after Abramowitz & Stegun 26.2.23, then Halley's steps on the complementary error function.
  package static func quantile(upperTail tail: Double) -> Double {
    guard tail > 0 else { return .infinity }
    guard tail < 1 else { return -.infinity }
    guard tail <= 0.5 else { return -quantile(upperTail: 1 - tail) }
    let w = (-2 * log(tail)).squareRoot()
    var z =
      w - (2.515517 + w * (0.802853 + w * 0.010328))
      / (1 + w * (1.432788 + w * (0.189269 + w * 0.001308)))
    for _ in 0..<3 {
      let excess = (erfc(z / 2.0.squareRoot()) / 2 - tail) * (2 * Double.pi).squareRoot() * exp(z * z / 2)
      z += excess / (1 - z * excess / 2)
    }
    return z
  }
}
