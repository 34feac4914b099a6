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
