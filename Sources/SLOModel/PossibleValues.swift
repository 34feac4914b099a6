extension Unit {
  /// The values a measurement in this unit can have: a time, size or number is never below 0, a share or score
  /// never outside 0 to 1. A number without a unit may be anything.
  public var possibleValues: ClosedRange<Double> {
    switch self {
    case .milliseconds, .bytes, .count, .perSecond: 0...Double.infinity
    case .ratio, .score: 0...1
    case .unitless: -Double.infinity...Double.infinity
    }
  }
}
