/// How one quantile differs between two distributions.
public struct QuantileShift: Sendable, Hashable {
  /// The quantile, 0 … 1.
  public var quantile: Double
  /// Its value in the distribution compared with.
  public var before: Double
  /// Its value in the distribution asked.
  public var after: Double

  /// The change relative to before, 0.1 for 10 % more; nil unless both values are positive and finite.
  public var relative: Double? { ratio.map { $0 - 1 } }

  /// Where the true relative change lies. Each value is known to within α = `QuantileSketch.accuracy`, so their
  /// ratio is to within a factor of (1 + α) / (1 − α): about 2α on either side. Nil where `relative` is.
  ///
  /// This is the error of the sketches alone. What chance did to the samples comes on top of it.
  public var relativeBounds: ClosedRange<Double>? {
    ratio.map { ($0 / LogarithmicMapping.gamma - 1)...($0 * LogarithmicMapping.gamma - 1) }
  }

  private var ratio: Double? {
    guard before > 0, after > 0, before.isFinite, after.isFinite else { return nil }
    return after / before
  }
}

extension QuantileSketch {
  /// Compares quantiles with those of another distribution.
  /// - Parameter quantiles: each 0 … 1.
  /// - Returns: one shift for each quantile, in their order; none where either sketch is empty.
  public func shift(from other: QuantileSketch, at quantiles: [Double]) -> [QuantileShift] {
    quantiles.compactMap { quantile in
      guard let before = other.quantile(quantile), let after = self.quantile(quantile) else { return nil }
      return QuantileShift(quantile: quantile, before: before, after: after)
    }
  }
}
