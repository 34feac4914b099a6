import SLOBudgets
import SLOModel
import SLOReports

extension Limit {
  /// What is bounded: `http_req_duration.p95`.
  var figure: String { "\(metric).\(statistic)" }

  /// How it is bounded, as people read it: `< 400 ms`.
  var words: String {
    "\(comparison.rawValue) " + (unit.map { quantity(ofLimit: bound, $0) } ?? plain(bound))
  }

  /// Who answers for it and where it can be changed.
  var origin: String {
    ([owner.map { "owner \($0)" }] + [place.line > 0 ? place.description : place.file]).compactMap(\.self)
      .joined(separator: ", ")
  }
}

/// The shortest digits that stand for a number, up to 1e21 without an exponent.
func plain(_ number: Double) -> String {
  let text = "\(number)"
  guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]),
    (0..<21).contains(exponent)
  else { return text.hasSuffix(".0") ? String(text.dropLast(2)) : text }
  let parts = text[..<mark].split(separator: ".")
  let decimals = parts.count > 1 && parts[1] != "0" ? parts[1] : ""
  return parts[0] + decimals + String(repeating: "0", count: max(0, exponent - decimals.count))
}
