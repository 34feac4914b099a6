import SLOBudgets
import SLOSupport
package import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics

/// The verdict as JSON, schema `slogate.verdict/v1`: keys may be added, never renamed or removed.
package func jsonReport(of verdict: Verdict) -> String { json(of: verdict).document }

/// The verdict as an object.
func json(of verdict: Verdict) -> JSONText {
  let answer: [(String, JSONText)] = [
    ("schema", .string("slogate.verdict/v1")),
    ("tool", .object([("name", .string(Tool.name)), ("version", .string(Tool.version))])),
    ("verdict", .string(verdict.outcome.rawValue)),
    ("exit_code", .int(Int(verdict.code.rawValue))),
    ("service", .string(verdict.service)),
    ("commit", json(of: verdict.commit, reference: verdict.reference)),
    ("environment", json(of: verdict.environment)),
    ("runs", .array(verdict.runs.map(json))), ("two_step", .bool(verdict.policy.isTwoStep)),
    ("paired_base_runs", .array(verdict.pairedBase.map(json))),
    ("confirmation_runs", .array(verdict.confirmation.map(json))),
  ]
  let judged: [(String, JSONText)] = [
    ("comparisons", .array(verdict.comparisons.map(json))),
    ("findings", .array(verdict.findings.map(json))),
    ("rules", .array(verdict.rules.map(json))),
    ("common_factors", .array(verdict.commonFactors.map(json))),
    ("budget_changes", verdict.budgetReview.map { .object(members(of: $0)) } ?? .null),
    ("summary", summary(of: verdict)),
  ]
  let remarks: [(String, JSONText)] = [
    ("inconclusive_because", .array(verdict.gaps.map { .string($0) })),
    ("warnings", .array(verdict.warnings.map { .string($0) })),
    ("notices", .array(verdict.remarks.map { .string($0) })),
    ("commits", json(of: verdict.context.commits)), ("links", json(of: verdict.context.links)),
  ]
  return .object(answer + judged + remarks)
}

private func json(of commit: Commit, reference: String) -> JSONText {
  .object([
    ("sha", .string(commit.sha)), ("branch", .string(commit.branch)), ("reference", .string(reference)),
  ])
}

/// The commits named in git's words, in the order of their SHAs.
private func json(of commits: [String: CommitDescription]) -> JSONText {
  .array(
    commits.sorted { $0.key < $1.key }.map { sha, commit in
      .object([
        ("sha", .string(sha)), ("subject", .string(commit.subject)), ("author", .string(commit.author)),
      ])
    })
}

private func json(of links: VerdictLinks) -> JSONText {
  .object([
    ("commit_base", .string(links.commitBase)), ("pull_request", .string(links.pullRequest)),
    ("build", .string(links.build)), ("artifacts", .string(links.artifacts)),
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
    ("conditions", .object(run.reading.conditions)), ("facts", .object(run.reading.facts)),
    ("failure", .string(run.reading.failure)),
  ])
}

