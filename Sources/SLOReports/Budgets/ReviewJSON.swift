import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// A change of the budgets as JSON, schema `slogate.budgets.diff/v1`. Keys may be added, never renamed or removed.
package func jsonReport(of review: BudgetReview) -> String {
  JSONText.object([("schema", .string("slogate.budgets.diff/v1"))] + members(of: review)).document
}

/// What both sides are, in a report of its own or within a verdict.
func members(of review: BudgetReview) -> [(String, JSONText)] {
  let (limits, rules) = (review.replay?.limits, review.replay?.rules)
  let replay = review.replay.map { replay in
    JSONText.object([
      ("checks", .int(replay.checks.count)), ("newly_blocked", shas(of: replay.blocked)),
      ("no_longer_blocked", shas(of: replay.released)),
    ])
  }
  return [
    ("loosened", .int(review.count(.loosened))), ("tightened", .int(review.count(.tightened))),
    ("changed", .int(review.count(.changed))), ("replay", replay ?? .null),
    ("limits", .array(review.diff.limits.enumerated().map { json(of: $1, limits?[$0]) })),
    ("changes", .array(review.diff.changes.map(json))),
    ("rules", .array(review.diff.rules.enumerated().map { json(of: $1, rules?[$0]) })),
    ("waivers", .array(review.diff.waivers.map(json))),
    ("settings", .array(review.settings.map(json))),
    ("environments", .array(review.diff.environments.map(json))),
  ]
}

private func shas(of commits: [Commit]) -> JSONText { .array(commits.map { .string($0.sha) }) }

private func json(of impact: BudgetReview.Impact?) -> JSONText {
  guard let impact else { return .null }
  return .inline(
    .object([("newly_blocked", .int(impact.blocked)), ("no_longer_blocked", .int(impact.released))]))
}

private func json(of change: LimitChange, _ impact: BudgetReview.Impact?) -> JSONText {
  .object([
    ("effect", .string(change.effect.rawValue)), ("share", .number(change.share)),
    ("before", change.before.map(json) ?? .null), ("after", change.after.map(json) ?? .null),
    ("reach", json(of: change.reach)), ("checks", json(of: impact)),
  ])
}

private func json(of change: RelativeLimitChange) -> JSONText {
  .object([
    ("effect", .string(change.effect.rawValue)), ("before", change.before.map(json) ?? .null),
    ("after", change.after.map(json) ?? .null), ("reach", json(of: change.reach)),
  ])
}

/// Of every endpoint that no entry names but `*`, the endpoint is `**`.
private func json(of reach: [BudgetSubject]) -> JSONText {
  .array(
    reach.map {
      .inline(.object([("profile", .string($0.profile)), ("endpoint", .string($0.endpoint))]))
    })
}

private func json(of change: RuleChange, _ impact: BudgetReview.Impact?) -> JSONText {
  .object([
    ("effect", .string(change.effect.rawValue)), ("before", change.before.map(json) ?? .null),
    ("after", change.after.map(json) ?? .null), ("checks", json(of: impact)),
  ])
}

/// A rule and where it is written.
func json(of rule: Rule) -> JSONText {
  .object([
    ("rule", .string(rule.text)), ("severity", .string(rule.severity.rawValue)),
    ("optional", .bool(rule.isOptional)), ("owner", .string(rule.owner)),
    ("file", .string(rule.place.file)), ("line", .int(rule.place.line)),
  ])
}

private func json(of change: WaiverChange) -> JSONText {
  .object([
    ("effect", .string(change.effect.rawValue)), ("before", change.before.map(json) ?? .null),
    ("after", change.after.map(json) ?? .null),
  ])
}

/// A waiver and where it is written.
func json(of waiver: Waiver) -> JSONText {
  .object([
    ("endpoint", .string(waiver.endpoint)), ("profile", .string(waiver.profile)),
    ("metric", .string(waiver.metric)), ("statistic", .string(waiver.statistic.rawValue)),
    ("max", .number(waiver.bound)), ("until", .string(waiver.until)), ("owner", .string(waiver.owner)),
    ("reason", .string(waiver.reason)), ("file", .string(waiver.place.file)),
    ("line", .int(waiver.place.line)),
  ])
}

private func json(of change: SettingChange) -> JSONText {
  .object([
    ("name", .string(change.name)), ("effect", .string(change.effect.rawValue)),
    ("before", .string(change.before)), ("after", .string(change.after)),
    ("file", .string(change.placeAfter?.file)), ("line", change.placeAfter.map { .int($0.line) } ?? .null),
  ])
}

private func json(of change: EnvironmentChange) -> JSONText {
  .object([
    ("name", .string(change.name)), ("effect", .string(change.effect.rawValue)),
    (
      "fields",
      .array(
        change.fields.map {
          .object([
            ("field", .string($0.name)), ("before", .string($0.before)), ("after", .string($0.after)),
          ])
        })
    ), ("file", .string(change.place?.file)), ("line", change.place.map { .int($0.line) } ?? .null),
  ])
}
