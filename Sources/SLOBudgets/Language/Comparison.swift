package import SLOModel
internal import SLOReaders
/// How a value has to compare with its bound for a limit to hold.
public enum Comparison: String, Sendable, Hashable, CaseIterable {
  /// Strictly less.
  case below = "<"
  /// Less or equal.
  case atMost = "<="
  /// Strictly more.
  case above = ">"
  /// More or equal.
  case atLeast = ">="

  /// Whether a value keeps the bound. NaN keeps none.
  public func holds(_ value: Double, bound: Double) -> Bool {
    switch self {
    case .below: value < bound
    case .atMost: value <= bound
    case .above: value > bound
    case .atLeast: value >= bound
    }
  }

  /// Whether the bound is one from above: less is better.
  public var isUpper: Bool { self == .below || self == .atMost }
}

extension Comparison {
  /// What a bound from above means where no operator is written.
  package static func upper(of kind: EvidenceKind) -> Comparison {
    kind.judging.boundIsAllowed ? .atMost : .below
  }
}
