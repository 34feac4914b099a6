import Glibc

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

/// The digamma function ψ(x), x > 0: recurrence up to 12, then the asymptotic series (Abramowitz & Stegun
/// 6.3.18).
func digamma(_ x: Double) -> Double {
  var x = x
  var sum = 0.0
  while x < 12 {
    sum -= 1 / x
    x += 1
  }
  let r = 1 / (x * x)
  let series = r * (1 / 12.0 - r * (1 / 120.0 - r * (1 / 252.0 - r * (1 / 240.0 - r / 132))))
  return sum + log(x) - 0.5 / x - series
}

/// The trigamma function ψ′(x), x > 0: recurrence up to 12, then the asymptotic series (Abramowitz & Stegun
/// 6.4.12).
func trigamma(_ x: Double) -> Double {
  var x = x
  var sum = 0.0
  while x < 12 {
    sum += 1 / (x * x)
    x += 1
  }
  let r = 1 / (x * x)
  let series = r * (1 / 6.0 - r * (1 / 30.0 - r * (1 / 42.0 - r * (1 / 30.0 - r * 5 / 66))))
  return sum + (1 + 0.5 / x + series) / x
}

/// The x > 0 with ψ′(x) = y, for y between 1e-9 and 1e9. ψ′ falls from one to the other, so halving the
/// interval of exponents always arrives.
func inverseTrigamma(_ y: Double) -> Double {
  var low = log(1e-5)
  var high = log(1e10)
  for _ in 0..<60 {
    let middle = (low + high) / 2
    if trigamma(exp(middle)) > y { low = middle } else { high = middle }
  }
  return exp((low + high) / 2)
}

/// ln Γ(x + k) − ln Γ(x), by the difference of Stirling's series where the two would cancel.
func logRisingFactorial(_ x: Double, _ k: Double) -> Double {
  guard x > 20 else { return lgamma(x + k).0 - lgamma(x).0 }
  func remainder(_ x: Double) -> Double { (1 / 12.0 - (1 / 360.0 - 1 / (1260 * x * x)) / (x * x)) / x }
  return (x - 0.5) * log1p(k / x) + k * log(x + k) - k + remainder(x + k) - remainder(x)
}

/// The natural logarithms of four numbers at once, each normal and above 0, to the last digits: of the mantissa m by
/// 2 artanh s, s = (m − 1)/(m + 1), with m between √½ and √2 (Abramowitz & Stegun 4.1.27).
func logarithms(of numbers: SIMD4<Double>) -> SIMD4<Double> {
  let bits = unsafeBitCast(numbers, to: SIMD4<UInt64>.self)
  // The biased exponent as the last digits of a double of 2⁵² + exponent.
  let exponents =
    unsafeBitCast((bits &>> 52) | 0x4330_0000_0000_0000, to: SIMD4<Double>.self) - 4_503_599_627_371_519
  let mantissas = unsafeBitCast(
    bits & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000, to: SIMD4<Double>.self)
  let isLarge = mantissas .> 2.0.squareRoot()
  let m = mantissas.replacing(with: mantissas / 2, where: isLarge)
  let e = exponents.replacing(with: exponents + 1, where: isLarge)
  let s = (m - 1) / (m + 1)
  let z = s * s
  var series = z * (1 / 21.0) + 1 / 19.0
  series = series * z + 1 / 17.0
  series = series * z + 1 / 15.0
  series = series * z + 1 / 13.0
  series = series * z + 1 / 11.0
  series = series * z + 1 / 9.0
  series = series * z + 1 / 7.0
  series = series * z + 1 / 5.0
  series = series * z + 1 / 3.0
  return e * 0.693147180559945309417 + 2 * (s + s * (z * series))
}
