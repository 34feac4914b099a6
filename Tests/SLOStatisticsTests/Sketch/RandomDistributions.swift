internal import Glibc
import TestSupport

/// Kinds of values that a sketch meets, or should survive.
enum Shape: String, CaseIterable {
  case lognormal, bimodal, constant, tiny, huge, wide, coarse, withZeros, negative, mixed
}

extension SeededGenerator {
  /// A number of values of one shape, in no order.
  mutating func values(_ count: Int, of shape: Shape) -> [Double] {
    (0..<count).map { _ in value(of: shape) }
  }

  private mutating func value(of shape: Shape) -> Double {
    switch shape {
    case .lognormal: 100 * exp(0.6 * normal())
    case .bimodal: (uniform() < 0.7 ? 20 : 900) * exp(0.05 * normal())
    case .constant: 42.5
    case .tiny: 1e-9 * exp(normal())
    case .huge: 1e15 * exp(normal())
    case .wide: pow(10, 16 * uniform() - 8)
    case .coarse: (100 * uniform()).rounded(.up)
    case .withZeros: uniform() < 0.3 ? 0 : 5 * uniform()
    case .negative: -100 * exp(0.6 * normal())
    case .mixed: uniform() < 0.1 ? 0 : 50 * normal()
    }
  }
}
