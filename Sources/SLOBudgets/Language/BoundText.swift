package import SLOModel
internal import SLOReaders

/// A bound as a budget writes it, in the unit that reads best and stands for exactly the value.
package enum BoundText {
  /// The text of a limit's bound: `400ms`, `>= 230/s`.
  package static func text(of limit: Limit, in kind: EvidenceKind) -> String {
    text(limit.comparison, limit.bound, limit.unit, of: limit.metric, limit.statistic, in: kind)
  }

  /// The text of a bound, with an operator where the metric's natural one is another or none.
  /// - Parameters:
  ///   - value: in the canonical unit, zero or more and finite.
  ///   - unit: the canonical unit; nil for a number alone.
  ///   - kind: the kind of evidence it is written for.
  package static func text(
    _ comparison: Comparison, _ value: Double, _ unit: MetricUnit?, of metric: String, _ statistic: Statistic,
    in kind: EvidenceKind
  ) -> String {
    let isData = MetricCatalogue.traits(of: metric)?.unit == .bytes
    let quantity = quantity(value, unit, isData: isData)
    if let key = try? MetricKey(parsing: "\(metric).\(statistic)", of: kind),
      let alone = try? Bound(parsing: quantity, of: key, in: kind), alone.comparison == comparison
    {
      return quantity
    }
    return "\(comparison.rawValue) \(quantity)"
  }

  /// A value with its unit: `1.5s`, `1%`, `300KiB`.
  /// - Parameter isData: whether a number per second is one of bytes.
  package static func quantity(_ value: Double, _ unit: MetricUnit?, isData: Bool = false) -> String {
    let plain = decimal(value)
    switch unit {
    case .milliseconds: return exact([("s", 1_000), ("ms", 1)], value)
    case .bytes: return exact(sizes, value)
    case .ratio: return exact([rounded(percent: value), percent(plain), plain], value)
    case .score: return plain
    case .perSecond: return isData ? exact(sizes.map { ($0.name + "/s", $0.factor) }, value) : rate(value)
    case .count, .unitless, nil: return plain
    }
  }

  /// Per second, unless that leaves more than three decimals and a longer span leaves none: `1000000/d`.
  private static func rate(_ value: Double) -> String {
    let plain = decimal(value) + "/s"
    if value * 1_000 == (value * 1_000).rounded() { return plain }
    let whole = Quantity.spans.dropFirst().map { decimal((value * $0.seconds).rounded()) + "/" + $0.name }
    return exact(whole + [plain], value)
  }

  private static let sizes: [(name: String, factor: Double)] = [
    ("GiB", 1_073_741_824), ("MiB", 1_048_576), ("GB", 1e9), ("MB", 1e6), ("KiB", 1_024), ("KB", 1e3),
    ("B", 1),
  ]

  /// In the first unit that is not larger than the value and leaves at most two decimals, else in the last.
  private static func exact(_ units: [(name: String, factor: Double)], _ value: Double) -> String {
    exact(
      units.filter { $0.factor == 1 || value >= $0.factor && isShort(value / $0.factor) }
        .map { decimal(value / $0.factor) + $0.name }, value)
  }

  private static func isShort(_ number: Double) -> Bool { number * 100 == (number * 100).rounded() }

  /// The first text that is read as exactly the value.
  private static func exact(_ texts: [String], _ value: Double) -> String {
    texts.first { (try? Quantity(parsing: $0))?.value == value } ?? texts.last ?? decimal(value)
  }

  /// Percent without the noise of binary fractions: 0.275 % is not 0.27500000000000003 %.
  private static func rounded(percent share: Double) -> String {
    let number = (share * 1e12).rounded() / 1e10
    return (number.isFinite ? decimal(number) : decimal(share)) + "%"
  }

  /// Digits with the point moved two places: what multiplying would do, without its rounding.
  private static func percent(_ digits: String) -> String {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let fraction = parts.count > 1 ? String(parts[1]) : ""
    let padded = fraction + String(repeating: "0", count: max(0, 2 - fraction.count))
    let whole = (String(parts[0]) + padded.prefix(2)).drop { $0 == "0" }
    let rest = padded.dropFirst(2)
    return (whole.isEmpty ? "0" : whole) + (rest.isEmpty ? "" : "." + rest) + "%"
  }

  /// The shortest digits that stand for a finite number, without an exponent.
  package static func decimal(_ number: Double) -> String {
    let text = "\(number)"
    guard let mark = text.firstIndex(of: "e"), let exponent = Int(text[text.index(after: mark)...]) else {
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
    let mantissa = text[..<mark].drop { $0 == "-" }.split(separator: ".")
    let fraction = mantissa.count > 1 && mantissa[1] != "0" ? String(mantissa[1]) : ""
    let digits = String(mantissa[0]) + fraction
    let zeros = { (count: Int) in String(repeating: "0", count: max(0, count)) }
    let shown =
      exponent < 0 ? "0." + zeros(-exponent - 1) + digits : digits + zeros(exponent - fraction.count)
    return (number < 0 ? "-" : "") + shown
  }
}

/// The shortest key for a metric and statistic: `p95`, `error_rate`, `performance`, `payment_time.med`.
/// - Parameter kind: the kind of evidence it is written for.
package func budgetKey(of metric: String, _ statistic: Statistic, in kind: EvidenceKind) -> String {
  let label = MetricCatalogue.label(of: metric, statistic)
  let short = kind.metrics.main == nil ? [] : [statistic.rawValue, label]
  let key = (short + [metric]).first { name in
    let key = try? MetricKey(parsing: name, of: kind)
    return key?.metric == metric && key?.statistic == statistic
  }
  return key ?? "\(metric).\(statistic)"
}
