import SLOBudgets
package import SLOGate
import SLOModel
import SLOReaders
import SLOSupport

/// What a gate can catch and how often it cries wolf, for a person.
/// - Parameter wanted: the slowdown that should be caught everywhere, as a share; nil: none was named.
package func textReport(of test: SelfTest, wanted: Double?, style: TextStyle) -> String {
  let sections = [
    heading(of: test, wanted, style) + subject(of: test, style), catches(of: test, style),
    falseAlarms(of: test, style),
    rules(of: test, style),
  ]
  return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
}

private func heading(of test: SelfTest, _ wanted: Double?, _ style: TextStyle) -> [String] {
  let tested = test.catches.filter { !$0.isBlockedAlready }
  guard !test.catches.isEmpty else {
    return [
      style.paint("NOTHING TO TEST", .bold, .yellow) + "  no recorded run of these has any time to slow down"
    ]
  }
  let blind = test.blindSpots(beyond: wanted).count
  let by = wanted.map { "by \(percent($0))" } ?? "down"
  let counts = "\(tested.count - blind) of \(counted(tested.count, "endpoint")) caught when slowed \(by)"
  if !test.canBlock { return [style.paint("THE GATE CANNOT BLOCK", .bold, .red) + "  " + counts] }
  let title = blind == 0 ? "THE GATE BLOCKS" : "THE GATE HAS BLIND SPOTS"
  let colour: TextStyle.Colour = blind == 0 ? .green : .yellow
  return [style.paint(title, .bold, colour) + "  " + counts]
}

/// Whose runs they are: of several services or sizings one was chosen.
private func subject(of test: SelfTest, _ style: TextStyle) -> [String] {
  guard !test.commits.isEmpty else { return [] }
  let sizing = words(of: test.environment)
  return wrapped(
    VisibleText.escaped(
      "service \(test.service) at \(sizing.isEmpty ? "an unknown sizing" : sizing.joined(separator: " ")),"
        + " \(counted(test.commits.count, "commit")) of \(test.reference)"), to: style.width)
}

// MARK: What is caught

private func catches(of test: SelfTest, _ style: TextStyle) -> [String] {
  guard let slowed = test.slowed, !test.catches.isEmpty else { return [] }
  let intro =
    "The smallest slowdown of each endpoint that blocks, all its times multiplied in the runs of"
    + " \(VisibleText.escaped(slowed.shortSHA)):"
  let rows = test.catches.sorted(by: isWorse).map { found in
    [
      found.profile, label(ofEndpoint: found.endpoint), size(of: found),
      reason(for: found),
    ]
    .map(VisibleText.escaped)
  }
  let most = 40
  let more = rows.count > most ? ["… and \(rows.count - most) that are caught sooner"] : []
  return wrapped(intro, to: style.width)
    + aligned([["profile", "endpoint", "caught from", "by"]] + rows.prefix(most), right: [2]).map {
      "  " + $0
    }
    + more.map { "  " + $0 }
}

/// What is caught late is first.
private func isWorse(_ left: SelfTest.CaughtSlowdown, _ right: SelfTest.CaughtSlowdown) -> Bool {
  let sizes = [left, right].map { $0.isBlockedAlready ? 0 : $0.slowdown ?? .infinity }
  return sizes[0] == sizes[1]
    ? (left.profile, left.endpoint) < (right.profile, right.endpoint) : sizes[0] > sizes[1]
}

private func size(of found: SelfTest.CaughtSlowdown) -> String {
  if found.isBlockedAlready { return "–" }
  return found.slowdown.map { signedPercent($0) } ?? "never"
}

private func reason(for found: SelfTest.CaughtSlowdown) -> String {
  if found.isBlockedAlready { return "blocked as it is" }
  switch found.rule {
  case .budget(let limit)?: return "limit \(label(limit))"
  case .regression?: return "its history"
  case .commonFactor?: return "all of the run moved"
  case nil:
    return "\(distance(of: found)), and \(found.isCompared ? "its history shows none" : "too little history")"
  }
}

/// How far its limit is.
private func distance(of found: SelfTest.CaughtSlowdown) -> String {
  guard let nearest = found.nearest else { return "no limit that blocks is on its times" }
  return "its limit \(label(nearest.limit)) is \(significant(nearest.times)) times away"
}

private func label(_ limit: Limit) -> String {
  let unit = limit.unit ?? .unitless
  let place = limit.writtenPlace.map { ", \($0.file):\($0.line)" } ?? ", default"
  return MetricCatalogue.label(of: limit.metric, limit.statistic)
    + " \(limit.comparison.rawValue) \(quantity(ofLimit: limit.bound, unit))" + place
}

// MARK: How often it cries wolf

private func falseAlarms(of test: SelfTest, _ style: TextStyle) -> [String] {
  let found = test.falseAlarms
  guard found.checks > 0 else {
    return wrapped(
      "No recorded commit has enough comparable history to say how often it would be blocked for nothing.",
      to: style.width)
  }
  let unexplained = found.blocked - found.explained
  var lines = wrapped(
    "Replayed as they were, \(unexplained) of \(counted(found.checks, "commit")) (\(percent(Double(unexplained) / Double(found.checks)))) would be"
      + " blocked by a regression without a step in the history; \(found.explained) more at a step it confirms,"
      + " \(found.commonFactors) because all of the run moved."
      + (test.uncompared.isEmpty ? "" : " \(test.uncompared.count) more had no history to be held against."),
    to: style.width)
  let rate = found.series > 0 ? Double(found.alarms) / Double(found.series) : 0
  lines += wrapped(
    "Of \(counted(found.series, "judged series", plural: "judged series")), \(found.alarms) (\(percent(rate))) alarmed so.",
    to: style.width)
  let worst = found.worst.filter { $0.alarms > 1 }.map { series, alarms in
    "\(series.profile) \(series.endpoint) \(MetricCatalogue.label(of: series.metric, series.statistic)): \(alarms) times"
  }
  return lines + worst.map { "  " + VisibleText.escaped($0) }
}

// MARK: Rules

private func rules(of test: SelfTest, _ style: TextStyle) -> [String] {
  let always = test.rules.filter(\.isAlwaysFired).map { rule in
    "always broken (\(rule.fired) of \(rule.evaluated)): \(rule.profile) \(label(rule.limit))"
  }
  let never = test.rules.filter(\.isNeverFired).map { rule in
    "never broken (0 of \(rule.evaluated)): \(rule.profile) \(label(rule.limit))"
      + (rule.nearest.map { "; the nearest value is at \(percent($0)) of it" } ?? "")
  }
  let others = test.rules.filter { !$0.isAlwaysFired && !$0.isNeverFired && $0.fired > 0 }.map { rule in
    "broken \(rule.fired) of \(rule.evaluated) times: \(rule.profile) \(label(rule.limit))"
  }
  guard !test.rules.isEmpty else { return [] }
  let most = 12
  let lines = (always + others + never).map(VisibleText.escaped)
  let more = lines.count > most ? ["… and \(lines.count - most) more (--format json lists all)"] : []
  return [style.paint("Rules over these \(counted(test.commits.count, "commit"))", .bold)]
    + (lines.prefix(most) + more).flatMap { wrapped($0, to: style.width - 2) }.map { "  " + $0 }
}

/// A self-test as JSON, schema `slogate.selftest/v1`. Keys may be added, never renamed or removed.
package func jsonReport(of test: SelfTest, wanted: Double?) -> String {
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

private func json(of found: SelfTest.CaughtSlowdown) -> JSONText {
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
