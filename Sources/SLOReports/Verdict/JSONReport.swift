import SLOBudgets
import SLODigest
public import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics

/// The verdict as JSON, schema `slogate.verdict/v1`: keys may be added, never renamed or removed.
public func jsonReport(of verdict: Verdict) -> String {
  JSONText.object([
    ("schema", .string("slogate.verdict/v1")),
    ("verdict", .string(verdict.outcome.rawValue)),
    ("exit_code", .int(Int(verdict.code.rawValue))),
    ("service", .string(verdict.service)),
    ("commit", json(of: verdict.commit, reference: verdict.reference)),
    ("environment", json(of: verdict.environment)),
    ("runs", .array(verdict.runs.map(json))),
    ("comparisons", .array(verdict.comparisons.map(json))),
    ("findings", .array(verdict.findings.map(json))),
    ("rules", .array(verdict.rules.map(json))),
    ("common_factors", .array(verdict.commonFactors.map(json))),
    ("budget_changes", verdict.budgetReview.map { .object(members(of: $0)) } ?? .null),
    ("summary", summary(of: verdict)),
    ("inconclusive_because", .array(verdict.gaps.map { .string($0) })),
    ("warnings", .array(verdict.warnings.map { .string($0) })),
    ("notices", .array(verdict.notices.map { .string($0) })),
  ]).document
}

private func json(of commit: Commit, reference: String) -> JSONText {
  .object([
    ("sha", .string(commit.sha)), ("branch", .string(commit.branch)), ("reference", .string(reference)),
  ])
}

/// A sizing, in every report that has one.
func json(of environment: Environment) -> JSONText {
  .object([
    ("name", .string(environment.name)), ("fingerprint", .string(environment.fingerprint)),
    ("sizing", .object(environment.sizing)),
  ])
}

private func json(of judged: Verdict.JudgedRun) -> JSONText {
  let run = judged.run
  let source = run.reading.source
  return .object([
    ("id", .string(run.id.description)), ("profile", .string(run.profile)),
    ("repetition", .int(judged.repetition)),
    (
      "source",
      .object([
        ("path", .string(source.path)), ("format", .string(source.format)),
        ("sha256", .string(source.sha256)),
        ("part", .int(source.part)),
      ])
    ),
    ("started_at", .string(run.reading.startedAt?.description)),
    ("duration_seconds", .number(run.reading.duration)),
    ("fingerprint", .string(run.environment.fingerprint)), ("settings", .object(run.settings)),
    ("facts", .object(run.reading.facts)), ("failure", .string(run.reading.failure)),
  ])
}

private func json(of comparison: ReferenceComparison) -> JSONText {
  .object([
    ("profile", .string(comparison.profile)),
    ("references", .array((comparison.window?.commits ?? []).map { .string($0.sha) })),
    (
      "left_out",
      .array(
        comparison.leftOut.map { .object([("reason", .string($0.reason)), ("runs", .int($0.runs))]) })
    ),
    (
      "sizing_delta",
      .array(
        comparison.sizingDelta.map {
          .object([("field", .string($0.field)), ("now", .string($0.now)), ("then", .string($0.then))])
        })
    ),
    ("obstacle", .string(comparison.obstacle)),
  ])
}

func json(of finding: Finding) -> JSONText {
  .object([
    ("profile", .string(finding.series.profile)), ("endpoint", .string(finding.series.endpoint)),
    ("metric", .string(finding.series.metric)), ("statistic", .string(finding.series.statistic.rawValue)),
    ("unit", .string(finding.unit.rawValue)), ("value", .number(finding.value)),
    ("repetitions", .array(finding.repetitions.map { .number($0) })),
    ("samples", finding.samples.map { .int($0) } ?? .null),
    ("budget", finding.budget.map(json) ?? .null),
    ("regression", finding.regression.map(json) ?? .null),
    ("creep", finding.creep.map(json) ?? .null),
    ("thresholds", .array(finding.thresholds.map(json))),
    ("outcome", .string(finding.outcome.rawValue)),
  ])
}

