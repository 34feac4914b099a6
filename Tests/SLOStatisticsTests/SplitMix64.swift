internal import Glibc

/// Steele, Lea & Flood's SplitMix64, so that every run of a property sees the same cases.
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

  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Timings about a level with a relative scatter.
  mutating func timings(_ count: Int, about level: Double, scatter: Double) -> [Double] {
    (0..<count).map { _ in level * exp(scatter * normal()) }
  }
}
