/// The current level of a series: where it starts, where it lies and how it scatters.
struct Level {
  /// Half width, in scales, of "this value was there before", for many outsiders; twice that for one.
  private static let seen = 1.4

  /// The index of its first value.
  let start: Int
  /// Its values.
  let values: ArraySlice<Double>
  /// Its centre.
  let location: Double
  /// The standard deviation of one value about the centre.
  let scale: Double
  /// The sum of squares behind the scale, before it is blended with what was expected.
  let sumOfSquares: Double
  /// The degrees of freedom of that sum; an old level in the window lends its own.
  let degreesOfFreedom: Double
  /// The distribution of a new value, in scales.
  let student: StudentDistribution
  /// Whether the values are few distinct ones: rounded, or constant.
  let isCoarse: Bool
  private let members: ClosedRange<Double>?

  /// Fits the current level of one value or more.
  /// - Parameters:
  ///   - levels: the values on the scale the series is judged on.
  ///   - prior: what is expected of their scatter; coarse values have their rounding instead.
  ///   - coarseness: of the same values; nil where they are finely written.
  ///   - fewest: fewer values than this have no main cluster; their mean and all of their squares count.
  init(of levels: LevelStart, prior: ScalePrior, coarseness: Coarseness?, fewestForCluster fewest: Int = 0) {
    let values = levels.values
    let prior = coarseness == nil ? prior : .none
    let rounding = coarseness.map { ScalePrior(scale: $0.rounding, weight: 1, givesWay: false) }
    func cluster(_ sample: SortedSample) -> MainCluster {
      sample.values.count < fewest
        ? MainCluster(ofAll: sample) : MainCluster(of: sample, prior: rounding ?? prior)
    }
    start = levels.index(prior: prior)
    self.values = values[start...]
    let current = levels.sorted(from: start)
    let main = cluster(current)
    var squares = main.sumOfSquares
    if start > 0 { squares += cluster(SortedSample(sorting: values[..<start])).sumOfSquares }
    let freedom = Double(max(1, values.count - (start > 0 ? 2 : 1)))
    location = coarseness?.isMostlyOneValue == true ? current.median : main.location
    scale =
      rounding.map { max($0.scale, $0.mean(squares, degreesOfFreedom: freedom)) }
      ?? prior.blended(squares, degreesOfFreedom: freedom)
    sumOfSquares = squares
    degreesOfFreedom = freedom
    student = StudentDistribution(degreesOfFreedom: freedom + prior.weight(besides: squares / freedom))
    isCoarse = coarseness != nil
    members = main.members
  }

  /// The indices of its values outside the main cluster.
  var outsiders: [Int] { values.indices.filter { members?.contains(values[$0]) != true } }

  /// The indices of the level's outsiders on the bad side that a value is no news next to: one near it, or two
  /// where the level is long. Empty for a value that was not there before.
  /// - Parameter sign: +1 where larger is worse, −1 where smaller is.
  func outsiders(like value: Double, sign: Double) -> [Int] {
    let outsiders = outsiders(beyond: location, sign: sign)
    guard !outsiders.isEmpty else { return [] }
    let reach = Level.seen * scale * (1 + 1 / Double(outsiders.count))
    let near = outsiders.filter { abs(value - values[$0]) <= reach }
    return near.count >= (values.count <= 20 ? 1 : 2) ? near : []
  }

  /// The indices of the level's outsiders that lie farther to the bad side than a value, or as far.
  func outsiders(beyond value: Double, sign: Double) -> [Int] {
    outsiders.filter { sign * (values[$0] - value) >= 0 }
  }
}

/// How coarsely values were written: few distinct ones say more of the rounding than of the noise.
struct Coarseness {
  /// The standard deviation the rounding alone causes, in the unit of the values; 0 for a constant.
  var rounding: Double
  /// Whether one value makes up four fifths of all, or more.
  var isMostlyOneValue: Bool

  /// - Returns: nil where more than three fifths of the values are distinct.
  init?(of sample: SortedSample) {
    let count = Double(sample.values.count)
    guard Double(sample.distinctCount) <= 0.6 * count else { return nil }
    rounding = (sample.smallestGap ?? 0) / 12.0.squareRoot()
    isMostlyOneValue = Double(sample.largestMultiplicity) >= 0.8 * count
  }

  /// The same on another scale.
  func scaled(by factor: Double) -> Coarseness {
    var scaled = self
    scaled.rounding *= factor
    return scaled
  }
}

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
  /// What is known of a candidate that cannot be judged.
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
