import SLOBudgets
import SLOModel
import SLOSupport

/// What a bound looks like: a quantity of some units, with an operator or without.
struct BoundForm: Hashable {
  /// What the quantity is of.
  enum Kind: String, CaseIterable {
    case time, size, share, score, rate, dataRate, number
    /// Of a metric only its results say the unit of.
    case anything
  }

  var kind: Kind
  /// Whether a quantity alone is a bound: where less is better.
  var isNatural: Bool

  /// The name it is defined under.
  var name: String { isNatural ? kind.rawValue : kind.rawValue + "Compared" }

  /// The form of a statistic that is known by its metric.
  init(_ traits: MetricTraits, _ statistic: Statistic, in kind: EvidenceKind) {
    let isData = traits.unit == .bytes
    self.kind =
      switch traits.unit(of: statistic) {
      case .milliseconds: .time
      case .bytes: .size
      case .ratio: .share
      case .score: .score
      case .perSecond: isData ? .dataRate : .rate
      case .count, .unitless: .number
      }
    let better = traits.better(of: statistic)
    isNatural = better == .lower || better == nil && kind.judging.boundIsAllowed
  }

  init(_ kind: Kind, isNatural: Bool = true) { (self.kind, self.isNatural) = (kind, isNatural) }

  static var definitions: [(String, JSONText)] {
    let forms = Kind.allCases.flatMap { kind in [true, false].map { BoundForm(kind, isNatural: $0) } }
    return forms.map { ($0.name, $0.limit) } + forms.map { ($0.name + "Bound", $0.bound) }
      + [("waivedBound", waived), ("changeLimit", changeLimit), ("changeBound", changeBound)]
  }

  /// A bound on a change alone, or one for each severity.
  private static var changeLimit: JSONText {
    let bound = SchemaPart.reference("changeBound")
    let levels = SchemaPart.mapping("A bound on a change with two levels.", BudgetKeys.levels) { key in
      SchemaPart.reference(
        "changeBound", key == "block" ? "The change that blocks a release." : "The change that warns.")
    }
    guard case .object(let members) = levels else { return bound }
    return .object([("anyOf", .array([bound, .object(members + [("minProperties", .int(1))])]))])
  }

  private static var changeBound: JSONText {
    SchemaPart.described(
      "A share of the earlier value, such as 5%.",
      [
        ("type", .inline(.array([.string("string"), .string("number")]))), ("minimum", .int(0)),
        ("exclusiveMaximum", .int(1)),
        ("pattern", .string("^\\s*([0-9]+(\\.[0-9]+)?\\s*%|0(\\.[0-9]+)?)\\s*$")),
      ] + SchemaPart.examples(["5%", "10%"]))
  }

  /// A bound alone, or one for each severity.
  private var limit: JSONText {
    let bound = SchemaPart.reference(name + "Bound")
    let levels = SchemaPart.mapping(
      "A limit with two levels, a limit on the change, or one whose figure may be missing.", BudgetKeys.limit
    ) { key in
      switch key {
      case "block": SchemaPart.reference(name + "Bound", "The bound that blocks a release.")
      case "warn": SchemaPart.reference(name + "Bound", "The bound that only warns: tighter than block.")
      case "max_increase", "max_decrease":
        SchemaPart.reference(
          "changeLimit",
          "How far the figure may \(key == "max_increase" ? "rise" : "fall") against the earlier commits,"
            + " as a share of their median."
        )
      case "optional":
        SchemaPart.flag("Whether results may lack the figure; else the limit is inconclusive.", usual: false)
      default: nil
      }
    }
    guard case .object(let members) = levels else { return bound }
    let needed = JSONText.inline(
      .array(BudgetKeys.bounds.map { .object([("required", .array([.string($0)]))]) }))
    return .object([("anyOf", .array([bound, .object(members + [("anyOf", needed)])]))])
  }

  private var bound: JSONText {
    let quantity = "\(kind.description)\(isNatural ? "" : ", behind an operator: < <= > >=")."
    let types: JSONText =
      isNatural && kind.mayBePlain
      ? .inline(.array([.string("string"), .string("number")])) : .string("string")
    let sign = "(<=|>=|<|>)\\s*"
    let pattern = "^\\s*\(isNatural ? "(\(sign))?" : sign)\(kind.pattern)\\s*$"
    return SchemaPart.described(
      quantity,
      [("type", types), ("pattern", .string(pattern))] + (isNatural ? kind.range : [])
        + SchemaPart.examples(kind.examples.map { isNatural ? $0 : ">= " + $0 }))
  }

  /// A waiver's bound has no operator: the waived limit says how a value compares with it.
  private static var waived: JSONText {
    SchemaPart.described(
      "The looser bound, without an operator.",
      [
        ("type", .inline(.array([.string("string"), .string("number")]))), ("minimum", .int(0)),
        ("pattern", .string("^\\s*\(Kind.anything.pattern)\\s*$")),
      ] + SchemaPart.examples(["1.2s", "3%"]))
  }

