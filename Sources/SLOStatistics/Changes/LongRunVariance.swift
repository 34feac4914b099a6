/// How much more the means of blocks scatter than independent values would make them: the sign that a series
/// wanders about its levels, so that two long stretches differ though nothing happened between them.
///
/// Moving blocks (Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of
/// Statistics 17, 1989) of clipped residuals.
struct LongRunVariance {
  /// The wander every series is granted: no level is constant.
  static let smallestWander = 0.02
  /// The wander never exceeded, or no small step would be found beside large ones that were missed.
  static let largestWander = 0.06
  private static let block = 16
  /// A residual counts for at most this many scales.
  private static let clip = 2.0
  /// What real series have, and how many degrees of freedom that is worth beside the series' own.
  private static let usual = (ratio: 1.3, weight: 4.0)

  /// The long-run variance over the variance; 1 where the values are independent.
  let ratio: Double

  /// The variance of the difference of two levels that no number of values takes away, in variances of one value.
  var wander: Double {
    min(max((ratio - 1) / 4, LongRunVariance.smallestWander), LongRunVariance.largestWander)
  }

  /// Estimates the ratio from the stretches between changes.
  init(of levels: [Double], changes: [Int]) {
    var sum = LongRunVariance.usual.ratio * LongRunVariance.usual.weight
    var weights = LongRunVariance.usual.weight
    for (start, end) in zip([0] + changes, changes + [levels.count]) {
      guard let ratio = LongRunVariance.ratio(in: levels[start..<end]) else { continue }
      let weight = 1.4 * (Double(end - start) / Double(LongRunVariance.block) - 1)
      sum += weight * ratio
      weights += weight
    }
    ratio = sum / weights
  }

  /// - Returns: nil for too few values, or where more than half are equal.
  private static func ratio(in values: ArraySlice<Double>) -> Double? {
    guard values.count * 2 >= block * 3 else { return nil }
    let centre = median(of: values)
    let bound = clip * 1.4826 * median(of: values.map { abs($0 - centre) })
    guard bound > 0 else { return nil }
    var residuals = values.map { min(max($0 - centre, -bound), bound) }
    let count = Double(residuals.count)
    let mean = residuals.reduce(0, +) / count
    for index in residuals.indices { residuals[index] -= mean }
    let variance = residuals.reduce(0) { $0 + $1 * $1 } / (count - 1)
    let width = Double(block)
    var sum = residuals[..<block].reduce(0, +)
    var squares = sum * sum
    for index in block..<residuals.count {
      sum += residuals[index] - residuals[index - block]
      squares += sum * sum
    }
    let blocks = count - width + 1
    return squares / blocks / width / variance / (1 - width / count)
  }
}
