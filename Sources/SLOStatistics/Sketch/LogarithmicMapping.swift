internal import Glibc
internal import SLOSupport

/// Which bucket of a sketch a magnitude falls into: bucket i holds γⁱ⁻¹ < x ≤ γⁱ.
///
/// With γ = (1 + α) / (1 − α) no value of a bucket is further than α, relatively, from the bucket's estimate
/// (Masson, Rim and Lee 2019, lemma 2).
enum LogarithmicMapping {
  /// α, the largest relative error of an estimate.
  static let accuracy = 0.01
  /// γ, the ratio of a bucket's two bounds.
  static let gamma = (1 + accuracy) / (1 - accuracy)

  private static let width = log(gamma)
  private static let middle = log(2 / (1 + gamma))

  /// The buckets of all magnitudes.
  static let buckets = bucket(of: .leastNormalMagnitude)...bucket(of: .greatestFiniteMagnitude)

  /// The bucket of a magnitude, a positive normal number.
  ///
  /// The logarithm only says about where: the bounds decide. So the bucket is the same for a value that comes
  /// alone and for one among thousands that are told apart by the bounds only.
  static func bucket(of magnitude: Double) -> Int {
    let bucket = Int(saturating: (log(magnitude) / width).rounded(.up))
    if magnitude > upperBound(of: bucket) { return bucket + 1 }
    return magnitude > upperBound(of: bucket - 1) ? bucket : bucket - 1
  }

  /// γⁱ, the largest magnitude of a bucket.
  static func upperBound(of bucket: Int) -> Double { exp(Double(bucket) * width) }

  /// 2γⁱ / (γ + 1), which is α away from both bounds of the bucket.
  static func estimate(of bucket: Int) -> Double {
    min(exp(Double(bucket) * width + middle), .greatestFiniteMagnitude)
  }
}
