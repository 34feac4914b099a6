/// Where the current level of a series starts: a step inside the window, accepted or not noticed, must neither
/// hide the next regression nor raise an alarm for ever.
enum LevelStart {
  private static let significance = 0.01

  /// The index of the first value of the current level: the best split into two levels, cut where a t-test
  /// confirms it, repeated to its right.
  static func find(in values: [Double], prior: ScalePrior) -> Int {
    var start = 0
    for _ in 0..<4 {
      guard let step = confirmedSplit(of: values[start...], prior: prior) else { break }
      start = step
    }
    return start
  }

  private static func confirmedSplit(of values: ArraySlice<Double>, prior: ScalePrior) -> Int? {
    let count = Double(values.count)
    guard values.count >= 5, let split = bestSplit(of: values) else { return nil }
    let left = values[..<split]
    let right = values[split...]
    let centres = (SortedSample(sorting: left).median, SortedSample(sorting: right).median)
    let residuals = left.map { abs($0 - centres.0) } + right.map { abs($0 - centres.1) }
    let deviation = 1.4826 * SortedSample(sorting: residuals).median
    let first = prior.mean(count * deviation * deviation, degreesOfFreedom: count)
    let bound = first > 0 ? 3 * first : .infinity
    let squares = residuals.reduce(0) { $0 + min($1, bound) * min($1, bound) }
    let scale = prior.mean(squares, degreesOfFreedom: count - 2)
    let error = scale * (Double.pi / 2 * (1 / Double(left.count) + 1 / Double(right.count))).squareRoot()
    let step = abs(centres.1 - centres.0)
    // No t distribution has a smaller tail than the normal one's, and its is 0.0025 at 2.807.
    guard step > 2.8 * error else { return nil }
    let student = StudentDistribution(degreesOfFreedom: count - 2 + prior.weight)
    let p = error > 0 ? student.upperTail(step / error) : 0
    return p < significance / 2 / (count - 3) ? split : nil
  }

  /// The split into two levels, two values each at least, with the smallest sum of absolute residuals.
  private static func bestSplit(of values: ArraySlice<Double>) -> Int? {
    let fromLeft = growingCosts(of: Array(values))
    let fromRight = growingCosts(of: values.reversed())
    let sizes = 2..<(values.count - 1)
    func cost(_ size: Int) -> Double { fromLeft[size] + fromRight[values.count - size] }
    return sizes.min { cost($0) < cost($1) }.map { values.startIndex + $0 }
  }

  /// The sum of absolute deviations from the median of the first 0, 1, 2 … values. One more value adds its
  /// distance from the interval of medians.
  private static func growingCosts(of values: [Double]) -> [Double] {
    var sorted: [Double] = []
    var costs = [0.0]
    sorted.reserveCapacity(values.count)
    costs.reserveCapacity(values.count + 1)
    for (count, value) in values.enumerated() {
      var added = 0.0
      if count > 0 {
        added = max(0, sorted[(count - 1) / 2] - value, value - sorted[count / 2])
      }
      costs.append(costs[count] + added)
      sorted.append(value)
      var place = count
      while place > 0, sorted[place - 1] > value {
        sorted[place] = sorted[place - 1]
        place -= 1
      }
      sorted[place] = value
    }
    return costs
  }
}
