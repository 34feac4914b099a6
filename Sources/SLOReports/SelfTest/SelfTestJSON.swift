import SLOBudgets
public import SLOGate
import SLOModel
import SLOSupport

/// A self-test as JSON, schema `slogate.selftest/v1`. Keys may be added, never renamed or removed.
public func jsonReport(of test: SelfTest, wanted: Double?) -> String {
  let found = test.falseAlarms
  return JSONText.object([
    ("schema", .string("slogate.selftest/v1")),
    ("can_block", .bool(test.canBlock)),
    ("wanted", .number(wanted)),
    ("blind_spots", .int(test.blindSpots(beyond: wanted).count)),
    ("service", .string(test.service)),
    (
      "environment",
      .object([("name", .string(test.environment.name)), ("sizing", .object(test.environment.sizing))])
    ),
    ("reference", .string(test.reference)),
    ("replayed", .array(test.commits.map { .string($0.sha) })),
    ("without_history", .array(test.uncompared.map { .string($0.sha) })),
    ("slowed_commit", .string(test.slowed?.sha)),
    ("catches", .array(test.catches.map(json))),
    (
      "false_alarms",
      .object([
        ("checks", .int(found.checks)), ("blocked", .int(found.blocked)),
        ("at_a_confirmed_step", .int(found.explained)), ("common_factor", .int(found.commonFactors)),
        ("series", .int(found.series)), ("series_alarms", .int(found.alarms)),
        ("worst", .array(found.worst.map(json))),
      ])
    ),
    ("rules", .array(test.rules.map(json))),
  ]).document
}

private func json(of found: SelfTest.Catch) -> JSONText {
  let rule: String? =
    switch found.rule {
    case .budget?: "budget"
    case .regression?: "regression"
    case .commonFactor?: "common_factor"
    case nil: nil
    }
  let limit: JSONText = if case .budget(let limit)? = found.rule { json(of: limit) } else { .null }
  return .object([
    ("profile", .string(found.profile)), ("endpoint", .string(found.endpoint)),
    ("slowdown", .number(found.slowdown)), ("rule", .string(rule)), ("limit", limit),
    ("blocked_already", .bool(found.isBlockedAlready)),
    ("nearest_limit", found.nearest.map { json(of: $0.limit) } ?? .null),
    ("times_away", .number(found.nearest?.times)), ("compared", .bool(found.isCompared)),
  ])
}

private func json(of worst: (series: Series, alarms: Int)) -> JSONText {
  .object([
    ("profile", .string(worst.series.profile)), ("endpoint", .string(worst.series.endpoint)),
    ("metric", .string(worst.series.metric)), ("statistic", .string(worst.series.statistic.rawValue)),
    ("alarms", .int(worst.alarms)),
  ])
}

private func json(of rule: SelfTest.RuleHealth) -> JSONText {
  .object([
    ("profile", .string(rule.profile)), ("limit", json(of: rule.limit)), ("evaluated", .int(rule.evaluated)),
    ("fired", .int(rule.fired)), ("nearest", .number(rule.nearest)),
    ("never_fired", .bool(rule.isNeverFired)), ("always_fired", .bool(rule.isAlwaysFired)),
  ])
}
