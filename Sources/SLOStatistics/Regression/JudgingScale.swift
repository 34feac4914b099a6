internal import Glibc

/// The scale a series is judged on: logarithms make a change of +10 % the same everywhere.
enum JudgingScale {
  case logarithmic
  case linear

  /// Onto the scale.
  func callAsFunction(_ value: Double) -> Double { self == .logarithmic ? log(value) : value }

  /// Back to the unit of the values.
  func inverse(_ value: Double) -> Double { self == .logarithmic ? exp(value) : value }

  /// The distance on the scale of a change by so much at a level; no logarithm lies below nearly nothing.
  func distance(_ change: Double, at level: Double) -> Double {
    self == .logarithmic ? log1p(max(change / level, 1e-9 - 1)) : change
  }
}
