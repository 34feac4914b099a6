/// The main cluster of values: found from their shortest half outwards, so that a second mode or a few spikes
/// move neither its place nor its width.
struct MainCluster {
  /// Farther from the centre than this many scales, a value is no member.
  static let reject = 4.0
  /// A member's residual counts for at most this many scales.
  private static let clip = 3.0
  /// A member's pull on the centre is at most this many scales, and so large an outsider counts.
  private static let pull = 1.5
  /// From so many outsiders on one side on they are a mode of their own.
  private static let modeSize = 3

  /// The centre.
  private(set) var location: Double
  /// The sum of the members' clipped squares about it, with something for each outsider.
  private(set) var sumOfSquares = 0.0
  /// The smallest and the largest member; nil where the values are too far apart for a cluster.
  private(set) var members: ClosedRange<Double>?

  /// Finds the main cluster of one value or more.
  init(of sample: SortedSample, prior: ScalePrior) {
    let count = Double(sample.values.count)
    let half = sample.shortestHalf
    let width = (sample.values[half.upperBound - 1] - sample.values[half.lowerBound]) / 1.35
    var scale = prior.mean(count * width * width, degreesOfFreedom: count)
    location = sample.median(in: half)
    for _ in 0..<4 {
      guard admit(sample, scale: scale) else { break }
      let next = prior.mean(sumOfSquares, degreesOfFreedom: max(1, count - 1))
      if abs(next - scale) < 1e-3 * scale { break }
      scale = next
    }
  }

  /// One round: members, then a Huber step from their median, then their squares.
  private mutating func admit(_ sample: SortedSample, scale: Double) -> Bool {
    let values = sample.values
    let near = { [location] (value: Double) in abs(value - location) <= MainCluster.reject * scale }
    guard let first = values.firstIndex(where: near), let last = values.lastIndex(where: near) else {
      members = nil
      return false
    }
    members = values[first]...values[last]
    guard last > first else { return false }
    let centre = sample.median(in: first..<last + 1)
    let bound = MainCluster.pull * scale
    let pulls = values[first...last].reduce(0) { $0 + min(max($1 - centre, -bound), bound) }
    location = centre + pulls / Double(last - first + 1)
    let outside = squares(outside: values[..<first], bound) + squares(outside: values[(last + 1)...], bound)
    sumOfSquares = values[first...last].reduce(outside) { sum, value in
      let residual = min(abs(value - location), MainCluster.clip * scale)
      return sum + residual * residual
    }
    return true
  }

  /// What the outsiders of one side, rising, add to the sum: the bound each, or less in a mode of their own,
  /// which tells by its width how runs scatter, as the members do.
  private func squares(outside values: ArraySlice<Double>, _ bound: Double) -> Double {
    guard values.count >= MainCluster.modeSize else { return Double(values.count) * bound * bound }
    let centre = values[values.startIndex + values.count / 2]
    return values.reduce(0) { sum, value in
      let residual = min(abs(value - centre), bound)
      return sum + residual * residual
    }
  }
}
