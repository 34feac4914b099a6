internal import SLOModel
internal import SLOReaders

/// What a budget writes with a metric: an operator, if need be, and a quantity in the metric's unit.
struct Bound: Hashable {
  /// Why a text is no bound of its metric.
  struct Malformed: Error, Hashable {
    var message: String
    var hint: String?
  }

  var comparison: Comparison
  /// In the canonical unit.
  var value: Double
  /// The canonical unit; nil for a number alone next to a custom metric, whose unit only its results say.
  var unit: MetricUnit?
  /// How the value was computed, as it is written; nil where it is written itself.
  var formula: String?

  /// Reads `400ms` or `>= 99.5%`.
  ///
  /// A quantity alone is an upper bound where less is better: strict (`<`) for loads, so that 400.0 ms
  /// fails 400ms and 1 % of errors fails 1%; `<=` for the kinds of evidence whose own tools read it so. Elsewhere the operator has to be written.
  /// - Throws: what is wrong with operator, number or unit.
  init(parsing text: String, of key: MetricKey, in kind: EvidenceKind) throws(Malformed) {
    let text = Substring(text).trimmingBlanks
    let signs = "<>=!~≤≥".unicodeScalars
    let end = text.unicodeScalars.firstIndex { !signs.contains($0) } ?? text.endIndex
    let written = text[..<end]
    let quantity = try Bound.quantity(text[end...])
    (value, unit) = try Bound.convert(quantity, for: key)
    formula = quantity.formula
    if written.isEmpty {
      comparison = try Bound.natural(of: key, in: kind, beside: Bound.fitting(text, quantity, unit))
    } else if let known = Comparison(rawValue: String(written)) {
      comparison = known
    } else {
      throw Malformed(message: "'\(written)' is no operator", hint: "operators are < <= > >=")
    }
    try checkReach(of: key, quantity: quantity)
  }

  /// Reads a bound without an operator, for a waiver: the waived limit says how a value compares with it.
  /// - Throws: what is wrong with number or unit.
  static func alone(_ text: String, of key: MetricKey) throws(Malformed) -> (value: Double, unit: MetricUnit?)
  {
    let text = Substring(text).trimmingBlanks
    if text.first.map("<>=".contains) == true {
      throw Malformed(
        message: "a waiver's bound has no operator, found '\(text)'",
        hint: "write " + text.drop { "<>= ".contains($0) })
    }
    return try convert(quantity(text), for: key)
  }

  private static func quantity(_ text: Substring) throws(Malformed) -> Quantity {
    do throws(Quantity.Malformed) {
      return try Quantity(parsing: text)
    } catch {
      throw Malformed(message: error.message, hint: error.hint)
    }
  }

  /// What was written, in the form that a share or a score has: 93 is meant as 93 %.
  private static func fitting(_ text: Substring, _ quantity: Quantity, _ unit: MetricUnit?) -> Substring {
    let isShare = unit == .ratio || unit == .score
    return isShare && quantity.dimension == .plain && quantity.value > 1 ? text + "%" : text
  }

  private static func natural(
    of key: MetricKey, in kind: EvidenceKind, beside text: Substring
  ) throws(Malformed) -> Comparison {
    if key.better == .lower || key.better == nil && kind.judging.boundIsAllowed {
      return Comparison.upper(of: kind)
    }
    throw Malformed(
      message: "'\(key.text)' needs an operator",
      hint: key.better == .higher
        ? "more is better: write \">= \(text)\""
        : "slogate cannot know which way is better: write \"<= \(text)\" or \">= \(text)\"")
  }

  private static func convert(
    _ quantity: Quantity, for key: MetricKey
  ) throws(Malformed) -> (Double, MetricUnit?) {
    guard let traits = key.traits else { return try CustomBound(key, quantity).converted() }
    let unit = traits.unit(of: key.statistic)
    guard unit.admits(quantity.dimension, ofData: traits.unit == .bytes) else {
      throw Malformed(
        message: "'\(key.text)' is \(unit.article(isData: traits.unit == .bytes)), "
          + "found \(quantity.dimension.article)",
        hint: "write " + unit.example(quantity, isData: traits.unit == .bytes))
    }
    return (quantity.value, unit)
  }

  /// Refuses bounds that nothing can keep or nothing can break.
  private func checkReach(of key: MetricKey, quantity: Quantity) throws(Malformed) {
    if value == 0, comparison == .below {
      throw Malformed(message: "nothing is below 0", hint: "write \"<= 0\"")
    }
    guard unit == .ratio || unit == .score, key.traits != nil || key.statistic == .rate else { return }
    if value > 1 {
      throw Malformed(
        message: "'\(key.text)' lies between 0 and 100 %, found \(quantity.written)",
        hint: quantity.dimension != .plain
          ? nil
          : key.better == .higher
            ? "write \">= \(quantity.digits)%\"" : "write \(quantity.digits)%")
    }
    if value == 1, quantity.dimension == .plain, comparison.isUpper {
      throw Malformed(message: "\(quantity.digits) is 100 %, which nothing exceeds", hint: "write 1%")
    }
  }
}

extension Quantity {
  var written: String { digits + (dimension == .percent ? "%" : "") }
}

extension Quantity.Dimension {
  /// The canonical unit, where the dimension alone decides it.
  var unit: MetricUnit? {
    switch self {
    case .time: .milliseconds
    case .size: .bytes
    case .percent: .ratio
    case .perSecond, .sizePerSecond: .perSecond
    case .plain: nil
    }
  }

  var article: String {
    switch self {
    case .time: "a time"
    case .size: "a size"
    case .percent: "a share"
    case .perSecond: "a number per time"
    case .sizePerSecond: "a size per time"
    case .plain: "a number without unit"
    }
  }
}

extension MetricUnit {
  func admits(_ dimension: Quantity.Dimension, ofData isData: Bool) -> Bool {
    switch self {
    case .milliseconds: dimension == .time
    case .bytes: dimension == .size
    case .ratio, .score: dimension == .percent || dimension == .plain
    case .perSecond: dimension == (isData ? .sizePerSecond : .perSecond)
    case .count, .unitless: dimension == .plain
    }
  }

  func article(isData: Bool = false) -> String {
    switch self {
    case .milliseconds: "a time"
    case .bytes: "a size"
    case .ratio: "a share"
    case .score: "a score"
    case .perSecond: isData ? "a size per time" : "a number per time"
    case .count, .unitless: "a number without unit"
    }
  }

  /// The same digits with a unit that fits.
  func example(_ quantity: Quantity, isData: Bool) -> String {
    switch self {
    case .milliseconds: quantity.dimension == .plain ? "\(quantity.digits)ms" : "a time such as 400ms"
    case .bytes:
      quantity.dimension == .plain ? "\(quantity.digits)B or \(quantity.digits)KB" : "a size such as 300KB"
    case .ratio: "a share such as 1%"
    case .score: "a score such as 0.9"
    case .perSecond where isData:
      quantity.dimension == .size ? "\(quantity.digits)\(quantity.unit)/s" : "\(quantity.digits)KB/s"
    case .perSecond: "\(quantity.digits)/s"
    case .count, .unitless: String(quantity.digits)
    }
  }
}
