import SLOGate
import SLOModel
package import SLOStatistics
import SLOSupport

/// What was found in one series of a table.
package struct SeriesChanges: Sendable, Hashable {
  /// The name of the series.
  package var series: String
  /// How many values it has, gaps included.
  package var count: Int
  /// Its change points, oldest first.
  package var changes: [ChangePoint]

  /// Creates a result.
  package init(series: String, count: Int, changes: [ChangePoint]) {
    self.series = series
    self.count = count
    self.changes = changes
  }
}

/// The change points of many series as JSON Lines, one object a series.
package func jsonLines(of found: [SeriesChanges]) -> String {
  found.reduce(into: "") { $0 += json(of: $1).line }
}

/// The change points of many series as JSON, schema `slogate.series-changes/v1`.
package func jsonReport(of found: [SeriesChanges]) -> String {
  JSONText.object([
    ("schema", .string("slogate.series-changes/v1")), ("series", .array(found.map(json))),
  ]).document
}

/// The change points of many series for a person: each series that changed with its changes, the others by their
/// number.
package func textReport(of found: [SeriesChanges], style: TextStyle) -> String {
  let changed = found.filter { !$0.changes.isEmpty }
  let sections = changed.map { lines(of: $0, style).joined(separator: "\n") }
  let still = found.count - changed.count
  let rest = still == 0 ? [] : [counted(still, "series", plural: "series") + " without a change"]
  let all = sections + rest
  return (all.isEmpty ? "no series\n" : all.joined(separator: "\n\n") + "\n")
}

private func json(of found: SeriesChanges) -> JSONText {
  .object([
    ("series", .string(found.series)), ("change_points", .array(found.changes.map { .int($0.index) })),
    ("details", .array(found.changes.map { .object(members(of: $0) + [("suspects", suspects(of: $0))]) })),
  ])
}

/// The values that may be the first at the new level, the likeliest first.
private func suspects(of change: ChangePoint) -> JSONText {
  .array(
    change.suspects.map { suspect in
      .object([("index", .int(suspect.index)), ("probability", .number(suspect.probability))])
    })
}

/// A change point's own members, in every report that has one.
func members(of change: ChangePoint) -> [(String, JSONText)] {
  [
    ("index", .int(change.index)), ("before", .number(change.before)), ("after", .number(change.after)),
    ("change", .number(change.change)), ("p_value", .number(change.p)),
    ("kind", .string(change.kind.rawValue)), ("provisional", .bool(change.isProvisional)),
    ("rise_per_run", .number(change.rise)),
  ]
}

private func lines(of found: SeriesChanges, _ style: TextStyle) -> [String] {
  let title =
    VisibleText.escaped(found.series) + "  "
    + style.paint("\(counted(found.count, "value")) · \(counted(found.changes.count, "change"))", .dim)
  let levels = arrows(found.changes.map { ($0, nil) })
  let cells = zip(found.changes, levels).map { change, levels in
    ["at \(change.index)", levels, changeText(change), "p\(probability(change.p))", notes(on: change)]
  }
  return [title] + aligned(cells, right: [0, 2]).map { "  " + $0 }
}

/// What there is to mind about a change, and the other values that may be the first at the new level.
private func notes(on change: ChangePoint) -> String {
  let places = change.suspects.map(\.index).sorted()
  let others = others(
    before: places.filter { $0 < change.index }.map(String.init),
    after: places.filter { $0 > change.index }.map(String.init))
  return [remark(on: change), String(others.drop { $0 == "," || $0 == " " })].filter { !$0.isEmpty }
    .joined(separator: ", ")
}

/// By how much a level changed, in proportion where that can be said.
func changeText(_ change: ChangePoint) -> String {
  if let relative = change.change { return signedPercent(relative) }
  let difference = change.after - change.before
  return (difference < 0 ? "-" : "+") + figure(abs(difference))
}

/// What there is to mind about a change: nothing about a step that is here to stay.
func remark(on change: ChangePoint) -> String {
  [course(of: change), change.isProvisional ? "provisional" : nil].compactMap { $0 }.joined(separator: ", ")
}

/// How a drift goes on: `drift: rises about 0.3 % a run`; nil for a step.
func course(of change: ChangePoint) -> String? {
  guard let rise = change.rise else { return change.kind == .drift ? "drift" : nil }
  // A hundredth of a per cent a run is not seen in any history that is kept.
  if abs(change.rate ?? 1) < 1e-4 || rise == 0 { return "drift: level since" }
  let size = change.rate.map { percent(abs($0)) } ?? figure(abs(rise))
  return "drift: \(rise > 0 ? "rises" : "falls") about \(size) a run"
}

/// The judgements of cases as JSON Lines, one object a case. `p` is the chance of a value this bad if nothing
/// changed, null where nothing could be judged.
package func jsonLines(of judged: [(name: String, judgement: Judgement)]) -> String {
  judged.reduce(into: "") { text, found in
    let isJudged = found.judgement.outcome != .insufficient
    text +=
      JSONText.object([
        ("case", .string(found.name)), ("verdict", .string(verdict(on: found.judgement))),
        ("p", .number(isJudged ? found.judgement.p : nil)),
        ("change", .number(found.judgement.change?.relative)),
      ]).line
  }
}

private func verdict(on judgement: Judgement) -> String {
  switch judgement.outcome {
  case .worse: "regression"
  case .better: "improvement"
  case .none: "ok"
  case .insufficient: "inconclusive"
  }
}
