/// Numbers in rising order, sorted once for every order statistic asked of them.
public struct SortedSample: Sendable {
  /// The numbers, rising; never empty.
  public let values: [Double]

  /// Sorts numbers.
  /// - Returns: nil for no numbers, or where one is NaN.
  public init?(_ numbers: some Collection<Double>) {
    guard !numbers.isEmpty, !numbers.contains(where: \.isNaN) else { return nil }
    values = numbers.sorted()
  }

  /// For numbers known to be there and comparable.
  init(sorting numbers: some Collection<Double>) { values = numbers.sorted() }

  /// The middle number, or the mean of the two middle ones.
  public var median: Double { median(in: values.indices) }

  /// The median distance from the median, unscaled. Times 1.4826 it estimates the standard deviation of
  /// normal noise.
  public var medianAbsoluteDeviation: Double {
    let centre = median
    return SortedSample(sorting: values.map { abs($0 - centre) }).median
  }

  /// The percentile with linear interpolation between neighbours (Hyndman & Fan's type 7; k6's and numpy's).
  /// - Parameter percent: 0 … 100; values outside are taken as the nearer end.
  public func percentile(_ percent: Double) -> Double {
    let position = min(max(percent, 0), 100) / 100 * Double(values.count - 1)
    let below = Int(position)
    guard below + 1 < values.count else { return values[values.count - 1] }
    return values[below] + (position - Double(below)) * (values[below + 1] - values[below])
  }

  /// How many different numbers there are.
  public var distinctCount: Int {
    zip(values, values.dropFirst()).reduce(1) { $0 + ($1.0 == $1.1 ? 0 : 1) }
  }

  /// The indices of the shortest run of ⌊n/2⌋ + 1 neighbours: where the numbers lie densest.
  var shortestHalf: Range<Int> {
    let size = values.count / 2 + 1
    var best = 0
    for start in 0...(values.count - size)
    where values[start + size - 1] - values[start] < values[best + size - 1] - values[best] {
      best = start
    }
    return best..<best + size
  }

  /// The smallest distance between two different numbers; nil where all are equal.
  var smallestGap: Double? {
    zip(values, values.dropFirst()).lazy.map { $1 - $0 }.filter { $0 > 0 }.min()
  }

  /// How often the most frequent number occurs.
  var largestMultiplicity: Int {
    var largest = 0
    var start = 0
    for index in values.indices {
      if values[index] != values[start] { start = index }
      largest = max(largest, index - start + 1)
    }
    return largest
  }

  /// The median of a non-empty range of the sorted numbers.
  func median(in range: Range<Int>) -> Double {
    let middle = range.lowerBound + range.count / 2
    return range.count % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2
  }
}
