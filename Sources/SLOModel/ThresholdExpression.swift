/// A threshold that a load script sets itself, taken apart: `p(95) < 400`.
package struct ThresholdExpression: Sendable, Hashable {
  /// How a value is compared with the bound.
  package enum Comparison: String, Sendable, Hashable, CaseIterable {
    /// Less than the bound.
    case below = "<"
    /// At most the bound.
    case atMost = "<="
    /// More than the bound.
    case above = ">"
    /// At least the bound.
    case atLeast = ">="
    /// Equal to the bound.
    case equal = "=="
    /// The same, as JavaScript spells it.
    case identical = "==="
    /// Not equal to the bound.
    case unequal = "!="
  }

  /// The aggregation compared: `p(95)`, `rate` …
  package var statistic: Statistic
  /// How it is compared.
  package var comparison: Comparison
  /// What it is compared with, in the unit of the script; always finite.
  package var bound: Double

  /// Reads an expression as the script writes it, with blanks anywhere between its parts.
  /// - Returns: nil for anything the tool refuses, as `p95<400`, and for the JavaScript of old versions.
  package init?(_ text: String) {
    let signs = "<>=!"
    guard let start = text.firstIndex(where: signs.contains) else { return nil }
    let end = text[start...].firstIndex { !signs.contains($0) } ?? text.endIndex
    let number = ThresholdExpression.trimmed(text[end...])
    guard let statistic = ThresholdExpression.aggregation(ThresholdExpression.trimmed(text[..<start])),
      let comparison = Comparison(rawValue: String(text[start..<end])),
      number.first?.isLetter == false, let bound = Double(number), bound.isFinite
    else { return nil }
    (self.statistic, self.comparison, self.bound) = (statistic, comparison, bound)
  }

  /// Whether a value, in the unit of the script, holds it.
  package func holds(_ value: Double) -> Bool {
    switch comparison {
    case .below: value < bound
    case .atMost: value <= bound
    case .above: value > bound
    case .atLeast: value >= bound
    case .equal, .identical: value == bound
    case .unequal: value != bound
    }
  }

  /// Percentiles have parentheses, which slogate's own spelling has not.
  private static func aggregation(_ name: Substring) -> Statistic? {
    let isPercentile = name.hasPrefix("p(") && name.hasSuffix(")")
    guard isPercentile || aggregations.contains(String(name)) else { return nil }
    return Statistic(
      spelled: isPercentile ? "p(" + trimmed(name.dropFirst(2).dropLast()) + ")" : String(name))
  }

  private static let aggregations: Set<String> = ["avg", "min", "med", "max", "count", "rate", "value"]

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
  }
}
