import SLOSupport
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics

/// A comparison as JSON, schema `slogate.compare/v1`: keys may be added, never renamed or removed.
package func jsonReport(of comparison: SideBySide, failsOnRegression: Bool = false) -> String {
  JSONText.object([
    ("schema", .string("slogate.compare/v1")),
    ("exit_code", .int(Int(comparison.code(failsOnRegression: failsOnRegression).rawValue))),
    ("across_environments", .bool(comparison.isAcrossEnvironments)),
    ("a", json(of: comparison.before)), ("b", json(of: comparison.after)),
    ("cohorts", .array(comparison.cohorts.map(json))),
    ("refused", .array(comparison.refused.map(json))),
    ("only_a", .array(comparison.onlyBefore.map(json))), ("only_b", .array(comparison.onlyAfter.map(json))),
    ("summary", summary(of: comparison)),
    ("notices", .array(comparison.notices.map { .string($0) })),
  ]).document
}

private func json(of side: ComparisonSide) -> JSONText {
  .object([
    ("name", .string(side.name)), ("kind", .string(side.kind.rawValue)),
    (
      "commit",
      side.commit.map { commit in
        .object([
          ("sha", .string(commit.sha)), ("branch", .string(commit.branch)),
          ("committed_at", .string(commit.committedAt?.description)),
        ])
      } ?? .null
    ),
    (
      "runs",
      .array(
        side.runs.map { run in
          .object([
            ("id", .string(run.id.description)), ("service", .string(run.service)),
            ("profile", .string(run.profile)), ("fingerprint", .string(run.environment.fingerprint)),
            ("source", .string(run.reading.source.path)),
            ("started_at", .string(run.reading.startedAt?.description)),
            ("settings", .object(run.settings)), ("facts", .object(run.reading.facts)),
            ("failure", .string(run.reading.failure)),
          ])
        })
    ),
  ])
}

private func json(of cohort: CohortComparison) -> JSONText {
  .object([
    ("service", .string(cohort.service)), ("profile", .string(cohort.profile)),
    ("across_environments", .bool(cohort.isAcrossEnvironments)),
    ("a", side(cohort.environmentBefore, cohort.runsBefore)),
    ("b", side(cohort.environmentAfter, cohort.runsAfter)),
    ("sizing_delta", .array(cohort.sizing.map(json))), ("settings_delta", .array(cohort.settings.map(json))),
    ("facts_delta", .array(cohort.facts.map(json))),
    (
      "noise",
      .object([
        ("commits", .array(cohort.commits.map { .string($0.sha) })),
        ("needed", .int(DifferenceTest.fewestCommits)), ("missing", .int(cohort.missingCommits)),
      ])
    ),
    ("series", .array(cohort.series.map(json))),
    ("distributions", .array(cohort.distributions.map(json))),
    ("only_a", .array(cohort.onlyBefore.map(json))), ("only_b", .array(cohort.onlyAfter.map(json))),
  ])
}

private func side(_ environment: Environment, _ runs: Int) -> JSONText {
  .object([
    ("environment", .string(environment.name)), ("fingerprint", .string(environment.fingerprint)),
    ("sizing", .object(environment.sizing)), ("runs", .int(runs)),
  ])
}

private func json(of delta: FieldDelta) -> JSONText {
  .object([
    ("field", .string(delta.field)), ("a", .array(delta.before.map { .string($0) })),
    ("b", .array(delta.after.map { .string($0) })),
  ])
}

private func json(of finding: ComparedFinding) -> JSONText {
  let difference = finding.difference
  return .object(
    names(of: finding.series) + [
      ("unit", .string(finding.unit.rawValue)), ("better", .string(finding.better?.rawValue)),
      ("a", side(difference.before, finding.before, difference.spreadBefore)),
      ("b", side(difference.after, finding.after, difference.spreadAfter)),
      (
        "change",
        difference.change.map {
          .object([("absolute", .number($0.absolute)), ("relative", .number($0.relative))])
        } ?? .null
      ),
      (
        "interval",
        difference.interval.map {
          .object([
            ("confidence", .number(DifferenceTest.confidence)), ("absolute", json(of: $0.absolute)),
            ("relative", json(of: $0.relative)),
          ])
        } ?? .null
      ),
      ("commits", .int(difference.commits)), ("p_value", .number(difference.p)),
      ("q_value", .number(difference.q)), ("significant", .bool(difference.isSignificant)),
      ("telling", .bool(finding.isTracked)), ("regression", .bool(finding.isRegression)),
      ("outcome", .string(finding.outcome.rawValue)),
    ])
}

private func side(_ value: Double?, _ repetitions: [Double], _ spread: ClosedRange<Double>?) -> JSONText {
  .object([
    ("value", .number(value)), ("repetitions", .array(repetitions.map { .number($0) })),
    ("spread_within_session", json(of: spread)),
  ])
}

private func json(of shift: DistributionShift) -> JSONText {
  .object([
    ("endpoint", .string(shift.endpoint)), ("metric", .string(shift.metric)),
    ("unit", .string(shift.unit.rawValue)), ("samples_a", .int(shift.samplesBefore)),
    ("samples_b", .int(shift.samplesAfter)),
    (
      "quantiles",
      .array(
        shift.shifts.map {
          .object([
            ("quantile", .number($0.quantile)), ("a", .number($0.before)), ("b", .number($0.after)),
            ("relative", .number($0.relative)), ("accuracy", json(of: $0.relativeBounds)),
          ])
        })
    ),
  ])
}

private func json(of pair: CohortPair) -> JSONText {
  .object([
    ("service", .string(pair.key.service)), ("profile", .string(pair.key.profile)),
    ("runs_a", .int(pair.before.count)), ("runs_b", .int(pair.after.count)),
    ("sizing_delta", .array(pair.sizingDelta.map(json))),
  ])
}

private func json(of cohort: CohortPairing.UnpairedRuns) -> JSONText {
  .object([
    ("service", .string(cohort.service)), ("profile", .string(cohort.profile)),
    ("sizing", .object(cohort.environment.sizing)), ("runs", .int(cohort.runs)),
  ])
}

private func json(of series: Series) -> JSONText { .object(names(of: series)) }

private func names(of series: Series) -> [(String, JSONText)] {
  [
    ("endpoint", .string(series.endpoint)), ("metric", .string(series.metric)),
    ("statistic", .string(series.statistic.rawValue)),
  ]
}

private func json(of range: ClosedRange<Double>?) -> JSONText {
  range.map { .array([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
}

private func summary(of comparison: SideBySide) -> JSONText {
  let outcomes = Dictionary(grouping: comparison.series, by: \.outcome).mapValues(\.count)
  return .object(
    [("compared", .int(comparison.series.count))]
      + ComparedFinding.Outcome.allCases.map { ($0.rawValue, .int(outcomes[$0] ?? 0)) }
      + [
        ("regressions", .int(comparison.series.count(where: \.isRegression))),
        ("telling", counts(comparison.series.filter(\.isTracked))),
      ])
}

/// How many series there are, and how many of each outcome.
private func counts(_ series: [ComparedFinding]) -> JSONText {
  let outcomes = Dictionary(grouping: series, by: \.outcome).mapValues(\.count)
  return .object(
    [("compared", .int(series.count))]
      + ComparedFinding.Outcome.allCases.map { ($0.rawValue, .int(outcomes[$0] ?? 0)) })
}
