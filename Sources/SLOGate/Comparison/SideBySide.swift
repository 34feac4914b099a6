public import SLOHistory
public import SLOModel
public import SLOStatistics

/// Two sides, side by side: the answer to a `ComparisonQuestion`.
public struct SideBySide: Sendable {
  /// The answer as the process's exit code. A comparison is no gate, unless it is asked to be one.
  public enum Code: Int32, Sendable {
    /// What both sides have was compared.
    case compared = 0
    /// The side after is worse with certainty, and that was to be reported.
    case regression = 2
    /// Something could not be compared: nothing in common, or only at different sizings. Where a regression was to be
    /// reported, also a profile with too little history to find one.
    case inconclusive = 3
  }

  /// The side compared with.
  public var before: ComparisonSide
  /// The side asked about.
  public var after: ComparisonSide
  /// What was compared, one part a service, profile and sizing.
  public var cohorts: [CohortComparison]
  /// What was not, because the sizings differ.
  public var refused: [CohortPair]
  /// What only the side before has.
  public var onlyBefore: [CohortPairing.UnpairedRuns]
  /// What only the side after has.
  public var onlyAfter: [CohortPairing.UnpairedRuns]
  /// What a person should know and no figure says.
  public var notices: [String]

  /// Whether any part was measured at different sizings, so that its changes are of the environment as well.
  public var isAcrossEnvironments: Bool { cohorts.contains(where: \.isAcrossEnvironments) }

  /// Every series compared.
  public var series: [ComparedFinding] { cohorts.flatMap(\.series) }

  /// The exit code. What could not be compared goes before a regression.
  /// - Parameter failsOnRegression: whether a regression is more than a figure.
  public func code(failsOnRegression: Bool) -> Code {
    if !refused.isEmpty || cohorts.allSatisfy(\.series.isEmpty) { return .inconclusive }
    guard failsOnRegression else { return .compared }
    let isJudged = cohorts.allSatisfy { $0.series.contains { $0.isTelling && $0.difference.p != nil } }
    return !isJudged ? .inconclusive : series.contains(where: \.isRegression) ? .regression : .compared
  }
}

/// One service under one profile at one sizing, or across two, on both sides.
public struct CohortComparison: Sendable {
  /// The service.
  public var service: String
  /// The profile.
  public var profile: String
  /// The sizing before.
  public var environmentBefore: Environment
  /// The sizing after.
  public var environmentAfter: Environment
  /// How many runs there are before.
  public var runsBefore: Int
  /// How many runs there are after.
  public var runsAfter: Int
  /// The fields in which the sizings differ.
  public var sizing: [FieldDelta]
  /// The fields in which the tuning knobs differ.
  public var settings: [FieldDelta]
  /// The fields in which the hosts differ.
  public var facts: [FieldDelta]
  /// The commits that show how much runs differ where nothing changed, oldest first.
  public var commits: [ReferenceCommit]
  /// The series that both sides have, in order.
  public var series: [ComparedFinding]
  /// The distributions that both sides kept, in order.
  public var distributions: [DistributionShift]
  /// The series only the side before has.
  public var onlyBefore: [Series]
  /// The series only the side after has.
  public var onlyAfter: [Series]

  /// Whether the sides were measured at different sizings.
  public var isAcrossEnvironments: Bool { !sizing.isEmpty }

  /// How many more comparable commits it takes to distinguish a change from noise.
  public var missingCommits: Int { max(0, DifferenceTest.fewestCommits - commits.count) }
}

/// One series on both sides.
public struct ComparedFinding: Sendable {
  /// What a change comes to.
  public enum Outcome: String, Sendable, CaseIterable {
    /// Significantly worse.
    case worse
    /// Significantly better.
    case better
    /// Significantly different, where neither way is better.
    case changed
    /// No more than runs differ.
    case same
    /// Too little history to know.
    case unjudged
  }

  /// What was measured.
  public var series: Series
  /// The unit of every value.
  public var unit: MetricUnit
  /// Which way it is better, nil where neither is.
  public var better: Direction?
  /// The value of each run before.
  public var before: [Double]
  /// The value of each run after.
  public var after: [Double]
  /// What the statistics say.
  public var difference: Difference
  /// Whether it is one of those that a check holds against the history: `max` is one request, `avg` follows `med`.
  public var isTelling: Bool
  /// Whether it is worse with certainty: one of the telling series, by Holm's rule over these at
  /// `ComparisonPolicy.familyErrorRate`, and by more than the floors of a check.
  public var isRegression = false

  /// What the change comes to.
  public var outcome: Outcome {
    guard difference.p != nil else { return .unjudged }
    guard difference.isSignificant, let change = difference.change?.absolute, change != 0 else {
      return .same
    }
    return better.map { ($0 == .lower) == (change > 0) ? .worse : .better } ?? .changed
  }
}

/// How the samples of one metric lie on both sides, of all runs of a side together.
public struct DistributionShift: Sendable {
  /// The quantiles compared.
  public static let quantiles = [0.5, 0.9, 0.95, 0.99]

  /// The endpoint.
  public var endpoint: String
  /// The metric, spelled as in `Series.metric`.
  public var metric: String
  /// The unit of every value.
  public var unit: MetricUnit
  /// Which way it is better, nil where neither is.
  public var better: Direction?
  /// How many samples there are before.
  public var samplesBefore: Int
  /// How many samples there are after.
  public var samplesAfter: Int
  /// The shift of each of `quantiles`.
  public var shifts: [QuantileShift]
}
