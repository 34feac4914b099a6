package import SLOHistory
package import SLOModel
package import SLOStatistics

/// Two sides, side by side: the answer to a `ComparisonQuestion`.
package struct SideBySide: Sendable {
  /// The answer as the process's exit code. A comparison is no gate, unless it is asked to be one.
  package enum Code: Int32, Sendable {
    /// What both sides have was compared.
    case compared = 0
    /// The side after is worse with certainty, and that was to be reported.
    case regression = 2
    /// Something could not be compared: nothing in common, or only at different sizings. Where a regression was to be
    /// reported, also a profile with too little history to find one.
    case inconclusive = 3
  }

  /// The side compared with.
  package var before: ComparisonSide
  /// The side asked about.
  package var after: ComparisonSide
  /// What was compared, one part a service, profile and sizing.
  package var cohorts: [CohortComparison]
  /// What was not, because the sizings differ.
  package var refused: [CohortPair]
  /// What only the side before has.
  package var onlyBefore: [CohortPairing.UnpairedRuns]
  /// What only the side after has.
  package var onlyAfter: [CohortPairing.UnpairedRuns]
  /// What a person should know and no figure says.
  package var notices: [String]

  /// Whether any part was measured at different sizings, so that its changes are of the environment as well.
  package var isAcrossEnvironments: Bool { cohorts.contains(where: \.isAcrossEnvironments) }

  /// Every series compared.
  package var series: [ComparedFinding] { cohorts.flatMap(\.series) }

  /// The exit code. What could not be compared goes before a regression.
  /// - Parameter failsOnRegression: whether a regression is more than a figure.
  package func code(failsOnRegression: Bool) -> Code {
    if !refused.isEmpty || cohorts.allSatisfy(\.series.isEmpty) { return .inconclusive }
    guard failsOnRegression else { return .compared }
    let isJudged = cohorts.allSatisfy { $0.series.contains { $0.isTracked && $0.difference.p != nil } }
    return !isJudged ? .inconclusive : series.contains(where: \.isRegression) ? .regression : .compared
  }
}

/// One service under one profile at one sizing, or across two, on both sides.
package struct CohortComparison: Sendable {
  /// The service.
  package var service: String
  /// The profile.
  package var profile: String
  /// The sizing before.
  package var environmentBefore: Environment
  /// The sizing after.
  package var environmentAfter: Environment
  /// How many runs there are before.
  package var runsBefore: Int
  /// How many runs there are after.
  package var runsAfter: Int
  /// The fields in which the sizings differ.
  package var sizing: [FieldDelta]
  /// The fields in which the tuning knobs differ.
  package var settings: [FieldDelta]
  /// The fields in which the hosts differ.
  package var facts: [FieldDelta]
  /// The commits that show how much runs differ where nothing changed, oldest first.
  package var commits: [ReferenceCommit]
  /// The series that both sides have, in order.
  package var series: [ComparedFinding]
  /// The distributions that both sides kept, in order.
  package var distributions: [DistributionShift]
  /// The series only the side before has.
  package var onlyBefore: [Series]
  /// The series only the side after has.
  package var onlyAfter: [Series]

  /// Whether the sides were measured at different sizings.
  package var isAcrossEnvironments: Bool { !sizing.isEmpty }

  /// How many more comparable commits it takes to distinguish a change from noise.
  package var missingCommits: Int { max(0, DifferenceTest.fewestCommits - commits.count) }
}

/// One series on both sides.
package struct ComparedFinding: Sendable {
  /// What a change comes to.
  package enum Outcome: String, Sendable, CaseIterable {
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
  package var series: Series
  /// The unit of every value.
  package var unit: MetricUnit
  /// Which way it is better, nil where neither is.
  package var better: Direction?
  /// The value of each run before.
  package var before: [Double]
  /// The value of each run after.
  package var after: [Double]
  /// What the statistics say.
  package var difference: Difference
  /// Whether it is one of those that a check holds against the history: `max` is one request, `avg` follows `med`.
  package var isTracked: Bool
  /// Whether it is worse with certainty: one of the telling series, by Holm's rule over these at
  /// `ComparisonPolicy.familyErrorRate`, and by more than the floors of a check.
  package var isRegression = false

  /// What the change comes to.
  package var outcome: Outcome {
    guard difference.p != nil else { return .unjudged }
    guard difference.isSignificant, let change = difference.change?.absolute, change != 0 else {
      return .same
    }
    return better.map { ($0 == .lower) == (change > 0) ? .worse : .better } ?? .changed
  }
}

/// How the samples of one metric lie on both sides, of all runs of a side together.
package struct DistributionShift: Sendable {
  /// The quantiles compared.
  package static let quantiles = [0.5, 0.9, 0.95, 0.99]

  /// The endpoint.
  package var endpoint: String
  /// The metric, spelled as in `Series.metric`.
  package var metric: String
  /// The unit of every value.
  package var unit: MetricUnit
  /// Which way it is better, nil where neither is.
  package var better: Direction?
  /// How many samples there are before.
  package var samplesBefore: Int
  /// How many samples there are after.
  package var samplesAfter: Int
  /// The shift of each of `quantiles`.
  package var shifts: [QuantileShift]
}
