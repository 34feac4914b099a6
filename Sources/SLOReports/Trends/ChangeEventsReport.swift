package import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import SLOStatistics
import SLOSupport

/// What changed the level of recorded series, for a person: sizing by sizing, each event with its commits and
/// what they did.
/// - Parameters:
///   - events: the events.
///   - trends: what was searched.
package func textReport(of events: [ChangeEvent], in trends: [Trend], style: TextStyle) -> String {
  ChangeEventsText(events: events, trends: trends, style: style).text
}

private struct ChangeEventsText {
  /// Series beyond this are counted.
  private static let mostMembers = 12

  let events: [ChangeEvent]
  let trends: [Trend]
  let style: TextStyle

  var text: String {
    var scopes: [String] = []
    for label in events.map(self.scope) + trends.map(self.scope) where !scopes.contains(label) {
      scopes.append(label)
    }
    return scopes.map { section($0).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  private func scope(_ event: ChangeEvent) -> String { label(ofService: event.service, event.environment) }

  private func scope(_ trend: Trend) -> String { label(ofService: trend.service, trend.environment) }

  private func section(_ scope: String) -> [String] {
    let events = events.filter { self.scope($0) == scope }
    let searched = trends.filter { self.scope($0) == scope }
    let commits = Set(searched.flatMap { $0.points.map(\.commit.sha) }).count
    let profiles = Set(searched.map(\.series.profile))
    let summary =
      "\(counted(searched.count, "series", plural: "series")) of \(profiles.sorted().joined(separator: ", ")) over \(counted(commits, "commit"))"
      + (events.isEmpty ? ": no change" : "")
    let head = wrapped(VisibleText.escaped(scope), to: style.width).map { style.paint($0, .bold) }
    return head + wrapped(VisibleText.escaped(summary), to: style.width).map { style.paint($0, .dim) }
      + events.flatMap { [""] + lines(of: $0, namesProfile: profiles.count > 1) }
  }

  private func lines(of event: ChangeEvent, namesProfile: Bool) -> [String] {
    let title = VisibleText.escaped("\(event.last.shortName)..\(event.first.shortName)")
    let isWorse = event.worse >= event.better && event.worse > 0
    let colour = colour(isWorse: isWorse ? true : event.better > 0 ? false : nil)
    let remarks = [
      event.kind == .drift ? "drift: bit by bit, no one commit" : nil,
      event.isProvisional ? "provisional" : nil,
    ]
    let tail = (["since \(event.first.time.date)"] + remarks.compactMap { $0 }).joined(separator: " · ")
    let words = style.paint(title, .bold) + "  " + style.paint(tally(of: event.members), colour)
    return ["\(words)  \(style.paint(tail, .dim))"] + suspects(of: event).map { "  " + $0 }
      + rows(of: event, namesProfile: namesProfile)
  }

  /// Which commits may have made it, and the commands that list them and find the one that did.
  private func suspects(of event: ChangeEvent) -> [String] {
    guard let suspects = event.suspects else { return [] }
    let others = suspects.others(than: event.first.sha, digits: 7)
    let named = others.isEmpty ? [] : [VisibleText.escaped("first at \(event.first.shortName)\(others)")]
    let names = [suspects.after, suspects.upTo].map { $0.prefix(12) }
    let log = event.range.map { _ in "git log --oneline \(names.joined(separator: ".."))" }
    return named + [log, suspects.bisect].compactMap { $0 }
  }

  private func rows(of event: ChangeEvent, namesProfile: Bool) -> [String] {
    let shown = event.members.prefix(ChangeEventsText.mostMembers)
    let steps = arrows(shown.map { ($0.change, $0.unit) })
    let cells = zip(shown, steps).map { member, levels in
      [
        (namesProfile ? member.series.profile + " " : "") + label(ofEndpoint: member.series.endpoint),
        MetricCatalogue.label(of: member.series.metric, member.series.statistic), levels,
        changeText(member.change),
        effect(isWorse: member.isWorse, unit: member.unit, member.change), notes(on: member, in: event),
      ].map(VisibleText.escaped)
    }
    let lines = zip(shown, aligned(fitted(cells), right: [3])).map { member, line in
      "  " + (member.isWorse == nil ? line : style.paint(line, colour(isWorse: member.isWorse)))
    }
    let rest = event.members.count - shown.count
    return lines + (rest > 0 ? ["  … and \(rest) more (--format json lists all)"] : [])
  }

  /// The rows with endpoints as short as the width asks for.
  private func fitted(_ rows: [[String]]) -> [[String]] {
    let others = (1..<6).map { column in rows.map { columns(of: $0[column]) }.max() ?? 0 }
    let room = max(12, style.width - 2 - others.reduce(0, +) - 2 * others.count)
    return rows.map { [shortened($0[0], to: room)] + $0.dropFirst() }
  }

  /// How sure a member's change is, and what is different from the event's.
  private func notes(on member: ChangeEvent.Member, in event: ChangeEvent) -> String {
    let notes = [
      "p" + probability(member.change.p),
      member.first.sha == event.first.sha ? nil : "at \(member.first.shortName)",
      course(of: member.change),
      member.change.isProvisional && !event.isProvisional ? "provisional" : nil,
    ]
    return notes.compactMap { $0 }.joined(separator: ", ")
  }
}

/// How many series became what: `7 series slower, 1 faster`.
func tally(of members: [ChangeEvent.Member]) -> String {
  let words = members.map { effect(isWorse: $0.isWorse, unit: $0.unit, $0.change) }
  let counts = Dictionary(words.map { ($0, 1) }, uniquingKeysWith: +)
  let said = ["slower", "worse", "faster", "better", "higher", "lower"].compactMap { word in
    counts[word].map { (word: word, count: $0) }
  }
  return said.enumerated().map { index, said in
    index == 0
      ? "\(counted(said.count, "series", plural: "series")) \(said.word)" : "\(said.count) \(said.word)"
  }.joined(separator: ", ")
}

/// What changed the level of recorded series as JSON, schema `slogate.changes/v1`.
/// - Parameters:
///   - events: the events.
///   - trends: what was searched.
package func jsonReport(of events: [ChangeEvent], in trends: [Trend]) -> String {
  JSONText.object([
    ("schema", .string("slogate.changes/v1")), ("searched", .int(trends.count)),
    ("events", .array(events.map(json))),
  ]).document
}

/// What changed the level of recorded series as JSON Lines, one object an event.
package func jsonLines(of events: [ChangeEvent]) -> String {
  events.reduce(into: "") { $0 += json(of: $1).line }
}

private func json(of event: ChangeEvent) -> JSONText {
  .object([
    ("service", .string(event.service)), ("environment", json(of: event.environment)),
    ("last_before", json(of: event.last)), ("first_after", json(of: event.first)),
    ("range", .string(event.range)), ("suspects", json(of: event.suspects)),
    ("kind", .string(event.kind.rawValue)),
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
        ("suspects", json(of: member.suspects)),
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