private func json(of comparison: ReferenceComparison) -> JSONText {
  .object([
    ("profile", .string(comparison.profile)),
    ("pairs", .int(comparison.pairs)),
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
  .object(measured(finding) + judged(finding) + details(finding))
}

private func measured(_ finding: Finding) -> [(String, JSONText)] {
  [
    ("kind", .string(finding.series.kind.id)), ("profile", .string(finding.series.profile)),
    ("endpoint", .string(finding.series.endpoint)), ("metric", .string(finding.series.metric)),
    ("statistic", .string(finding.series.statistic.rawValue)),
    ("unit", .string(finding.unit.rawValue)), ("value", .number(finding.value)),
    ("repetitions", .array(finding.repetitions.map { .number($0) })),
    ("samples", finding.samples.map { .int($0) } ?? .null),
    ("hits", finding.hits.map { .int($0) } ?? .null), ("owner", .string(finding.owner)),
    ("few_samples", .string(finding.fewSamples)),
  ]
}

private func judged(_ finding: Finding) -> [(String, JSONText)] {
  [
    ("budget", finding.budget.map(json) ?? .null),
    ("regression", finding.regression.map(json) ?? .null),
    ("not_compared", .string(finding.notCompared?.word)),
    ("creep", finding.creep.map(json) ?? .null), ("relative", finding.relative.map(json) ?? .null),
    ("script", finding.script.map(json) ?? .null), ("load", .array(finding.load.map(json))),
    ("thresholds", .array(finding.thresholds.map(json))), ("past", finding.past.map(json) ?? .null),
    ("outcome", .string(finding.outcome.rawValue)),
  ]
}

/// What is behind the value, where there is anything.
private func details(_ finding: Finding) -> [(String, JSONText)] {
  finding.details.isEmpty ? [] : [("details", .array(finding.details.map { .string($0) }))]
}

private func json(of past: PastValues) -> JSONText {
  .object([
    ("commits", .int(past.commits)), ("usual", .int(past.usual)), ("median", .number(past.median)),
    ("lowest", .number(past.lowest)),
    ("highest", .number(past.highest)), ("as_bad", past.asBad.map { .int($0) } ?? .null),
    ("novelty", json(of: past.novelty)),
  ])
}

private func json(of waiver: Waiver?) -> JSONText {
  guard let waiver else { return .null }
  return .object([
    ("until", .string(waiver.until)), ("owner", .string(waiver.owner)),
    ("reason", .string(waiver.reason)), ("max", .number(waiver.bound)),
  ])
}

private func json(of budget: BudgetFinding) -> JSONText {
  let place = budget.limit.writtenPlace
  let members: [(String, JSONText)] = [
    ("outcome", .string(budget.outcome.rawValue)),
    ("operator", .string(budget.limit.comparison.rawValue)), ("limit", .number(budget.limit.bound)),
    ("severity", .string(budget.limit.severity.rawValue)), ("file", .string(place?.file)),
    ("line", place.map { .int($0.line) } ?? .null), ("owner", .string(budget.limit.owner)),
    ("waiver", json(of: budget.waiver)), ("remedy", .string(budget.remedy)),
    ("needed_samples", budget.neededSamples.map { .int($0) } ?? .null),
  ]
  return .object(members + budget.limit.formulaMember)
}

private func json(of relative: RelativeFinding) -> JSONText {
  let limit = relative.limit
  let place = limit.place
  return .object([
    ("outcome", .string(relative.outcome.rawValue)), ("change_bounded", .string(limit.change.rawValue)),
    ("max", .number(limit.bound)), ("reference", .number(relative.reference)),
    ("commits", relative.commits.map { .int($0) } ?? .null), ("change", .number(relative.change)),
    ("limit", .number(relative.bound)), ("severity", .string(limit.severity.rawValue)),
    ("file", .string(place.file)), ("line", .int(place.line)), ("owner", .string(limit.owner)),
    ("waived_until", .string(relative.waiver?.until)), ("remedy", .string(relative.remedy)),
  ])
}

private func json(of script: ScriptFinding) -> JSONText {
  .object([
    ("outcome", .string(script.outcome.rawValue)), ("rule", .string(script.rule.rawValue)),
    ("expressions", .array(script.expressions.map { .string($0) })), ("value", .number(script.value)),
    ("sources", .array(script.sources.map { .string($0) })), ("runs", .int(script.runs)),
  ])
}

private func json(of load: LoadDifference) -> JSONText {
  .object([
    ("figure", .string(load.figure.rawValue)), ("now", .number(load.now)), ("typical", .number(load.typical)),
    ("commits", .int(load.commits)),
  ])
}

private func json(of regression: RegressionFinding) -> JSONText {
  let judgement = regression.judgement
  return .object([
    ("outcome", .string(regression.outcome.rawValue)), ("blocks", .bool(regression.effect == .blocks)),
    ("suspect", .bool(regression.effect == .suspect)),
    ("confirmation", regression.confirmation.map(json) ?? .null),
    ("typical", .number(judgement?.typical)), ("noise", .number(judgement?.noise)),
    ("change", .number(judgement?.change?.relative)),
    ("change_absolute", .number(judgement?.change?.absolute)),
    ("limit", .number(judgement?.limit)),
    ("p_value", .number(judgement?.p)), ("q_value", .number(judgement?.q)),
    ("references", .int(regression.references)), ("paired", .bool(regression.isPaired)),
    ("detectable", .number(judgement?.detectable?.relative)),
    ("seen_before", .array(regression.seenBefore.map { .string($0) })),
    ("suspicious", .bool(judgement?.isSuspicious ?? false)),
    ("level", regression.level.map(json) ?? .null),
    ("unaccepted", regression.unaccepted.map(json) ?? .null), ("waiver", json(of: regression.waiver)),
  ])
}

private func json(of confirmation: ConfirmationFinding) -> JSONText {
  let judgement = confirmation.judgement
  return .object([
    ("confirmed", .bool(confirmation.isConfirmed)), ("value", .number(judgement.value)),
    ("change", .number(judgement.change?.relative)), ("p_value", .number(judgement.p)),
  ])
}

private func json(of unaccepted: UnacceptedRegression) -> JSONText {
  .object([
    ("since", .string(unaccepted.since.sha)), ("last_before", .string(unaccepted.last?.sha)),
    ("commits", .int(unaccepted.commits)), ("before", .number(unaccepted.before)),
    ("after", .number(unaccepted.after)), ("change", .number(unaccepted.change)),
    ("inherited", .bool(unaccepted.isInherited)), ("confirmed", .bool(unaccepted.isConfirmed)),
  ])
}

private func json(of level: ReferenceLevel) -> JSONText {
  let ground =
    switch level.ground {
    case .accepted: "accepted"
    case .confirmed: "confirmed"
    case .likely: "likely"
    case .blocked: "blocked"
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
    ("ground", .string(ground)), ("acceptance", acceptance ?? .null), ("suspects", json(of: level.suspects)),
  ])
}

private func json(of creep: CreepFinding) -> JSONText {
  .object([
    ("anchor", .string(creep.anchor)), ("outcome", .string(creep.outcome.rawValue)),
    ("blocks", .bool(creep.effect == .blocks)), ("value", .number(creep.value)),
    ("typical", .number(creep.judgement.typical)), ("change", .number(creep.judgement.change?.relative)),
    ("max", .number(creep.maximum)), ("p_value", .number(creep.judgement.p)),
    ("q_value", .number(creep.judgement.q)), ("references", .int(creep.judgement.references)),
    ("waiver", json(of: creep.waiver)),
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
    ("blocks", .bool(common.blocks)), ("warns", .bool(common.warns)), ("suspect", .bool(common.isSuspect)),
    ("confirmation", common.confirmation.map(json) ?? .null),
  ])
}

private func summary(of verdict: Verdict) -> JSONText {
  let count = verdict.outcomes
  return .object([
    ("evaluated", .int(verdict.evaluated)), ("over", .int(count[.over] ?? 0)),
    ("regressed", .int((count[.regressed] ?? 0) + verdict.commonFactors.count { $0.blocks })),
    ("suspect", .int((count[.suspect] ?? 0) + verdict.commonFactors.count { $0.isSuspect })),
    ("warned", .int(count[.warn] ?? 0)),
    ("waived", .int(count[.waived] ?? 0)), ("missing", .int(count[.missing] ?? 0)),
    ("improved", .int(count[.improved] ?? 0)), ("compared", .int(verdict.compared)),
    ("ok", .int(count[.ok] ?? 0)), ("recorded", .int(verdict.recorded)),
    ("not_judged_yet", .array(verdict.unjudged.map { .string($0) })),
    (
      "never_compared",
      .object([
        ("undirected", .array(verdict.neverLookedFor.undirected.map { .string($0) })),
        ("few_samples", .int(verdict.neverLookedFor.thin.count)),
      ])
    ),
    ("detectable", .number(verdict.detectable?.best)),
    ("false_blocks", verdict.falseBlocks?.json ?? .null),
    ("unbudgeted", .array(verdict.unbudgeted.map { .string($0) })),
  ])
}
