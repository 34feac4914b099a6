/// The references a candidate is judged against, and the candidate's value: what is finite and recent enough.
struct Window {
  /// The index of each reference in `Candidate.references`.
  let indices: [Int]
  /// The references, oldest first.
  let references: [Double]
  /// The candidate's repetitions; never empty.
  let repetitions: [Double]
  /// Their median.
  let value: Double

  /// - Returns: nil where there are too few references or no repetition to judge.
  init?(of candidate: Candidate, policy: RegressionPolicy) {
    let all = candidate.references.indices
    let isFinite = { candidate.references[$0].isFinite }
    let finite = all.allSatisfy(isFinite) ? Array(all) : all.filter(isFinite)
    indices = Array(finite.suffix(max(2, policy.window)))
    references = indices.map { candidate.references[$0] }
    repetitions = candidate.values.filter(\.isFinite)
    guard references.count >= max(2, policy.minimumReferences), !repetitions.isEmpty else { return nil }
    value = SortedSample(sorting: repetitions).median
  }
}

extension Judgement {
  /// What is known of a candidate nobody can judge.
  init(insufficient candidate: Candidate) {
    let references = SortedSample(candidate.references.filter(\.isFinite))
    self.init(
      outcome: .insufficient, value: SortedSample(candidate.values.filter(\.isFinite))?.median,
      references: references?.values.count ?? 0, levelStart: 0)
    describe(level: references)
  }

  /// What anybody can check of a level that starts at an index of the window.
  init(of window: Window, levelStart: Int) {
    self.init(
      outcome: .none, value: window.value, references: window.references.count - levelStart,
      levelStart: window.indices[levelStart])
    describe(level: SortedSample(sorting: window.references[levelStart...]))
  }

  private mutating func describe(level: SortedSample?) {
    guard let level else { return }
    typical = level.median
    noise = 1.4826 * level.medianAbsoluteDeviation
    if let value { change = Change(value - level.median, from: level.median) }
  }
}
