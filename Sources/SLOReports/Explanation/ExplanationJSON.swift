import SLOBudgets
package import SLOGate
import SLOHistory
import SLOModel
import SLOStatistics
import SLOSupport

/// Explained findings as JSON, schema `slogate.explain/v1`: each finding as in the verdict, and what is behind
/// it. Keys may be added, never renamed or removed.
/// - Parameters:
///   - explanations: each with the steps to take next.
///   - total: how many findings there are to explain, those included that are left out.
package func jsonReport(
  of explanations: [(explanation: Explanation, next: [NextStep])], total: Int
) -> String {
  JSONText.object([
    ("schema", .string("slogate.explain/v1")),
    ("total", .int(total)),
    ("explanations", .array(explanations.map { json(of: $0.explanation, next: $0.next) })),
  ]).document
}

private func json(of explanation: Explanation, next: [NextStep]) -> JSONText {
  .object([
    ("finding", json(of: explanation.finding)),
    ("service", .string(explanation.service)),
    (
      "environment",
      .object([
        ("name", .string(explanation.environment.name)), ("sizing", .object(explanation.environment.sizing)),
      ])
    ),
    ("commit", .string(explanation.commit.sha)), ("reference", .string(explanation.reference)),
    ("usual", usual(explanation)), ("noise", .string(explanation.noise.sentence)),
    ("odds", .number(explanation.odds)), ("suspects", namedCommits(of: explanation.suspects)),
    ("surroundings", json(of: explanation.relatedChanges)),
    ("where", .array(explanation.whereSentences.map { .string($0) })),
    ("limits", .array(explanation.limits.map(json))), ("limit_text", .string(explanation.limitText)),
    ("novelty", json(of: explanation.novelty)),
    ("references", .array(explanation.references.map(json))),
    (
      "left_out",
      .array(
        (explanation.comparison?.leftOut ?? []).map {
          .object([("reason", .string($0.reason)), ("runs", .int($0.runs))])
        })
    ),
    ("compared", .int(explanation.compared)),
    ("family_error_rate", .number(explanation.policy.test.familyErrorRate)),
    ("repetitions_to_see_5_percent", json(of: explanation.advice)),
    ("next", .array(next.map { .string($0.text) })),
    ("commands", .array(next.compactMap(\.command).map { .string($0) })),
  ])
}

func json(of novelty: Novelty) -> JSONText {
  let (word, commits): (String, [String]) =
    switch novelty {
    case .new: ("new", [])
    case .known(let since): ("known", [since.sha])
    case .seenBefore(let commits): ("seen_before", commits)
    case .unchanged: ("unchanged", [])
    case .unknown: ("unknown", [])
    }
  return .object([("answer", .string(word)), ("commits", .array(commits.map { .string($0) }))])
}

private func json(of reference: Explanation.Reference) -> JSONText {
  .object([
    ("commit", .string(reference.commit.sha)), ("time", .string(reference.commit.time.description)),
    ("value", .number(reference.value)), ("repetitions", .int(reference.repetitions)),
    ("role", .string(reference.role.rawValue)),
  ])
}

/// Suspects with what git says of each.
private func namedCommits(of suspects: Suspects?) -> JSONText {
  guard let suspects else { return .null }
  let commits = suspects.changes.map { change in
    JSONText.object([
      ("sha", .string(change.sha)), ("author", .string(change.author)), ("subject", .string(change.subject)),
    ])
  }
  return .object(members(of: suspects) + [("commits", .array(commits))])
}

private func json(of relatedChanges: RelatedChanges?) -> JSONText {
  guard let relatedChanges else { return .null }
  return .object([
    ("common_change", .number(relatedChanges.commonChange)),
    ("carrier", .string(relatedChanges.carrier?.part.series.metric)),
    ("carrier_share", .number(relatedChanges.carrier?.share)),
    ("parts", .array(relatedChanges.parts.map(json))),
    ("endpoints", .array(relatedChanges.endpoints.map(json))),
    ("profiles", .array(relatedChanges.profiles.map(json))),
    ("statistics", .array(relatedChanges.statistics.map(json))),
  ])
}

private func json(of neighbour: Neighbour) -> JSONText {
  let series = neighbour.series
  return .inline(
    .object([
      ("profile", .string(series.profile)), ("endpoint", .string(series.endpoint)),
      ("metric", .string(series.metric)), ("statistic", .string(series.statistic.rawValue)),
      ("unit", .string(neighbour.unit.rawValue)), ("value", .number(neighbour.value)),
      ("typical", .number(neighbour.typical)), ("change", .number(neighbour.change)),
      ("commits", .int(neighbour.commits)), ("movement", .string(neighbour.movement.rawValue)),
    ]))
}

/// A number, or why there is none.
private func json(of advice: RepetitionAdvice?) -> JSONText {
  switch advice {
  case .repetitions(let count)?: .int(count)
  case .betweenRuns?: .string("runs differ too much")
  case .tooMany?: .string("more than \(RepetitionAdvice.most)")
  case .unsure?: .string("not measured well enough")
  case .nothingRepeated?: .string("nothing was ever repeated")
  case nil: .null
  }
}

/// What the commits compared with have, whether or not the value was tested.
private func usual(_ explanation: Explanation) -> JSONText {
  guard let usual = explanation.usual else { return .null }
  return .object([
    ("median", .number(usual.median)), ("low", .number(usual.values.first)),
    ("high", .number(usual.values.last)), ("commits", .int(usual.values.count)),
    ("as_bad", explanation.asBad.map { .int($0) } ?? .null),
  ])
}
