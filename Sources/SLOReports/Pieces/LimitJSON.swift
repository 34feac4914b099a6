import SLOBudgets
import SLOModel

/// A limit and where it is written.
func json(of limit: Limit) -> JSONText {
  .object([
    ("metric", .string(limit.metric)), ("statistic", .string(limit.statistic.rawValue)),
    ("operator", .string(limit.comparison.rawValue)), ("limit", .number(limit.bound)),
    ("severity", .string(limit.severity.rawValue)), ("file", .string(limit.writtenPlace?.file)),
    ("line", limit.writtenPlace.map { .int($0.line) } ?? .null), ("owner", .string(limit.owner)),
    ("entry", .string(limit.entry)),
  ])
}
