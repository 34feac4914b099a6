internal import Glibc

/// The regularised incomplete beta function I_x(a, b), by Lentz's continued fraction
/// (Abramowitz & Stegun 26.5.8) on the side where it converges quickly.
/// - Parameters:
///   - x: 0 … 1.
///   - complement: 1 − x, given apart so that an x near 1 keeps its digits.
///   - logBeta: ln B(a, b), given by callers who ask often with the same a and b.
func regularisedIncompleteBeta(
  _ x: Double, complement: Double, _ a: Double, _ b: Double, logBeta: Double
) -> Double {
  guard x > 0 else { return 0 }
  guard complement > 0 else { return 1 }
  let front = exp(a * log(x) + b * log(complement) - logBeta)
  if x < (a + 1) / (a + b + 2) {
    return front * betaFraction(x, a, b) / a
  }
  return 1 - front * betaFraction(complement, b, a) / b
}

/// ln B(a, b).
func logBeta(_ a: Double, _ b: Double) -> Double { lgamma(a).0 + lgamma(b).0 - lgamma(a + b).0 }

private func betaFraction(_ x: Double, _ a: Double, _ b: Double) -> Double {
  let tiny = 1e-300
  func guarded(_ value: Double) -> Double { abs(value) < tiny ? tiny : value }
  var c = 1.0
  var d = 1 / guarded(1 - (a + b) * x / (a + 1))
  var fraction = d
  for step in 1...500 {
    let m = Double(step)
    let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guarded(1 + even * d)
    c = guarded(1 + even / c)
    fraction *= d * c
    let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guarded(1 + odd * d)
    c = guarded(1 + odd / c)
    fraction *= d * c
    if abs(d * c - 1) < 1e-15 { break }
  }
  return fraction
}
