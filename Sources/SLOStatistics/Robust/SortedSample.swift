import SLOSupport

/// Numbers in rising order, sorted once for every order statistic asked of them.
package struct SortedSample: Sendable {
  /// The numbers, rising; never empty.
  package let values: [Double]

  /// Sorts numbers.
  /// - Returns: nil for no numbers, or where one is NaN.
  package init?(_ numbers: some Collection<Double>) {
    guard !numbers.isEmpty, !numbers.contains(where: \.isNaN) else { return nil }
    self.init(sorting: numbers)
  }

  /// For numbers known to be there and comparable. Windows are short, and there insertion is the faster sort.
  init(sorting numbers: some Collection<Double>) {
    guard numbers.count <= 32 else {
      values = numbers.sorted()
      return
    }
    var sorted = Array(numbers)
    sorted.withUnsafeMutableBufferPointer { buffer in
      for index in buffer.indices { buffer.settle(index) }
    }
    values = sorted
  }

  /// The middle number, or the mean of the two middle ones.
  package var median: Double { median(in: values.indices) }

  /// The median distance from the median, unscaled. Times 1.4826 it estimates the standard deviation of
  /// normal noise.
  package var medianAbsoluteDeviation: Double {
    let centre = median
    var low = values.count / 2 - 1
    var high = values.count / 2
    var distances = (last: 0.0, before: 0.0)
    for _ in 0...values.count / 2 {
      let isLowNearer = high == values.count || (low >= 0 && centre - values[low] < values[high] - centre)
      distances.before = distances.last
      distances.last = isLowNearer ? centre - values[low] : abs(values[high] - centre)
      if isLowNearer { low -= 1 } else { high += 1 }
    }
    return values.count % 2 == 1 ? distances.last : middleOf(distances.last, distances.before)
  }

  /// The percentile with linear interpolation between neighbours (Hyndman & Fan's type 7; numpy's and load tools').
  /// - Parameter percent: 0 … 100; values outside are taken as the nearer end.
  package func percentile(_ percent: Double) -> Double {
    let position = min(max(percent, 0), 100) / 100 * Double(values.count - 1)
    let below = Int(saturating: position)
    guard below + 1 < values.count else { return values[values.count - 1] }
    return values[below] + (position - Double(below)) * (values[below + 1] - values[below])
  }

  /// How many different numbers there are.
  package var distinctCount: Int {
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
    return range.count % 2 == 1 ? values[middle] : middleOf(values[middle - 1], values[middle])
  }
}

extension UnsafeMutableBufferPointer<Double> {
  /// Moves the number at an index down to its place among the rising ones before it.
  func settle(_ index: Int) {
    let number = self[index]
    var place = index
    while place > 0, self[place - 1] > number {
      self[place] = self[place - 1]
      place -= 1
    }
    self[place] = number
  }
}

/// The median of numbers of which nothing else is asked: by selection (Hoare's Algorithm 65, CACM 4, 1961, with the
/// middle of three as pivot), which takes time in proportion to their count where sorting takes more.
/// - Parameter numbers: one or more, none NaN.
func median(of numbers: some Collection<Double>) -> Double {
  var numbers = Array(numbers)
  return numbers.withUnsafeMutableBufferPointer { buffer in
    let middle = buffer.count / 2
    buffer.select(middle)
    guard buffer.count % 2 == 0 else { return buffer[middle] }
    var below = buffer[0]
    for index in 1..<middle where buffer[index] > below { below = buffer[index] }
    return middleOf(below, buffer[middle])
  }
}

/// The mean of two numbers, halved before they are added: the sum of two large ones would be infinite.
func middleOf(_ left: Double, _ right: Double) -> Double { left / 2 + right / 2 }

extension UnsafeMutableBufferPointer<Double> {
  /// Puts the number that belongs at a place there, none larger before it and none smaller behind it.
  fileprivate func select(_ place: Int) {
    var (low, high) = (0, count - 1)
    while low < high {
      let (first, middle, last) = (self[low], self[(low + high) / 2], self[high])
      let pivot = Swift.max(Swift.min(first, middle), Swift.min(Swift.max(first, middle), last))
      var (left, right) = (low, high)
      while left <= right {
        while self[left] < pivot { left += 1 }
        while self[right] > pivot { right -= 1 }
        if left <= right {
          swapAt(left, right)
          left += 1
          right -= 1
        }
      }
      if place <= right { high = right } else if place >= left { low = left } else { return }
    }
  }
}
