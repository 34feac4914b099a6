internal import Glibc

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
