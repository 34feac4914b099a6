package import SLOBudgets
package import SLOGate
package import SLOModel
import SLOReaders
import SLOSupport

/// What holds for one endpoint under one profile, where it is written, and how it stood in the newest stored check.
package struct EndpointLimits: Sendable {
  /// The endpoint and profile.
  package var subject: BudgetSubject
  /// The limits, by metric.
  package var limits: [EffectiveLimit]
  /// The bounds on changes, by metric.
  package var changes: [EffectiveChange]
  /// The fewest samples a percentile or a rate is judged by.
  package var minimumSamples: Int
  /// The commit of the newest stored check of the profile; nil without one.
  package var newest: Commit?
  /// Its values next to the limits.
  package var trials: [LimitTrial]
  /// The time at which waivers hold.
  package var now: Timestamp

  /// Puts them together.
  /// - Parameters:
  ///   - newest: the newest stored check of the profile; nil without a history.
  package init(_ subject: BudgetSubject, _ budgets: Budgets, newest: Evaluation?, now: Timestamp) {
    self.subject = subject
    limits = budgets.effectiveLimits(
      profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag)
    changes = budgets.effectiveChanges(
      profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag)
    minimumSamples = budgets.minimumSamples(
      profile: subject.profile, endpoint: subject.endpoint, endpointTag: subject.endpointTag)
    self.newest = newest?.commit
    self.now = now
    trials = (newest?.trials ?? []).filter {
      $0.series.profile == subject.profile && $0.series.endpoint == subject.endpoint
    }
  }

  /// Whether nothing holds for it.
  package var isEmpty: Bool { limits.isEmpty && changes.isEmpty }

  /// The newest value next to a limit; nil where there is none.
  func trial(of limit: Limit) -> LimitTrial? { trials.first { $0.limit == limit } }
}

/// Effective limits for a person: each with its origin, what it overrides, its waivers, and where it is.
package func textReport(of subjects: [EndpointLimits], style: TextStyle) -> String {
  subjects.map { section(of: $0, style).joined(separator: "\n") + "\n" }.joined(separator: "\n")
}

private func section(of found: EndpointLimits, _ style: TextStyle) -> [String] {
  let title = VisibleText.escaped("\(found.subject.profile) \(label(ofEndpoint: found.subject.endpoint))")
  guard !found.isEmpty else { return [style.paint(title, .bold), "  no limit holds for it"] }
  return [style.paint(title, .bold)] + found.limits.flatMap { lines(of: $0, in: found, style) }
    + found.changes.flatMap { lines(of: $0, style) }
    + ["  at least \(counted(found.minimumSamples, "sample")) of a percentile or a rate (min_samples)"]
}

private func lines(of effective: EffectiveChange, _ style: TextStyle) -> [String] {
  effective.limits.flatMap { limit in
    let overridden = effective.overridden.filter {
      $0.severity == limit.severity || effective.limits.count == 1
    }
    let texts =
      [origin(of: limit.place, limit.entry, limit.owner)]
      + overridden.map { "overrides \(text(of: $0)) \(origin(of: $0.place, $0.entry, $0.owner))" }
    return ["  " + style.paint(VisibleText.escaped(text(of: limit)), .cyan)]
      + texts.flatMap { wrapped(VisibleText.escaped($0), to: style.width - 4).map { "    " + $0 } }
  }
}

/// `p95 max_increase: 5%, warns`.
func text(of limit: RelativeLimit) -> String {
  "\(MetricCatalogue.label(of: limit.metric, limit.statistic)) \(limit.text)"
    + (limit.severity == .warn ? ", warns" : "") + (limit.isOptional ? ", optional" : "")
}

