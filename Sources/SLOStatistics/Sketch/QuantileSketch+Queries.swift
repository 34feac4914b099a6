import SLOSupport

extension QuantileSketch {
  /// The value below which a share of all values lies, interpolated between the two neighbours of rank
  /// `quantile · (count − 1)` as `SortedSample.percentile` do (Hyndman and Fan's type 7).
  ///
  /// Each neighbour is known to within `accuracy`, so the quantile is too wherever both have the same sign, as
  /// durations do.
  /// - Parameter quantile: 0 … 1; 0.999 for the 99.9th percentile. Values outside are taken as the nearer end.
  /// - Returns: nil for an empty sketch.
  public func quantile(_ quantile: Double) -> Double? {
    guard count > 0 else { return nil }
    let position = Swift.min(Swift.max(quantile, 0), 1) * Double(count - 1)
    let rank = Int(saturating: position)
    let below = value(atRank: rank)
    let fraction = position - Double(rank)
    guard fraction > 0, rank + 1 < count else { return below }
    let above = value(atRank: rank + 1)
    // Weighted and not by their difference, which would be NaN beside an infinity. Between two of them nothing
    // can be said.
    let mixed = below * (1 - fraction) + above * fraction
    return below == above || mixed.isNaN ? below : mixed
  }

  /// The share of values that are not above a value, 0 … 1: the true share at a number that the value is within
  /// `accuracy` of, relatively.
  /// - Parameter value: any number but NaN.
  /// - Returns: nil for an empty sketch.
  public func share(atOrBelow value: Double) -> Double? {
    guard let range else { return nil }
    if value < range.lowerBound { return 0 }
    if value >= range.upperBound { return 1 }
    let cell = SketchCell(of: value)
    return Double(count(upTo: cell, including: cell.estimate <= value)) / Double(count)
  }

  /// The value of a rank, 0 ..< count, counted from the smallest: the first and the last exactly, the others to
  /// within `accuracy`.
  func value(atRank rank: Int) -> Double {
    let estimate = cell(atRank: rank).estimate
    let (smallest, largest) = (min ?? estimate, max ?? estimate)
    if rank == 0 { return smallest }
    return rank == count - 1 ? largest : Swift.min(Swift.max(estimate, smallest), largest)
  }

  private func cell(atRank rank: Int) -> SketchCell {
    var rank = rank - negativeInfinities
    if rank < 0 { return .negativeInfinity }
    if rank < negatives.total { return .negative(negatives.bucket(atRank: negatives.total - 1 - rank)) }
    rank -= negatives.total
    if rank < zeros { return .zero }
    rank -= zeros
    return rank < positives.total ? .positive(positives.bucket(atRank: rank)) : .positiveInfinity
  }

  /// How many values lie in the cells below one, and in it too where asked.
  private func count(upTo cell: SketchCell, including isIncluded: Bool) -> Int {
    switch cell {
    case .negativeInfinity: return isIncluded ? negativeInfinities : 0
    case .negative(let bucket):
      return negativeInfinities + negatives.total - negatives.count(through: isIncluded ? bucket - 1 : bucket)
    case .zero: return negativeInfinities + negatives.total + (isIncluded ? zeros : 0)
    case .positive(let bucket):
      let below = negativeInfinities + negatives.total + zeros
      return below + positives.count(through: isIncluded ? bucket : bucket - 1)
    case .positiveInfinity: return isIncluded ? count : count - positiveInfinities
    }
  }
}
