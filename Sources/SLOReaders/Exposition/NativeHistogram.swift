import Glibc

/// A histogram that brings its buckets along, as Prometheus' native histograms do in replies of its API
/// (<https://prometheus.io/docs/prometheus/latest/querying/api/#native-histograms>): not cumulative, the empty ones left out.
struct NativeHistogram: Sendable {
  /// One bucket.
  struct Bucket: Hashable, Sendable {
    var lower: Double
    var upper: Double
    var count: Double
  }

  /// The number of observations.
  var count: Double
  /// Their sum; NaN where an observation was none.
  var sum: Double
  /// The buckets from below, none overlapping.
  var buckets: [Bucket]

  /// What came between an earlier state and this one; this one whole where it is no continuation of the earlier.
  func increase(since earlier: NativeHistogram) -> NativeHistogram {
    guard count >= earlier.count, let before = earlier.fitted(to: buckets) else { return self }
    var grown = NativeHistogram(count: count - earlier.count, sum: sum - earlier.sum, buckets: buckets)
    for index in buckets.indices {
      guard buckets[index].count >= before[index] else { return self }
      grown.buckets[index].count -= before[index]
    }
    return grown
  }

  /// Both together.
  func adding(_ other: NativeHistogram) -> NativeHistogram {
    var counts: [[Double]: Double] = [:]
    for bucket in buckets + other.buckets {
      counts[[bucket.lower, bucket.upper], default: 0] += bucket.count
    }
    let all = counts.map { Bucket(lower: $0.key[0], upper: $0.key[1], count: $0.value) }
    return NativeHistogram(
      count: count + other.count, sum: sum + other.sum,
      buckets: all.sorted { ($0.upper, $0.lower) < ($1.upper, $1.lower) })
  }

  /// The counts of these buckets in buckets that are as wide or wider; nil where one lies in none of them.
  private func fitted(to wider: [Bucket]) -> [Double]? {
    var counts = [Double](repeating: 0, count: wider.count)
    var index = 0
    for bucket in buckets where bucket.count > 0 {
      while index < wider.count, wider[index].upper < bucket.upper { index += 1 }
      guard index < wider.count, wider[index].lower <= bucket.lower else { return nil }
      counts[index] += bucket.count
    }
    return counts
  }

  /// A quantile as Prometheus 3 computes it: exponential interpolation within a bucket, linear in the one around zero and in
  /// buckets with bounds of a team's own.
  /// - Parameter share: 0 … 1.
  func quantile(_ share: Double) -> BucketQuantile {
    let filled = buckets.filter { $0.count > 0 }
    guard count > 0, let last = filled.last else { return .none }
    let rank = share * count
    var below = 0.0
    var found = last
    for bucket in filled {
      found = bucket
      if below + bucket.count >= rank { break }
      below += bucket.count
    }
    if found.upper == .infinity { return .above(found.lower) }
    // Observations that are no numbers count, and lie in no bucket.
    if below + found.count < rank { return .value(found.upper) }
    if found.lower == -.infinity {
      guard found.upper > 0 else { return .value(found.upper) }
      found.lower = 0
    }
    if found.lower < 0, found.upper > 0 {
      if !filled.contains(where: { $0.upper <= found.lower }) { found.lower = 0 }
      if !filled.contains(where: { $0.lower >= found.upper }), found.lower < 0 { found.upper = 0 }
    }
    let part = max(0, rank - below) / found.count
    guard isExponential, found.lower > 0 || found.upper < 0 else {
      return .value(found.lower + (found.upper - found.lower) * part)
    }
    let (lower, upper) = (log2(abs(found.lower)), log2(abs(found.upper)))
    return .value(
      found.lower > 0
        ? exp2(lower + (upper - lower) * part) : -exp2(upper + (lower - upper) * (1 - part)))
  }

  /// Whether the bounds grow by one of the factors 2^(2^-n), n = −4 … 8, that standard schemas have.
  private var isExponential: Bool {
    let ratios = buckets.compactMap { bucket in
      bucket.lower > 0 && bucket.upper.isFinite
        ? bucket.upper / bucket.lower
        : bucket.upper < 0 && bucket.lower.isFinite ? bucket.lower / bucket.upper : nil
    }
    guard let ratio = ratios.max() else { return false }
    let schema = (-log2(log2(ratio))).rounded()
    let standard = exp2(exp2(-schema))
    return (-4...8).contains(schema) && ratios.allSatisfy { abs($0 / standard - 1) < 1e-9 }
  }
}

/// What a histogram says of a quantile.
enum BucketQuantile: Equatable {
  /// An estimate.
  case value(Double)
  /// It lies above the last bound, nobody knows how far.
  case above(Double)
  /// Nothing was observed, or the buckets are none.
  case none
}

/// A histogram of cumulative buckets.
struct BucketHistogram {
  /// Whether a bucket had to be raised to the one below it, beyond what rounding explains.
  private(set) var isCorrected = false
  private var buckets: [(bound: Double, count: Double)]

  /// Takes buckets in any order; those of one bound are added up.
  ///
  /// A count below that of a smaller bound is raised to it, as Prometheus does: snapshots of several processes, or one taken
  /// while it was written, need not agree.
  init(_ counts: [Double: Double]) {
    buckets = counts.map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
    for (index, bucket) in buckets.enumerated().dropFirst() {
      let before = buckets[index - 1].count
      let difference = abs(before - bucket.count)
      if difference == 0 { continue }
      let isRounding = difference / (abs(before) + abs(bucket.count)) < 1e-12
      if isRounding || bucket.count < before { buckets[index].count = before }
      if !isRounding, bucket.count < before { isCorrected = true }
    }
  }

  /// The number of observations; nil without the bucket that has all of them.
  var count: Double? { buckets.last.flatMap { $0.bound == .infinity ? $0.count : nil } }

  /// A quantile by Prometheus' `histogram_quantile`: linear within a bucket, from 0 in the first where its bound is above 0;
  /// where that is not, its bound. There Prometheus gives the last bound for what lies above it.
  /// - Parameter share: 0 … 1.
  func quantile(_ share: Double) -> BucketQuantile {
    guard buckets.count >= 2, let observations = count, observations > 0 else { return .none }
    var rank = share * observations
    let index = buckets.firstIndex { $0.count >= rank } ?? buckets.count - 1
    if index == buckets.count - 1 { return .above(buckets[index - 1].bound) }
    var bucket = buckets[index]
    if index == 0, bucket.bound <= 0 { return .value(bucket.bound) }
    let end = bucket.bound
    let start = index > 0 ? buckets[index - 1].bound : 0
    if index > 0 {
      bucket.count -= buckets[index - 1].count
      rank -= buckets[index - 1].count
    }
    // The 0th percentile of a histogram whose first bucket is empty.
    guard bucket.count > 0 else { return .value(start) }
    return .value(start + (end - start) * (rank / bucket.count))
  }
}
