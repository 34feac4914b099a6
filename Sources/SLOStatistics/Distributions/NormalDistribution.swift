internal import Glibc

/// The standard normal distribution.
public enum NormalDistribution {
  /// P(Z ≤ z).
  public static func cumulative(_ z: Double) -> Double { erfc(-z / 2.0.squareRoot()) / 2 }

  /// The z above which a share of `tail` lies, `tail` in 0 … 1; infinite at the ends.
  /// Start after Abramowitz & Stegun 26.2.23, then Halley's steps on the complementary error function.
  public static func quantile(upperTail tail: Double) -> Double {
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
