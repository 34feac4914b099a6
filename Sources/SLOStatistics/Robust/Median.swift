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
