public import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// What changed the level of recorded series as JSON, schema `slogate.changes/v1`.
/// - Parameters:
///   - events: the events.
///   - trends: what was searched.
public func jsonReport(of events: [ChangeEvent], in trends: [Trend]) -> String {
  JSONText.object([
    ("schema", .string("slogate.changes/v1")), ("searched", .int(trends.count)),
    ("events", .array(events.map(json))),
  ]).document
}

/// What changed the level of recorded series as JSON Lines, one object an event.
public func jsonLines(of events: [ChangeEvent]) -> String {
  events.reduce(into: "") { $0 += json(of: $1).line }
}

private func json(of event: ChangeEvent) -> JSONText {
  .object([
    ("service", .string(event.service)), ("environment", json(of: event.environment)),
    ("last_before", json(of: event.last)), ("first_after", json(of: event.first)),
    ("range", .string(event.range)), ("kind", .string(event.kind.rawValue)),
    ("provisional", .bool(event.isProvisional)), ("worse", .int(event.worse)),
    ("better", .int(event.better)), ("series", .array(event.members.map(json))),
  ])
}

private func json(of member: ChangeEvent.Member) -> JSONText {
  .object(
    members(of: member.series) + [("unit", .string(member.unit.rawValue))]
      + [("effect", .string(effect(isWorse: member.isWorse, unit: member.unit, member.change)))]
      + members(of: member.change) + [
        ("last_before", json(of: member.last)), ("first_after", json(of: member.first)),
      ])
}

/// The names of a series, in every report that has one.
func members(of series: Series) -> [(String, JSONText)] {
  [
    ("profile", .string(series.profile)), ("endpoint", .string(series.endpoint)),
    ("metric", .string(series.metric)), ("statistic", .string(series.statistic.rawValue)),
  ]
}

/// A measured commit.
func json(of commit: ReferenceCommit) -> JSONText {
  .object([
    ("sha", .string(commit.sha)), ("branch", .string(commit.branch)),
    ("time", .string(commit.time.description)),
  ])
}
