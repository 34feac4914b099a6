import SLOSupport

/// A distribution in a few hundred bytes, from which any quantile can be asked later, to within 1 %.
///
/// This is DDSketch (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch with
/// relative-error guarantees", PVLDB 12(12), 2019) with the logarithmic mapping. What it holds depends on the
/// values alone, not on their order nor on how they were split among merged sketches: such sketches are equal,
/// and so are their encodings.
///
/// Every order statistic is known to within `accuracy`, relatively, as long as no magnitude is more than
/// 10¹⁷ times another of its sign: beyond that the smallest magnitudes are counted as larger than they are.
/// Zeros, infinities, the smallest and the largest value are exact. A magnitude below the smallest normal
/// number, 2·10⁻³⁰⁸, counts as zero.
///
/// ```swift
/// var sketch = QuantileSketch()
/// for value in [12.5, 80, 31, 44] { sketch.add(value) }
/// print(sketch.quantile(0.95) ?? .nan)
/// ```
public struct QuantileSketch: Sendable, Hashable {
  /// The largest relative error of an order statistic. It is the same for all sketches, so that any two can be
  /// merged.
  public static var accuracy: Double { LogarithmicMapping.accuracy }

  /// How many values there are.
  public private(set) var count = 0
  /// The smallest and the largest value, nil of an empty sketch.
  public private(set) var range: ClosedRange<Double>?

  // The parts of the number line, from below. Infinities stand apart, because the buckets between one and the
  // finite values would collapse all of these.
  private(set) var negativeInfinities = 0
  private(set) var negatives = BucketStore()
  private(set) var zeros = 0
  private(set) var positives = BucketStore()
  private(set) var positiveInfinities = 0

  /// Creates an empty sketch.
  public init() {}

  /// Puts a sketch together from its parts.
  init(
    negativeInfinities: Int, negatives: BucketStore, zeros: Int, positives: BucketStore,
    positiveInfinities: Int, range: ClosedRange<Double>?
  ) {
    self.negativeInfinities = negativeInfinities
    self.negatives = negatives
    self.zeros = zeros
    self.positives = positives
    self.positiveInfinities = positiveInfinities
    count = negativeInfinities + negatives.total + zeros + positives.total + positiveInfinities
    if let range { extend(to: range) }
  }

  /// The smallest value, nil of an empty sketch.
  public var min: Double? { range?.lowerBound }
  /// The largest value, nil of an empty sketch.
  public var max: Double? { range?.upperBound }

  /// Adds a value, which may be infinite.
  /// - Parameters:
  ///   - value: any number; NaN is a programmer's error.
  ///   - count: how often, from 0.
  public mutating func add(_ value: Double, count: Int = 1) {
    precondition(count >= 0, "a value cannot occur \(count) times")
    guard count > 0 else { return }
    add(count, to: SketchCell(of: value))
    extend(to: value...value)
  }

  /// Adds to a cell, without a look at what that does to the range.
  mutating func add(_ count: Int, to cell: SketchCell) {
    switch cell {
    case .negativeInfinity: negativeInfinities += count
    case .negative(let bucket): negatives.add(count, to: bucket)
    case .zero: zeros += count
    case .positive(let bucket): positives.add(count, to: bucket)
    case .positiveInfinity: positiveInfinities += count
    }
    self.count += count
  }

  /// Adds the values of another sketch, as if they had been added here one by one.
  public mutating func merge(_ other: QuantileSketch) {
    negativeInfinities += other.negativeInfinities
    negatives.merge(other.negatives)
    zeros += other.zeros
    positives.merge(other.positives)
    positiveInfinities += other.positiveInfinities
    count += other.count
    if let range = other.range { extend(to: range) }
  }

  /// Widens the range. A negative zero is equal to zero and encoded differently; adding zero makes it one.
  mutating func extend(to values: ClosedRange<Double>) {
    let range = range ?? values
    self.range =
      Swift.min(range.lowerBound, values.lowerBound) + 0...Swift.max(range.upperBound, values.upperBound) + 0
  }
}

extension QuantileSketch {
  /// The value below which a share of all values lies, interpolated between the two neighbours of rank
  /// `quantile · (count − 1)` as `SortedSample.percentile` does (Hyndman and Fan's type 7).
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
    // Weighted and not by their difference, which would be NaN next to an infinity. Between two of them nothing
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

extension QuantileSketch {
  /// Sketches values that are sorted already, in much less time than adding them one by one takes: only the
  /// first value of a cell has its logarithm taken, the last is found by its bound.
  /// - Parameter values: ascending, without NaN; infinities are allowed. Anything else is a programmer's error.
  public init(sorted values: [Double]) {
    self = values.withUnsafeBufferPointer { QuantileSketch(sorted: $0) }
  }

  /// Sketches values that are sorted already.
  /// - Parameter values: ascending, without NaN; infinities are allowed. Anything else is a programmer's error.
  public init(sorted values: UnsafeBufferPointer<Double>) {
    precondition(values.isAscending, "the values are not ascending, or one is NaN")
    self.init()
    guard let first = values.first, let last = values.last else { return }
    extend(to: first...last)
    var start = 0
    while start < values.count {
      let cell = SketchCell(of: values[start])
      let end = values.firstIndex(above: cell.last, after: start)
      add(end - start, to: cell)
      start = end
    }
  }
}

extension UnsafeBufferPointer<Double> {
  /// Whether no value is less than the one before it, or NaN.
  fileprivate var isAscending: Bool {
    guard let first else { return true }
    var ascends = first == first
    for index in indices.dropFirst() { ascends = self[index - 1] <= self[index] && ascends }
    return ascends
  }

  /// The first index above a bound in ascending values, found in a time that grows with the logarithm of its
  /// distance: in growing strides past it, then by halving the last stride.
  fileprivate func firstIndex(above bound: Double, after start: Int) -> Int {
    var (low, high, stride) = (start, start + 1, 1)
    while high < count, self[high] <= bound {
      low = high
      stride *= 2
      high += stride
    }
    high = Swift.min(high, count)
    // Here self[low] <= bound, and self[high] is not, or is past the end.
    while high - low > 1 {
      let middle = low + (high - low) / 2
      if self[middle] <= bound { low = middle } else { high = middle }
    }
    return high
  }
}

/// How one quantile differs between two distributions.
package struct QuantileShift: Sendable, Hashable {
  /// The quantile, 0 … 1.
  package var quantile: Double
  /// Its value in the distribution compared with.
  package var before: Double
  /// Its value in the distribution asked.
  package var after: Double

  /// Creates a shift.
  package init(quantile: Double, before: Double, after: Double) {
    (self.quantile, self.before, self.after) = (quantile, before, after)
  }

  /// The change relative to before, 0.1 for 10 % more; nil unless both values are positive and finite.
  package var relative: Double? { ratio.map { $0 - 1 } }

  /// Where the true relative change lies. Each value is known to within α = `QuantileSketch.accuracy`, so their
  /// ratio is to within a factor of (1 + α) / (1 − α): about 2α on either side. Nil where `relative` is.
  ///
  /// This is the error of the sketches alone. What chance did to the samples comes on top of it.
  package var relativeBounds: ClosedRange<Double>? {
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
  package func shift(from other: QuantileSketch, at quantiles: [Double]) -> [QuantileShift] {
    quantiles.compactMap { quantile in
      guard let before = other.quantile(quantile), let after = self.quantile(quantile) else { return nil }
      return QuantileShift(quantile: quantile, before: before, after: after)
    }
  }
}
