import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Trends as JSON, schema `slogate.trend/v1`: keys may be added, never renamed or removed.
package func jsonReport(of trends: [Trend]) -> String {
  JSONText.object([
    ("schema", .string("slogate.trend/v1")), ("series", .array(trends.map(json))),
  ]).document
}

private func json(of trend: Trend) -> JSONText {
  .object(
    [("service", .string(trend.service)), ("environment", json(of: trend.environment))]
      + members(of: trend.series) + [
        ("unit", .string(trend.unit.rawValue)), ("better", .string(trend.better?.rawValue)),
        ("estimated", .bool(trend.isEstimated)), ("limit", trend.limit.map(json) ?? .null),
        ("latest", latest(of: trend)), ("levels", .array(trend.levels.map(json))),
        ("changes", .array(trend.changes.map { json(of: $0, in: trend) })),
        ("points", .array(trend.points.map(json))),
      ])
}

/// The latest value next to the level it belongs to.
private func latest(of trend: Trend) -> JSONText {
  let (value, typical) = (trend.latest.value, trend.current.latest)
  return .object([
    ("value", .number(value)), ("typical", .number(typical)), ("noise", .number(trend.current.noise)),
    ("change", .number(typical == 0 ? nil : (value - typical) / abs(typical))),
    ("beyond_limit", trend.limit == nil ? .null : .bool(trend.isBeyondLimit(value))),
  ])
}

private func json(of level: Trend.Level) -> JSONText {
  .object([
    ("start", .int(level.points.lowerBound)), ("count", .int(level.points.count)),
    ("typical", .number(level.median)), ("noise", .number(level.noise)),
    ("rise_per_run", .number(level.rise)),
  ])
}

private func json(of change: ChangePoint, in trend: Trend) -> JSONText {
  .object(
    members(of: change) + [
      ("effect", .string(effect(isWorse: trend.isWorse(change), unit: trend.unit, change))),
      ("last_before", json(of: trend.points[change.index - 1].commit)),
      ("first_after", json(of: trend.points[change.index].commit)),
      ("suspects", json(of: trend.suspects(of: change))),
    ])
}

private func json(of point: Trend.Point) -> JSONText {
  .object([
    ("commit", json(of: point.commit)), ("value", .number(point.value)), ("lowest", .number(point.lowest)),
    ("highest", .number(point.highest)), ("repetitions", .int(point.repetitions)),
  ])
}

/// Trends as CSV, one row a point: for spreadsheets and notebooks.
package func csvReport(of trends: [Trend]) -> String {
  trends.reduce(into: csvLine(columns)) { text, trend in
    for index in trend.points.indices { text += csvLine(fields(of: trend, index)) }
  }
}

private let columns = [
  "service", "profile", "environment", "sizing", "endpoint", "metric", "statistic", "unit", "commit",
  "branch",
  "time", "value", "lowest", "highest", "repetitions", "estimated", "typical", "noise", "change_point",
  "limit_operator", "limit", "suspect_probability",
]

private func fields(of trend: Trend, _ index: Int) -> [String] {
  let (point, level) = (trend.points[index], trend.level(at: index))
  let sizing = trend.environment.sizing.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
  let names = [
    trend.service, trend.series.profile, trend.environment.name ?? "", sizing.joined(separator: " "),
    trend.series.endpoint, trend.series.metric, trend.series.statistic.rawValue, trend.unit.rawValue,
    point.commit.sha, point.commit.branch ?? "",
  ]
  let figures = [point.value, point.lowest, point.highest].map { "\($0)" }
  let change = trend.changes.first { $0.index == index }
  return names.map(csvText) + [point.commit.time.description] + figures + [
    "\(point.repetitions)", trend.isEstimated ? "1" : "0", "\(level.height(at: index))", "\(level.noise)",
    change?.kind.rawValue ?? "", trend.limit?.comparison.rawValue ?? "",
    trend.limit.map { "\($0.bound)" } ?? "", suspicion(of: index, in: trend),
  ]
}

/// The probability that a point is the first at a new level; empty where it is no suspect.
private func suspicion(of index: Int, in trend: Trend) -> String {
  let found = trend.changes.flatMap(\.suspects).filter { $0.index == index }
  return found.map(\.probability).max().map { "\($0)" } ?? ""
}
