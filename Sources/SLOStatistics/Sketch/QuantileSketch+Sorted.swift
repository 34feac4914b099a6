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
