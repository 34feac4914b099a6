import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// A backtest as JSON, schema `slogate.budgets.backtest/v1`. Keys may be added, never renamed or removed.
package func jsonReport(of test: Backtest) -> String {
  JSONText.object([
    ("schema", .string("slogate.budgets.backtest/v1")), ("checks", .int(test.checks.count)),
    ("blocked", .int(test.blocked.count)), ("commits", .array(test.checks.map(json))),
    ("limits", .array(test.limits.map(json))), ("rules", .array(test.rules.map(json))),
  ]).document
}

private func json(of check: Backtest.Check) -> JSONText {
  .object([
    ("commit", .string(check.commit.sha)), ("branch", .string(check.commit.branch)),
    ("blocked", .bool(check.isBlocked)), ("broken", .array(check.broken.map(json))),
    ("rules", .array(check.rules.map(json))),
  ])
}

private func json(of trial: LimitTrial) -> JSONText {
  let series = trial.series
  return .inline(
    .object([
      ("profile", .string(series.profile)), ("endpoint", .string(series.endpoint)),
      ("metric", .string(series.metric)), ("statistic", .string(series.statistic.rawValue)),
      ("unit", .string(trial.unit.rawValue)), ("value", .number(trial.value)),
      ("operator", .string(trial.limit.comparison.rawValue)), ("limit", .number(trial.limit.bound)),
      ("file", .string(trial.limit.writtenPlace?.file)),
      ("line", trial.limit.writtenPlace.map { .int($0.line) } ?? .null),
    ]))
}

private func json(of record: Backtest.LimitRecord) -> JSONText {
  .object([
    ("profile", .string(record.profile)), ("limit", json(of: record.limit)),
    ("evaluated", .int(record.evaluated)), ("broken", .int(record.broken)), ("waived", .int(record.waived)),
    ("commits", .array(record.commits.map { .string($0) })),
  ])
}

private func json(of record: Backtest.RuleRecord) -> JSONText {
  .object([
    ("rule", json(of: record.rule)), ("evaluated", .int(record.evaluated)), ("broken", .int(record.broken)),
    ("commits", .array(record.commits.map { .string($0) })),
  ])
}
