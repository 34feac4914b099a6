package import SLOBudgets
import SLOModel
import SLOSupport

/// The rates of a capacity for a person, and the line of a budget file that demands it.
package func textReport(of capacity: Capacity, style: TextStyle) -> String {
  let rows = [
    ("average", rate(capacity.average), "the demand"),
    (
      "burst", rate(capacity.burstRate),
      capacity.burst == 1 ? "the same: no burst is given" : "\(significant(capacity.burst)) times the average"
    ),
    (
      "with headroom", rate(capacity.rate),
      capacity.headroom == 0 ? "the same: none is given" : "\(percent(capacity.headroom)) above the burst"
    ),
  ]
  let widths = (rows.map(\.0.count).max() ?? 0, rows.map(\.1.count).max() ?? 0)
  let lines = rows.map { name, rate, words in
    "\(padded(name, to: widths.0))  \(style.paint(padded(rate, to: widths.1, right: true), .bold))  \(words)"
  }
  return (lines + ["", "For a budget file:", "  " + capacity.line]).joined(separator: "\n") + "\n"
}

/// The same as JSON, schema `slogate.capacity/v1`. Keys may be added, never renamed or removed.
package func jsonReport(of capacity: Capacity) -> String {
  JSONText.object([
    ("schema", .string("slogate.capacity/v1")), ("unit", .string(MetricUnit.perSecond.rawValue)),
    ("average", .number(capacity.average)), ("burst", .number(capacity.burst)),
    ("burst_rate", .number(capacity.burstRate)), ("headroom", .number(capacity.headroom)),
    ("rate", .number(capacity.rate)), ("budget", .string(capacity.line)),
  ]).document
}

extension Capacity {
  /// A limit on the throughput, as a line of a budget file.
  fileprivate var line: String { "throughput: \">= \(text)\"" }
}

/// A rate with one decimal; a slow one per hour or per day.
private func rate(_ value: Double) -> String {
  value >= 10 && value < 1e15 ? fixed(value, 1) + "/s" : quantity(value, .perSecond)
}