  /// A share between 0 and 1 of a setting: `5%`.
  /// - Parameter usual: its default; nil where it has to be written.
  static func share(_ description: String, usual: Double?, isPositive: Bool) -> JSONText {
    let standard: [(String, JSONText)] =
      usual.map { [("default", .string(BoundText.quantity($0, .ratio)))] } ?? []
    let nothing = isPositive ? "(?![0.]*\\s*%?\\s*$)" : ""
    return SchemaPart.described(
      description,
      [
        ("type", .inline(.array([.string("string"), .string("number")]))),
        (isPositive ? "exclusiveMinimum" : "minimum", .int(0)), ("exclusiveMaximum", .int(1)),
        ("pattern", .string("^\\s*\(nothing)([0-9]{1,2}(\\.[0-9]+)?\\s*%|0(\\.[0-9]+)?)\\s*$")),
      ] + standard)
  }

  /// A quantity of a setting: `5ms`.
  static func quantity(_ description: String, _ kind: Kind, usual: String) -> JSONText {
    SchemaPart.described(
      description,
      [
        ("type", .string("string")), ("pattern", .string("^\\s*\(kind.pattern)\\s*$")),
        ("default", .string(usual)),
      ])
  }
}

extension BoundForm.Kind {
  /// Whether a number alone will do, which YAML takes for one.
  fileprivate var mayBePlain: Bool { [.share, .score, .number, .anything].contains(self) }

  /// What a number alone has to be within. A share of 1 is 100 %, which nothing exceeds.
  fileprivate var range: [(String, JSONText)] {
    switch self {
    case .share: [("minimum", .int(0)), ("exclusiveMaximum", .int(1))]
    case .score: [("minimum", .int(0)), ("maximum", .int(1))]
    case .number, .anything: [("minimum", .int(0))]
    case .time, .size, .rate, .dataRate: []
    }
  }

  /// The quantity as a regular expression.
  fileprivate var pattern: String {
    let number = "[0-9]+(\\.[0-9]+)?"
    let spans = "(" + BudgetWords.spans.joined(separator: "|") + ")"
    let rate = "/\\s*\(spans)"
    switch self {
    case .time: return "\(number)\\s*\(units(.time))"
    case .size: return "\(number)\\s*\(units(.size))"
    case .rate: return "(\(number)\\s*\(rate)|\(capacity(of: rate)))"
    case .dataRate:
      let rate = "\(units(.size))\\s*\(rate)"
      return "(\(number)\\s*\(rate)|\(capacity(of: rate)))"
    case .number: return number
    case .share, .score: return "((0*100(\\.0+)?|0*[0-9]{1,2}(\\.[0-9]+)?)\\s*%|0*1(\\.0+)?|0+(\\.[0-9]+)?)"
    case .anything:
      return "(\(number)\\s*(%|\(units(.time))|\(units(.size))?(\\s*\(rate))?)?"
        + "|\(capacity(of: "\(units(.size))?\\s*\(rate)")))"
    }
  }

  /// A rate computed from a demand: `capacity(1e6/d, burst 20, headroom 20%)`.
  /// - Parameter rate: the unit of the demand as a regular expression.
  private func capacity(of rate: String) -> String {
    let number = "[0-9]+(\\.[0-9]+)?([eE]\\+?[0-9]+)?"
    let parts = "burst\\s+\(number)|headroom\\s+(\(number)\\s*%|0(\\.[0-9]+)?)"
    return "capacity\\(\\s*\(number)\\s*\(rate)(\\s*,\\s*(\(parts))){0,2}\\s*\\)"
  }

  private func units(_ dimension: Quantity.Dimension) -> String {
    "(" + BudgetWords.units(of: dimension).joined(separator: "|") + ")"
  }

  fileprivate var description: String {
    switch self {
    case .time: "A time with its unit"
    case .size: "A size with its unit"
    case .share: "A share, with % or between 0 and 1"
    case .score: "A score between 0 and 1"
    case .rate: "A number per time"
    case .dataRate: "A size per time"
    case .number: "A number without unit"
    case .anything: "A quantity in the unit of the metric's results"
    }
  }

  fileprivate var examples: [String] {
    switch self {
    case .time: ["400ms", "1.2s"]
    case .size: ["300KB", "1MiB"]
    case .share: ["1%", "99.5%"]
    case .score: ["0.9"]
    case .rate: ["230/s", "1000000/d", "capacity(1e6/d, burst 20, headroom 20%)"]
    case .dataRate: ["2MB/s"]
    case .number: ["5"]
    case .anything: ["400ms", "1%", "5"]
    }
  }
}
