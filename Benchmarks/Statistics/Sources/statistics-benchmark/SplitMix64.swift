internal import Glibc

/// Steele, Lea & Flood's SplitMix64: the same seed, the same numbers, everywhere.
struct SplitMix64: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// Uniform in 0 ..< 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// Standard normal, by Box and Muller.
  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Whether something with this probability happens.
  mutating func happens(_ probability: Double) -> Bool { uniform() < probability }

  /// Student's t.
  mutating func student(_ degreesOfFreedom: Int = 3) -> Double {
    let squares = (0..<degreesOfFreedom).reduce(0) { sum, _ in
      let value = normal()
      return sum + value * value
    }
    return normal() / (squares / Double(degreesOfFreedom)).squareRoot()
  }

  /// Uniform in a range.
  mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// One of so many, each as likely.
  mutating func index(below count: Int) -> Int { Int(uniform() * Double(count)) }

  /// Gamma of a shape, scale 1 (Marsaglia & Tsang 2000).
  mutating func gamma(_ shape: Double) -> Double {
    if shape < 1 { return gamma(shape + 1) * pow(uniform(), 1 / shape) }
    let d = shape - 1 / 3.0
    while true {
      let x = normal()
      let v = 1 + x / (9 * d).squareRoot()
      if v > 0, log(1 - uniform()) < x * x / 2 + d - d * v * v * v + d * log(v * v * v) {
        return d * v * v * v
      }
    }
  }

  /// Failures in so many trials, by waiting times.
  mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    if probability > 0.5 { return trials - binomial(trials, 1 - probability) }
    guard probability > 0 else { return 0 }
    var successes = 0
    var position = -1.0
    while true {
      position += 1 + floor(log(1 - uniform()) / log1p(-probability))
      guard position < Double(trials) else { return successes }
      successes += 1
    }
  }
}
