internal import Glibc
import TestSupport

extension SeededGenerator {
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func normal() -> Double {
    (-2 * log(1 - uniform())).squareRoot() * cos(2 * Double.pi * uniform())
  }

  /// Timings about a level with a relative scatter.
  mutating func timings(_ count: Int, about level: Double, scatter: Double) -> [Double] {
    (0..<count).map { _ in level * exp(scatter * normal()) }
  }
}
