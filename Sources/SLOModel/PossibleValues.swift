extension MetricUnit {
  /// The values a measurement in this unit can have: a time, size or number is never below 0, a share or score
  /// never outside 0 to 1. A number without a unit may be anything.
  public var possibleValues: ClosedRange<Double> {
    switch self {
    case .milliseconds, .bytes, .count, .perSecond: 0...Double.infinity
    case .ratio, .score: 0...1
    case .unitless: -Double.infinity...Double.infinity
    }
  }

  /// Whether a number without a unit can be a value in this unit: a share may be written 0.9, and no time 400.
  package func admitsNumber(_ number: Double) -> Bool {
    switch self {
    case .count, .unitless: true
    case .ratio, .score: possibleValues.contains(number)
    case .milliseconds, .bytes, .perSecond: false
    }
  }
}

extension Timestamp {
  /// The times a measurement can have: the years 2000 to 2100. What lies outside a broken clock wrote.
  public static let possible =
    Timestamp(milliseconds: 946_684_800_000)...Timestamp(milliseconds: 4_133_980_799_999)
}
