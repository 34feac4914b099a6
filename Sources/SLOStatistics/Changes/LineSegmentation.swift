internal import Glibc

/// The segmentation of a drifting series into straight lines, each fitted by least squares, no two of them joined: what
/// drifts bends or jumps, and levels would make stairs of its slopes.
///
/// Optimal partitioning with the pruning of PELT (Killick, Fearnhead & Eckley, "Optimal detection of changepoints with
/// a linear computational cost", JASA 107, 2012, theorem 3.1): a cut never raises the squared error, so that the
/// pruning loses no optimum.
struct LineSegmentation {
  /// The penalty of a line over ln n, in squared errors of one line through everything.
  private static let penalty = 8.0
  /// The fewest values of a line.
  static let shortest = 5
  /// Cuts of longer series are first looked for at so many places only, equally far from each other.
  private static let mostPlaces = 1_000
  /// A series that is a line to within this share of its variance is one.
  private static let smallestVariance = 1e-12

  /// The indices of the first values of new lines, rising.
  private(set) var changes: [Int] = []
  private let sums: LineSums

  /// Cuts values of which there are three or more, not all equal.
  init(of values: [Double]) {
    let line = StraightLine(through: values)
    let residuals = values.indices.map { values[$0] - line[$0] }
    let squares = residuals.reduce(0) { $0 + $1 * $1 }
    let total = values.reduce(0) { $0 + ($1 - line.height) * ($1 - line.height) }
    let variance = max(squares, LineSegmentation.smallestVariance * total) / Double(values.count - 2)
    let deviation = variance.squareRoot()
    // What is left of one line: the errors of lines through it are the same, and its sums stay small.
    sums = LineSums(residuals.map { $0 / deviation })
    let places = LineSegmentation.places(in: values.count)
    changes = LineSegmentation.changes(of: sums, at: places)
    if places.count <= values.count { refine(within: values.count / (places.count - 1) + 1) }
  }

  /// The ends of a series and places between, at most so many as are looked at.
  private static func places(in count: Int) -> [Int] {
    let most = min(count, mostPlaces)
    return (0...most).map { $0 * count / most }
  }

  private struct Candidate {
    /// The place where the last line would start.
    var start: Int
    /// The cost up to the end that is looked at.
    var cost = 0.0
    /// The last end it can be the best start for.
    var last = Int.max
  }

  private static func changes(of sums: LineSums, at places: [Int]) -> [Int] {
    let distance = sums.count / (places.count - 1)
    let shortest = (LineSegmentation.shortest + distance - 1) / distance
    guard places.count > shortest else { return [] }
    let penalty = LineSegmentation.penalty * log(Double(sums.count))
    var costs = Array(repeating: Double.infinity, count: places.count)
    costs[0] = -penalty
    var previous = Array(repeating: 0, count: places.count)
    var candidates: [Candidate] = []
    for end in shortest..<places.count {
      candidates.append(Candidate(start: end - shortest))
      for at in candidates.indices {
        let start = candidates[at].start
        let cost = costs[start] + sums.error(places[start], places[end])
        candidates[at].cost = cost
        if cost + penalty < costs[end] { (costs[end], previous[end]) = (cost + penalty, start) }
      }
      // Where a line that ends here is no better than the best, one that goes on is none either, as soon as there is
      // room for another line from here on.
      for at in candidates.indices where candidates[at].cost > costs[end] {
        candidates[at].last = min(candidates[at].last, end + shortest - 1)
      }
      candidates.removeAll { $0.last <= end }
    }
    var changes: [Int] = []
    var end = previous[places.count - 1]
    while end > 0 {
      changes.append(places[end])
      end = previous[end]
    }
    return changes.reversed()
  }

  /// Moves each cut to where its two lines fit best.
  private mutating func refine(within reach: Int) {
    for at in changes.indices {
      let (start, end) = (at > 0 ? changes[at - 1] : 0, at + 1 < changes.count ? changes[at + 1] : sums.count)
      let first = max(start + LineSegmentation.shortest, changes[at] - reach)
      let last = min(end - LineSegmentation.shortest, changes[at] + reach)
      func cost(_ place: Int) -> Double { sums.error(start, place) + sums.error(place, end) }
      changes[at] = (first...last).min { cost($0) < cost($1) } ?? changes[at]
    }
  }

  /// The cuts as change points, with the heights and slopes of their lines.
  /// - Parameters:
  ///   - series: the series that was cut.
  ///   - inflation: as in ``SerialCorrelation/inflation``.
  func bends(in series: LevelSeries, inflation: Double) -> [ChangePoint] {
    let bounds = [0] + changes + [series.scaled.count]
    let lines = zip(bounds, bounds.dropFirst()).map { StraightLine(through: series.scaled[$0..<$1]) }
    func end(_ line: Int) -> Double { lines[line][bounds[line + 1] - bounds[line] - 1] * series.unit }
    return changes.indices.map { at in
      ChangePoint(
        index: changes[at], before: end(at), after: end(at + 1),
        p: p(of: changes[at], between: bounds[at], bounds[at + 2], inflation: inflation), kind: .drift,
        isProvisional: false, rise: lines[at + 1].slope * series.unit)
    }
  }

  /// The test of Chow, "Tests of equality between sets of coefficients in two linear regressions" (Econometrica 28,
  /// 1960): one line through both stretches against two. F with two and d degrees of freedom has the upper tail
  /// (1 + 2F/d)^(−d/2). Of correlated values so many count as one.
  private func p(of change: Int, between low: Int, _ high: Int, inflation: Double) -> Double {
    let (one, two) = (sums.error(low, high), sums.error(low, change) + sums.error(change, high))
    guard one > 0 else { return 1 }
    let freedom = max(1, Double(high - low) / inflation - 4)
    return pow(min(1, two / one), freedom / 2)
  }
}

/// Sums of values, of their squares and of their products with their positions, for the squared error of any stretch
/// about its own line.
struct LineSums {
  private var sums = [0.0]
  private var squares = [0.0]
  private var products = [0.0]

  /// How many values there are.
  var count: Int { sums.count - 1 }

  /// Adds up values, which should lie about zero.
  init(_ values: [Double]) {
    for (index, value) in values.enumerated() {
      sums.append(sums[index] + value)
      squares.append(squares[index] + value * value)
      products.append(products[index] + Double(index) * value)
    }
  }

  /// The squared error of the values `start ..< end`, two or more, about the line through them.
  func error(_ start: Int, _ end: Int) -> Double {
    let count = Double(end - start)
    let sum = sums[end] - sums[start]
    let product = products[end] - products[start] - Double(start + end - 1) / 2 * sum
    return max(
      0,
      squares[end] - squares[start] - sum * sum / count - product * product * 12
        / (count * (count * count - 1)))
  }
}
