internal import Glibc

/// The least-squares segmentation of a standardised series: PELT (Killick, Fearnhead & Eckley, "Optimal detection of
/// changepoints with a linear computational cost", JASA 107, 2012) with a penalty that also asks for the logarithm
/// of each stretch's length, as Zhang & Siegmund's modified BIC (Biometrics 63, 2007) does.
struct LeastSquaresSegmentation {
  /// The penalty of a change over ln n. Standardised by its whole scatter, a drifting series has no small steps.
  private static let penalty = 4.0
  private static let shortest = 2
  /// Changes of longer series are first looked for at every second, third … place only.
  private static let mostPlaces = 2_000

  /// The indices of the first values of new stretches, rising.
  private(set) var changes: [Int] = []

  /// Cuts four values or more, not all equal.
  init(of values: [Double]) {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / (count - 1)).squareRoot()
    let sums = RunningSums(values.map { ($0 - mean) / deviation })
    let stride = (values.count - 1) / LeastSquaresSegmentation.mostPlaces + 1
    changes = LeastSquaresSegmentation.changes(of: sums, every: stride)
    if stride > 1 { refine(sums, within: stride) }
  }

  private static func changes(of sums: RunningSums, every stride: Int) -> [Int] {
    let shortest = (LeastSquaresSegmentation.shortest + stride - 1) / stride
    let places = Array(Swift.stride(from: 0, to: sums.count, by: stride)) + [sums.count]
    let penalty = LeastSquaresSegmentation.penalty * log(Double(sums.count))
    let slack = 2 * log(Double(sums.count))
    let logarithms = (0...sums.count).map { log(Double($0)) }
    var costs = Array(repeating: Double.infinity, count: places.count)
    costs[0] = -penalty
    var previous = Array(repeating: 0, count: places.count)
    var candidates: [(start: Int, cost: Double)] = []
    for end in shortest..<places.count {
      candidates.append((end - shortest, 0))
      for at in candidates.indices {
        let start = candidates[at].start
        candidates[at].cost = costs[start] + sums.error(places[start], places[end])
        let cost = candidates[at].cost + logarithms[places[end] - places[start]] + penalty
        if cost < costs[end] { (costs[end], previous[end]) = (cost, start) }
      }
      candidates.removeAll { $0.cost > costs[end] + slack }
    }
    var changes: [Int] = []
    var end = previous[places.count - 1]
    while end > 0 {
      changes.append(places[end])
      end = previous[end]
    }
    return changes.reversed()
  }

  private mutating func refine(_ sums: RunningSums, within stride: Int) {
    for at in changes.indices {
      let low = at > 0 ? changes[at - 1] : 0
      let high = at + 1 < changes.count ? changes[at + 1] : sums.count
      let places = max(low + 1, changes[at] - stride)...min(high - 1, changes[at] + stride)
      func cost(_ place: Int) -> Double { sums.error(low, place) + sums.error(place, high) }
      changes[at] = places.min { cost($0) < cost($1) } ?? changes[at]
    }
  }
}

/// Sums of values and of their squares, for the squared error of any stretch.
struct RunningSums {
  private var sums = [0.0]
  private var squares = [0.0]

  /// How many values there are.
  var count: Int { sums.count - 1 }

  /// Adds up values, which should lie about zero.
  init(_ values: [Double]) {
    for value in values {
      sums.append(sums[sums.count - 1] + value)
      squares.append(squares[squares.count - 1] + value * value)
    }
  }

  /// The squared error of the values `start ..< end` about their mean.
  func error(_ start: Int, _ end: Int) -> Double {
    let sum = sums[end] - sums[start]
    return max(0, squares[end] - squares[start] - sum * sum / Double(end - start))
  }
}