private func json(of budget: BudgetFinding) -> JSONText {
  let waiver = budget.waiver.map { waiver in
    JSONText.object([
      ("until", .string(waiver.until)), ("owner", .string(waiver.owner)),
      ("reason", .string(waiver.reason)), ("max", .number(waiver.bound)),
    ])
  }
  let place = budget.limit.writtenPlace
  return .object([
    ("outcome", .string(budget.outcome.rawValue)),
    ("operator", .string(budget.limit.comparison.rawValue)), ("limit", .number(budget.limit.bound)),
    ("severity", .string(budget.limit.severity.rawValue)), ("file", .string(place?.file)),
    ("line", place.map { .int($0.line) } ?? .null), ("owner", .string(budget.limit.owner)),
    ("waiver", waiver ?? .null), ("remedy", .string(budget.remedy)),
  ])
}

private func json(of regression: RegressionFinding) -> JSONText {
  let judgement = regression.judgement
  return .object([
    ("outcome", .string(regression.outcome.rawValue)), ("blocks", .bool(regression.effect == .blocks)),
    ("typical", .number(judgement?.typical)), ("noise", .number(judgement?.noise)),
    ("change", .number(judgement?.change?.relative)),
    ("change_absolute", .number(judgement?.change?.absolute)),
    ("limit", .number(judgement?.limit)),
    ("p_value", .number(judgement?.p)), ("q_value", .number(judgement?.q)),
    ("references", .int(regression.references)), ("detectable", .number(judgement?.detectable?.relative)),
    ("seen_before", .array(regression.seenBefore.map { .string($0) })),
    ("suspicious", .bool(judgement?.isSuspicious ?? false)),
    ("level", regression.level.map(json) ?? .null),
  ])
}

private func json(of level: ReferenceLevel) -> JSONText {
  let ground =
    switch level.ground {
    case .accepted: "accepted"
    case .confirmed: "confirmed"
    case .likely: "likely"
    }
  let acceptance = level.acceptance.map { acceptance in
    JSONText.object([
      ("commit", .string(acceptance.commit)), ("by", .string(acceptance.by)),
      ("reason", .string(acceptance.reason)), ("at", .string(acceptance.at.description)),
    ])
  }
  return .object([
    ("since", .string(level.since?.sha)), ("last_before", .string(level.last?.sha)),
    ("before", .number(level.before)), ("after", .number(level.after)), ("change", .number(level.change)),
    ("ground", .string(ground)), ("acceptance", acceptance ?? .null),
  ])
}

private func json(of creep: CreepFinding) -> JSONText {
  .object([
    ("anchor", .string(creep.anchor)), ("outcome", .string(creep.outcome.rawValue)),
    ("blocks", .bool(creep.effect == .blocks)), ("value", .number(creep.value)),
    ("typical", .number(creep.judgement.typical)), ("change", .number(creep.judgement.change?.relative)),
    ("max", .number(creep.maximum)), ("p_value", .number(creep.judgement.p)),
    ("q_value", .number(creep.judgement.q)), ("references", .int(creep.judgement.references)),
  ])
}

private func json(of threshold: Reading.Threshold) -> JSONText {
  .object([
    ("expression", .string(threshold.expression)), ("passed", threshold.passed.map { .bool($0) } ?? .null),
    ("measured", .bool(threshold.isMeasured)), ("value", .number(threshold.observed)),
  ])
}

private func json(of common: Verdict.CommonFactorFinding) -> JSONText {
  .object([
    ("profile", .string(common.profile)), ("factor", .number(common.factor.factor)),
    ("taken_out", .bool(common.factor.wasTakenOut)), ("p_value", .number(common.factor.judgement.p)),
    ("blocks", .bool(common.blocks)), ("warns", .bool(common.warns)),
  ])
}

private func summary(of verdict: Verdict) -> JSONText {
  let count = verdict.outcomes
  return .object([
    ("evaluated", .int(verdict.evaluated)), ("over", .int(count[.over] ?? 0)),
    ("regressed", .int((count[.regressed] ?? 0) + verdict.commonFactors.count { $0.blocks })),
    ("warned", .int(count[.warn] ?? 0)),
    ("waived", .int(count[.waived] ?? 0)), ("missing", .int(count[.missing] ?? 0)),
    ("improved", .int(count[.improved] ?? 0)), ("compared", .int(verdict.compared)),
    ("detectable", .number(verdict.detectable?.best)),
    ("unbudgeted", .array(verdict.unbudgeted.map { .string($0) })),
  ])
}