private func lines(of effective: EffectiveLimit, in found: EndpointLimits, _ style: TextStyle) -> [String] {
  effective.limits.flatMap { limit in
    var texts = [origin(of: limit)]
    texts.append(standing(of: limit, in: found))
    texts += effective.overridden.filter { $0.severity == limit.severity || effective.limits.count == 1 }.map
    {
      "overrides \(text(of: $0)) \(origin(of: $0))"
    }
    texts += effective.waivers.filter { _ in limit.severity == .block }.map { waiver in
      let bound = quantity(ofLimit: waiver.bound, waiver.unit ?? limit.unit ?? .unitless)
      let state = waiver.isExpired(at: found.now) ? "waiver ended on" : "waived up to \(bound) until"
      return
        "\(state) \(waiver.until) by \(waiver.owner): \(waiver.reason) (\(waiver.place.file):\(waiver.place.line))"
    }
    return ["  " + style.paint(VisibleText.escaped(text(of: limit)), colour(of: limit, in: found))]
      + texts.flatMap { wrapped(VisibleText.escaped($0), to: style.width - 4).map { "    " + $0 } }
  }
}

private func text(of limit: Limit) -> String {
  "\(MetricCatalogue.label(of: limit.metric, limit.statistic)) \(limit.boundWords(.unitless))"
    + (limit.severity == .warn ? ", warns" : "") + (limit.isOptional ? ", optional" : "")
}

private func origin(of limit: Limit) -> String {
  origin(of: limit.place, limit.entry, limit.owner)
}

private func origin(of place: Place, _ entry: String?, _ owner: String?) -> String {
  let written = place.line == 0 ? place.file : "\(place.file):\(place.line)"
  return "from \(written) (\(entry.map { "entry '\($0)'" } ?? "defaults")"
    + (owner.map { ", owner \($0)" } ?? "") + ")"
}

private func standing(of limit: Limit, in found: EndpointLimits) -> String {
  guard let newest = found.newest else {
    return "no stored check of \(found.subject.profile) to hold it against"
  }
  guard let trial = found.trial(of: limit) else { return "not measured at \(newest.shortSHA)" }
  let value = quantity(trial.value, trial.unit, besideLimit: limit.bound)
  let state = trial.isKept ? "keeps it" : trial.waiver != nil ? "breaks it, waived" : "breaks it"
  guard limit.bound != 0 else { return "\(value) at \(newest.shortSHA): \(state)" }
  return "\(value) at \(newest.shortSHA): \(state), \(percent(abs(trial.value / limit.bound))) of the limit"
}

private func colour(of limit: Limit, in found: EndpointLimits) -> TextStyle.Colour {
  guard let trial = found.trial(of: limit) else { return .cyan }
  return trial.isKept ? .green : trial.blocks ? .red : .yellow
}

/// Effective limits as JSON, schema `slogate.budgets.explain/v1`. Keys may be added, never renamed or removed.
package func jsonReport(of subjects: [EndpointLimits]) -> String {
  JSONText.object([
    ("schema", .string("slogate.budgets.explain/v1")), ("subjects", .array(subjects.map(json))),
  ]).document
}

private func json(of found: EndpointLimits) -> JSONText {
  let limits = found.limits.flatMap { effective in
    effective.limits.map { limit in
      let trial = found.trial(of: limit)
      return JSONText.object([
        ("limit", json(of: limit)), ("overrides", .array(effective.overridden.map(json))),
        ("waivers", .array(effective.waivers.map(json))), ("value", .number(trial?.value)),
        ("holds", trial.map { .bool($0.isKept) } ?? .null),
        ("waived", trial.map { .bool($0.waiver != nil) } ?? .null),
      ])
    }
  }
  return .object([
    ("profile", .string(found.subject.profile)), ("endpoint", .string(found.subject.endpoint)),
    ("commit", .string(found.newest?.sha)), ("limits", .array(limits)),
    (
      "changes",
      .array(
        found.changes.flatMap { effective in
          effective.limits.map {
            .object([("limit", json(of: $0)), ("overrides", .array(effective.overridden.map(json)))])
          }
        })
    ), ("min_samples", .int(found.minimumSamples)),
  ])
}
