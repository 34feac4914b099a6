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

  /// Takes all values for members: of a few, nothing shows that one is not.
  init(ofAll sample: SortedSample) {
    let values = sample.values
    // Halves of large values are added: their sum may be infinite.
    let count = Double(values.count)
    location = values.reduce(0) { $0 + $1 / count }
    sumOfSquares = values.reduce(0) { [location] in $0 + ($1 - location) * ($1 - location) }
    members = values[0]...values[values.count - 1]
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
  /// whose width shows how runs scatter, as the members do.
  private func squares(outside values: ArraySlice<Double>, _ bound: Double) -> Double {
    guard values.count >= MainCluster.modeSize else { return Double(values.count) * bound * bound }
    let centre = values[values.startIndex + values.count / 2]
    return values.reduce(0) { sum, value in
      let residual = min(abs(value - centre), bound)
      return sum + residual * residual
    }
  }
}

/// How the number of repetitions changes the noise of a run's median.
enum RepetitionNoise {
  /// The variance of the median of `count` repetitions, as a share of one repetition's.
  static func share(of count: Int) -> Double {
    count < 3 ? 1 / Double(max(1, count)) : Double.pi / 2 / (Double(count) + 0.5)
  }

  /// The variance of a candidate's median about its run's true value plus that of the run, from the variance
  /// of the references' medians. The same where both rest on as many repetitions: then what happens within a
  /// run is part of `variance` already. Repetitions of one run are never independent of each other.
  /// - Parameters:
  ///   - variance: of the references' medians from run to run.
  ///   - candidate: the candidate's repetitions.
  ///   - references: those behind each reference; nil where they are not known.
  static func variance(_ variance: Double, candidate: [Double], references: [[Double]]?) -> Double {
    guard let references else { return variance }
    return variances(variance, of: [candidate], references: references).first ?? variance
  }

  /// The same for several candidates, all of whose repetitions show what happens within a run. Where one commit was
  /// repeated often and scattered widely, that is no more than the medians of all commits leave room for, twice over.
  static func variances(_ variance: Double, of candidates: [[Double]], references: [[Double]]) -> [Double] {
    let known = references.filter { !$0.isEmpty }
    let isUnlike = candidates.map { candidate in known.contains { $0.count != candidate.count } }
    guard isUnlike.contains(true), let pooled = withinVariance(of: known + candidates) else {
      return candidates.map { _ in variance }
    }
    let share = known.reduce(0) { $0 + self.share(of: $1.count) } / Double(known.count)
    let within = min(pooled, 2 * variance / share)
    let between = max(variance - within * share, variance / 4)
    return zip(candidates, isUnlike).map {
      $1 ? between + within * self.share(of: $0.count) : variance
    }
  }

  /// The variance of one repetition inside its run, pooled; nil where no run was repeated.
  static func withinVariance(of runs: [[Double]]) -> Double? {
    let repeated = runs.filter { $0.count > 1 }
    let freedom = repeated.reduce(0) { $0 + $1.count - 1 }
    guard freedom > 0 else { return nil }
    return repeated.reduce(0) { $0 + squares(of: $1) } / Double(freedom)
  }

  private static func squares(of run: [Double]) -> Double {
    let mean = run.reduce(0, +) / Double(run.count)
    return run.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}
