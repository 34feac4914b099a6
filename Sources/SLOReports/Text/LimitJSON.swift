import SLOBudgets
import SLOModel
import SLOReaders
import SLOSupport

/// A limit and where it is written.
func json(of limit: Limit) -> JSONText {
  let members: [(String, JSONText)] = [
    ("metric", .string(limit.metric)), ("statistic", .string(limit.statistic.rawValue)),
    ("operator", .string(limit.comparison.rawValue)), ("limit", .number(limit.bound)),
    ("severity", .string(limit.severity.rawValue)), ("file", .string(limit.writtenPlace?.file)),
    ("line", limit.writtenPlace.map { .int($0.line) } ?? .null), ("owner", .string(limit.owner)),
    ("entry", .string(limit.entry)),
  ]
  return .object(members + limit.formulaMember)
}

/// A bound on a change and where it is written; `change` is `max_increase` or `max_decrease`, `limit` a share.
func json(of limit: RelativeLimit) -> JSONText {
  .object([
    ("metric", .string(limit.metric)), ("statistic", .string(limit.statistic.rawValue)),
    ("change", .string(limit.change.rawValue)), ("limit", .number(limit.bound)),
    ("severity", .string(limit.severity.rawValue)), ("optional", .bool(limit.isOptional)),
    ("file", .string(limit.place.file)), ("line", .int(limit.place.line)), ("owner", .string(limit.owner)),
    ("entry", .string(limit.entry)),
  ])
}

extension Limit {
  /// Where a person can change the limit; nil for the built-in ones, which no file holds.
  var writtenPlace: Place? { place.line == 0 ? nil : place }

  /// Where it is written, for people: `budgets/a.yaml:7`, the name of the policy of its kind, or that it is a default.
  var origin: String {
    if let writtenPlace { return "\(writtenPlace.file):\(writtenPlace.line)" }
    let isPolicy = EvidenceKind.all.contains { $0.policy?.title == place.file && $0.profiles.prefix != nil }
    return isPolicy ? place.file : "default limit"
  }
}
