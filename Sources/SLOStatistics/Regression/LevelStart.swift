import SLOSupport

/// Where the current level of a series starts: a step inside the window, accepted or not noticed, must neither
/// hide the next regression nor raise an alarm for ever.
///
/// The first split of a series is found once, whatever is expected of its scatter afterwards.
struct LevelStart {
  private static let significance = 0.02

  /// The values, oldest first.
  let values: [Double]
  /// The index of the first value of a level that is known to have started there; 0 where none is known.
  let known: Int
  private let sorted: SortedSample
  private let firstSplit: Split?

  /// Prepares the search among the values from `known` on, one at least.
  init(in values: [Double], known: Int = 0) {
    self.values = values
    self.known = known
    sorted = SortedSample(sorting: values[known...])
    firstSplit = Split(of: values[known...])
  }

  /// The index of the first value of the current level: the best split into two levels, cut where a t-test
  /// confirms it, repeated to its right.
  func index(prior: ScalePrior) -> Int {
    var start = known
    var split = firstSplit
    for _ in 0..<4 {
      guard let step = split, step.isReal(prior: prior, significance: LevelStart.significance) else { break }
      start = step.index
      split = Split(of: values[start...])
    }
    return start
  }

  /// The values from an index on, sorted.
  func sorted(from start: Int) -> SortedSample {
    start == known ? sorted : SortedSample(sorting: values[start...])
  }
}

/// The best split of values into two levels.
private struct Split {
  /// The index of the first value of the second level.
  let index: Int
  private let step: Double
  private let sizes: (left: Double, right: Double)
  private let residuals: SortedSample
  /// Of each value, from the centre of its side.
  private let distances: [Double]

  /// The fewest values that make a level: of two, one may be an outlier and the other of the old level.
  private static let fewest = 3

  /// Finds the split, three values a side at least, with the smallest sum of absolute residuals.
  /// - Returns: nil for fewer than six values.
  init?(of values: ArraySlice<Double>) {
    guard values.count >= 2 * Split.fewest else { return nil }
    let fromLeft = Split.growingCosts(of: values)
    let fromRight = Split.growingCosts(of: values.reversed())
    var size = Split.fewest
    for other in size..<(values.count - Split.fewest + 1)
    where fromLeft[other] + fromRight[values.count - other] < fromLeft[size] + fromRight[values.count - size]
    {
      size = other
    }
    index = values.startIndex + size
    let left = SortedSample(sorting: values[..<index])
    let right = SortedSample(sorting: values[index...])
    let centres = (left: left.median, right: right.median)
    step = abs(centres.right - centres.left)
    sizes = (Double(left.values.count), Double(right.values.count))
    let middle = index
    let distances = values.indices.map { abs(values[$0] - ($0 < middle ? centres.left : centres.right)) }
    residuals = SortedSample(sorting: distances)
    self.distances = distances
  }

  /// Whether the step is more than noise, corrected for the number of places it might have been found at.
  func isReal(prior: ScalePrior, significance: Double) -> Bool {
    let count = sizes.left + sizes.right
    let deviation = 1.4826 * residuals.median
    let first = prior.mean(count * deviation * deviation, degreesOfFreedom: count)
    let bound = first > 0 ? 3 * first : .infinity
    let squares = residuals.values.reduce(0) { $0 + min($1, bound) * min($1, bound) }
    let scale = prior.mean(squares, degreesOfFreedom: count - 2)
    let error = scale * (Double.pi / 2 * (1 / sizes.left + 1 / sizes.right)).squareRoot()
    // No t distribution has a smaller tail than the normal one's, and its is 0.0025 at 2.807.
    guard step > 2.8 * error else { return false }
    let weight = prior.weight(besides: squares / (count - 2))
    let student = StudentDistribution(degreesOfFreedom: count - 2 + weight)
    let places = count - Double(2 * Split.fewest - 1)
    guard isOfLevels(bound) else { return false }
    return (error > 0 ? student.upperTail(step / error) : 0) < significance / 2 / places
  }

  /// Whether on either side so many values agree as make a level: an outlier and its neighbours are none.
  private func isOfLevels(_ bound: Double) -> Bool {
    let left = distances.prefix(Int(saturating: sizes.left))
    return [left, distances[left.endIndex...]].allSatisfy { side in
      side.count { $0 <= bound } >= Split.fewest
    }
  }

  /// The sum of absolute deviations from the median of the first 0, 1, 2 … values. One more value adds its
  /// distance from the interval of medians.
  private static func growingCosts(of values: some Collection<Double>) -> [Double] {
    var sorted = Array(values)
    var costs = Array(repeating: 0.0, count: values.count + 1)
    sorted.withUnsafeMutableBufferPointer { sorted in
      for count in 1..<sorted.count {
        let (low, high, value) = (sorted[(count - 1) / 2], sorted[count / 2], sorted[count])
        costs[count + 1] = costs[count] + max(0, low - value, value - high)
        sorted.settle(count)
      }
    }
    return costs
  }
}
