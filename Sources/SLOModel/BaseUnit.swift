/// The unit that a value is published in: monitoring systems want seconds and no milliseconds
/// (<https://prometheus.io/docs/practices/naming/#base-units>).
package enum BaseUnit: String, Sendable, Hashable, CaseIterable {
  /// Times.
  case seconds
  /// Data.
  case bytes
  /// Shares and scores between 0 and 1.
  case ratio
  /// Events, or bytes, per second.
  case perSecond = "per_second"
  /// Numbers without a unit: it has no name.
  case none = ""

  /// How many of the canonical unit it is: a value is divided by this to be published.
  package var size: Double { self == .seconds ? 1_000 : 1 }
}

extension MetricUnit {
  /// The unit its values are published in.
  package var base: BaseUnit {
    switch self {
    case .milliseconds: .seconds
    case .bytes: .bytes
    case .ratio, .score: .ratio
    case .perSecond: .perSecond
    case .count, .unitless: .none
    }
  }
}
