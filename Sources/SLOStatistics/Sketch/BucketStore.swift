import Glibc
import SLOSupport

/// How many magnitudes fell into each bucket. Equal contents are equal values, whatever the order they came in.
struct BucketStore: Sendable, Hashable {
  /// The most buckets from the lowest to the highest, which reach over 17 decades. Beyond that the lowest are
  /// collapsed into one (Masson, Rim and Lee 2019, section 2.3), so that the upper quantiles stay right.
  static let capacity = 2_048

  /// The lowest bucket that holds anything; 0 where none does.
  private(set) var lowest = 0
  /// The count of each bucket from the lowest to the highest that hold anything.
  private(set) var counts: [Int] = []
  /// The sum of all counts.
  private(set) var total = 0

  private var highest: Int { lowest + counts.count - 1 }

  /// Adds to one bucket, or to the lowest one where the store does not reach as low.
  mutating func add(_ count: Int, to bucket: Int) {
    guard count > 0 else { return }
    if counts.isEmpty { lowest = bucket }
    if bucket > highest { extend(upTo: bucket) } else { extend(downTo: bucket) }
    counts[max(bucket, lowest) - lowest] += count
    total += count
  }

  /// Adds all that another store holds.
  mutating func merge(_ other: BucketStore) {
    for (offset, count) in other.counts.enumerated() { add(count, to: other.lowest + offset) }
  }

  private mutating func extend(upTo bucket: Int) {
    let excess = bucket - lowest + 1 - BucketStore.capacity
    if excess > 0 {
      let collapsed = counts.prefix(excess + 1).reduce(0, +)
      counts.removeFirst(min(excess, counts.count))
      lowest += excess
      if counts.isEmpty { counts = [collapsed] } else { counts[0] = collapsed }
    }
    counts.append(contentsOf: repeatElement(0, count: max(0, bucket - highest)))
  }

  private mutating func extend(downTo bucket: Int) {
    let missing = lowest - max(bucket, highest - BucketStore.capacity + 1)
    guard missing > 0 else { return }
    counts.insert(contentsOf: repeatElement(0, count: missing), at: 0)
    lowest -= missing
  }
}

extension BucketStore {
  /// The bucket of the magnitude at a rank, 0 ..< total, counted from the smallest.
  func bucket(atRank rank: Int) -> Int {
    var passed = 0
    for (offset, count) in counts.enumerated() {
      passed += count
      if rank < passed { return lowest + offset }
    }
    return highest
  }

  /// How many magnitudes lie in a bucket or below it.
  func count(through bucket: Int) -> Int {
    bucket < lowest ? 0 : counts.prefix(bucket - lowest + 1).reduce(0, +)
  }
}

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
  /// alone and for one among thousands that are distinguished by the bounds only.
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
