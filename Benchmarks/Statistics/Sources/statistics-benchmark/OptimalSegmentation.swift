/// The segmentation with the smallest sum of errors and penalties, by dynamic programming over all stretches.
struct OptimalSegmentation {
  enum Errors { case squared, absolute }

  var errors: Errors
  var penalty: Double

  func changes(in values: [Double]) -> [Int] {
    var costs = [-penalty]
    var previous = [0]
    for end in 1...values.count {
      let errors = growingErrors(of: values[..<end].reversed())
      let best = (0..<end).min { costs[$0] + errors[end - $0] < costs[$1] + errors[end - $1] } ?? 0
      costs.append(costs[best] + errors[end - best] + penalty)
      previous.append(best)
    }
    var changes: [Int] = []
    var end = previous[values.count]
    while end > 0 {
      changes.append(end)
      end = previous[end]
    }
    return changes.reversed()
  }

  /// The error of the first 0, 1, 2 … values.
  private func growingErrors(of values: some Sequence<Double>) -> [Double] {
    var total = [0.0]
    switch errors {
    case .squared:
      var (count, mean, sum) = (0.0, 0.0, 0.0)
      for value in values {
        count += 1
        let step = value - mean
        mean += step / count
        sum += step * (value - mean)
        total.append(sum)
      }
    case .absolute:
      var sorted: [Double] = []
      for value in values {
        let count = sorted.count
        let (low, high) = count == 0 ? (value, value) : (sorted[(count - 1) / 2], sorted[count / 2])
        total.append(total[count] + max(0, low - value, value - high))
        sorted.insert(value, at: sorted.partition(before: value))
      }
    }
    return total
  }
}

extension [Double] {
  /// The place of a number among rising ones.
  fileprivate func partition(before number: Double) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < number { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
