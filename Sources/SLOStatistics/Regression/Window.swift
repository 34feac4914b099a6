/// The references a candidate is judged against, and the candidate's value: what is finite and recent enough.
struct Window {
  /// The index of each reference in `Candidate.references`.
  let indices: [Int]
  /// The references, oldest first.
  let references: [Double]
  /// The place in `references` where the level that the caller knows of starts; 0 without one.
  let levelStart: Int
  /// The candidate's repetitions; never empty.
  let repetitions: [Double]
  /// Their median.
  let value: Double

  /// - Returns: nil where there are too few references, none of the level that is known to be the current one,
  ///   or no repetition to judge.
  init?(of candidate: Candidate, policy: RegressionPolicy) {
    let all = candidate.references.indices
    let isFinite = { candidate.references[$0].isFinite }
    let finite = all.allSatisfy(isFinite) ? Array(all) : all.filter(isFinite)
    indices = Array(finite.suffix(max(2, policy.window)))
    references = indices.map { candidate.references[$0] }
    let known = candidate.levelStart ?? 0
    levelStart = indices.firstIndex { $0 >= known } ?? indices.count
    repetitions = candidate.values.filter(\.isFinite)
    guard references.count >= max(2, policy.minimumReferences), levelStart < references.count,
      !repetitions.isEmpty
    else { return nil }
    value = SortedSample(sorting: repetitions).median
  }
}

extension Judgement {
  /// What is known of a candidate nobody can judge.
  init(insufficient candidate: Candidate) {
    let first = min(max(0, candidate.levelStart ?? 0), candidate.references.count)
    let references = SortedSample(candidate.references[first...].filter(\.isFinite))
    self.init(
      outcome: .insufficient, value: SortedSample(candidate.values.filter(\.isFinite))?.median,
      references: references?.values.count ?? 0, levelStart: first)
    describe(level: references)
  }

  /// What anybody can check of the level found in a window.
  init(of window: Window, level: Level) {
    self.init(
      outcome: .none, value: window.value, references: level.values.count,
      levelStart: window.indices[level.start], outsiders: level.outsiders.map { window.indices[$0] })
    describe(level: SortedSample(sorting: window.references[level.start...]))
  }

  private mutating func describe(level: SortedSample?) {
    guard let level else { return }
    typical = level.median
    noise = 1.4826 * level.medianAbsoluteDeviation
    if let value { change = Change(value - level.median, from: level.median) }
  }
}
