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

  /// The same for several candidates, all of whose repetitions tell what happens within a run.
  static func variances(_ variance: Double, of candidates: [[Double]], references: [[Double]]) -> [Double] {
    let known = references.filter { !$0.isEmpty }
    let isUnlike = candidates.map { candidate in known.contains { $0.count != candidate.count } }
    guard isUnlike.contains(true), let within = withinVariance(of: known + candidates) else {
      return candidates.map { _ in variance }
    }
    let share = known.reduce(0) { $0 + self.share(of: $1.count) } / Double(known.count)
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
