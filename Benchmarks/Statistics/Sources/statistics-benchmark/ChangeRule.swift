internal import Glibc
internal import SLOStatistics

/// A way to find change points.
struct ChangeRule: Sendable {
  var name: String
  var changes: @Sendable (_ values: [Double]) -> [Int]

  static let slogate = ChangeRule(name: "slogate") { ChangePointSearch().changePoints(in: $0).map(\.index) }

  /// Ours and common ones beside it. Those work on logarithms; s is the noise, from the median difference of
  /// neighbours.
  static let all = [
    slogate,
    ChangeRule(name: "least squares, optimal (as PELT), 3 s² ln n") { values in
      let (logs, scale) = prepared(values)
      return OptimalSegmentation(errors: .squared, penalty: 3 * scale * scale * log(Double(logs.count)))
        .changes(in: logs)
    },
    ChangeRule(name: "absolute deviations, optimal, 5 s ln n") { values in
      let (logs, scale) = prepared(values)
      return OptimalSegmentation(errors: .absolute, penalty: 5 * scale * log(Double(logs.count)))
        .changes(in: logs)
    },
    ChangeRule(name: "least squares, binary segmentation, 3 s² ln n") { values in
      let (logs, scale) = prepared(values)
      let penalty = 3 * scale * scale * log(Double(logs.count))
      return binarySegmentation(of: logs[...]) { part in
        guard let best = leastSquaresSplit(of: part), best.gain > penalty else { return nil }
        return best.place
      }
    },
    ChangeRule(name: "energy distance, t-test 0.001 (as Hunter)") { values in
      binarySegmentation(of: prepared(values).logs[...]) { part in
        guard let place = energySplit(of: part), differs(part[..<place], part[place...]) else { return nil }
        return place
      }
    },
  ]

  private static func prepared(_ values: [Double]) -> (logs: [Double], scale: Double) {
    let logs = values.map { log($0) }
    let distances = SortedSample(zip(logs, logs.dropFirst()).map { abs($1 - $0) })
    return (logs, max(1e-3, (distances?.median ?? 0) * 1.4826 / 2.0.squareRoot()))
  }

  private static func binarySegmentation(
    of part: ArraySlice<Double>, split: (ArraySlice<Double>) -> Int?
  ) -> [Int] {
    guard part.count >= 6, let place = split(part) else { return [] }
    return binarySegmentation(of: part[..<place], split: split) + [place]
      + binarySegmentation(of: part[place...], split: split)
  }

  private static func leastSquaresSplit(of part: ArraySlice<Double>) -> (place: Int, gain: Double)? {
    let total = part.reduce(0, +)
    let count = Double(part.count)
    var (sum, best) = (0.0, (place: part.startIndex, gain: 0.0))
    for index in part.indices.dropLast() {
      sum += part[index]
      let left = Double(index - part.startIndex + 1)
      let difference = sum / left - (total - sum) / (count - left)
      let gain = difference * difference * left * (count - left) / count
      if left >= 2, count - left >= 2, gain > best.gain { best = (index + 1, gain) }
    }
    return best.gain > 0 ? best : nil
  }

  /// Where the energy distance of the two sides is largest (Matteson & James 2014, all of each side).
  private static func energySplit(of part: ArraySlice<Double>) -> Int? {
    let values = Array(part)
    var (left, right, across) = (0.0, 0.0, 0.0)
    for i in values.indices { for j in 0..<i { right += abs(values[i] - values[j]) } }
    var best = (place: 0, distance: 0.0)
    for place in 1..<values.count {
      let moved = values[place - 1]
      let toLeft = values[..<(place - 1)].reduce(0) { $0 + abs($1 - moved) }
      let toRight = values[place...].reduce(0) { $0 + abs($1 - moved) }
      left += toLeft
      right -= toRight
      across += toRight - toLeft
      let (n, m) = (Double(place), Double(values.count - place))
      guard n >= 3, m >= 3 else { continue }
      let mean = 2 * across / (n * m) - 2 * left / (n * (n - 1)) - 2 * right / (m * (m - 1))
      let distance = n * m / (n + m) * mean
      if distance > best.distance { best = (place, distance) }
    }
    return best.place > 0 ? part.startIndex + best.place : nil
  }

  private static func differs(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Bool {
    func moments(_ values: ArraySlice<Double>) -> (mean: Double, squares: Double) {
      let mean = values.reduce(0, +) / Double(values.count)
      return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) })
    }
    let (one, other) = (moments(left), moments(right))
    let freedom = Double(left.count + right.count - 2)
    let variance = (one.squares + other.squares) / freedom
    let error = (variance * (1 / Double(left.count) + 1 / Double(right.count))).squareRoot()
    guard error > 0 else { return one.mean != other.mean }
    let t = abs(one.mean - other.mean) / error
    return 2 * StudentDistribution(degreesOfFreedom: freedom).upperTail(t) < 0.001
  }
}
