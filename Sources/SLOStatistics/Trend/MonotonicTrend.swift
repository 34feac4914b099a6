import Glibc
import SLOSupport

/// Whether values that were taken one after another rise, and how fast: the Mann–Kendall test and the Theil–Sen slope.
///
/// Both go by the order of the values alone, not by a distribution: one outlier, or a jump and a return, is no rise.
///
/// - Mann, H. B.: Nonparametric tests against trend. Econometrica 13 (1945).
/// - Kendall, M. G.: Rank Correlation Methods, 4th edition (1975).
/// - Sen, P. K.: Estimates of the regression coefficient based on Kendall's tau. JASA 63 (1968).
package enum MonotonicTrend {
  /// The most values that are looked at; of more, evenly spaced ones with the first and the last: the slope takes time in
  /// proportion to the square.
  package static let mostValues = 500

  /// Without ties the exact distribution is used up to this number of values, beyond it and with ties the normal one.
  private static let mostExact = 50

  /// How far values rose over the whole of a run, in their unit: the Theil–Sen slope times the length of the run, but no
  /// more than lies between the smallest and the largest, where the Mann–Kendall test finds an increase; else 0.
  ///
  /// Three values rise by chance alone in one of six orders, which is above 5 %: it takes four to say anything. The test
  /// takes the values for independent. Where each depends on the one before, it finds more increases than `level`: a
  /// quarter of stable series at an autocorrelation of 0.8.
  /// - Parameters:
  ///   - values: finite, in the order in which they were taken.
  ///   - positions: when each was taken, never falling, in any unit; nil where that is not known and equal steps stand for it.
  ///   - level: the share of series without a rise that may be found to have one.
  /// - Returns: nil where there are fewer than four values that are not all equal, or fewer than two.
  package static func sustainedRise(
    of values: [Double], at positions: [Double]? = nil, level: Double = 0.05
  ) -> Double? {
    guard let first = values.first, values.count > 1 else { return nil }
    if values.allSatisfy({ $0 == first }) { return 0 }
    guard values.count >= 4 else { return nil }
    let chosen = indices(of: values.count)
    let values = chosen.map { values[$0] }
    guard probability(ofIncreaseIn: values) < level else { return 0 }
    let places = chosen.map { positions?[$0] ?? Double($0) }
    guard let slope = slope(of: values, at: places) else { return 0 }
    let range = (values.max() ?? 0) - (values.min() ?? 0)
    return min(max(0, slope * (places[places.count - 1] - places[0])), range)
  }

  /// The probability that values without a trend rise as much as these: the p-value of the one-sided Mann–Kendall test.
  ///
  /// Exact for up to 50 values without ties; else by the normal distribution with the variance corrected for ties and with
  /// a correction for continuity (Kendall 1975, chapter 4). Takes time in proportion to n log n.
  package static func probability(ofIncreaseIn values: [Double]) -> Double {
    let count = values.count
    guard count > 1 else { return 1 }
    var sorted = values
    let falls = inversions(in: &sorted)
    let ties = groups(in: sorted)
    let pairs = Double(count) * Double(count - 1) / 2
    let score = pairs - ties.reduce(0) { $0 + $1 * ($1 - 1) / 2 } - 2 * falls
    if ties.isEmpty, count <= mostExact { return exact(falls: falls, of: count) }
    let whole = Double(count) * Double(count - 1) * Double(2 * count + 5)
    let variance = (whole - ties.reduce(0) { $0 + $1 * ($1 - 1) * (2 * $1 + 5) }) / 18
    guard variance > 0 else { return 1 }
    let corrected = score > 0 ? score - 1 : score < 0 ? score + 1 : 0
    return erfc(corrected / variance.squareRoot() / 2.0.squareRoot()) / 2
  }

  /// The median of the slopes between all pairs of values at different positions: Sen's estimate.
  ///
  /// Takes time and space in proportion to the square of the number of values.
  /// - Returns: nil where no two positions differ.
  package static func slope(of values: [Double], at positions: [Double]) -> Double? {
    var slopes: [Double] = []
    slopes.reserveCapacity(values.count * (values.count - 1) / 2)
    for later in values.indices {
      for earlier in 0..<later where positions[later] != positions[earlier] {
        slopes.append((values[later] - values[earlier]) / (positions[later] - positions[earlier]))
      }
    }
    slopes.removeAll { !$0.isFinite }
    return slopes.isEmpty ? nil : median(of: slopes)
  }

  /// Which of so many values are looked at.
  private static func indices(of count: Int) -> [Int] {
    guard count > mostValues else { return Array(0..<count) }
    return (0..<mostValues).map { $0 * (count - 1) / (mostValues - 1) }
  }

  /// P(as few falls or fewer) over all orders of `count` different values: the number of falls is a sum of independent
  /// uniform numbers, of which the k-th is 0 … k − 1.
  private static func exact(falls: Double, of count: Int) -> Double {
    var shares = [1.0]
    for size in 1...count {
      var next = [Double](repeating: 0, count: shares.count + size - 1)
      var window = 0.0
      for place in next.indices {
        if place < shares.count { window += shares[place] }
        if place >= size { window -= shares[place - size] }
        next[place] = window / Double(size)
      }
      shares = next
    }
    return min(1, shares.prefix(Int(saturating: falls) + 1).reduce(0, +))
  }

  /// Sorts values and counts the pairs of which the earlier was larger (merge sort; Knight, JASA 61, 1966).
  private static func inversions(in values: inout [Double]) -> Double {
    var count = 0.0
    var (source, target) = (values, values)
    var width = 1
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let (middle, end) = (min(start + width, values.count), min(start + 2 * width, values.count))
        var (left, right) = (start, middle)
        for place in start..<end {
          if left < middle, right == end || source[left] <= source[right] {
            target[place] = source[left]
            left += 1
          } else {
            target[place] = source[right]
            right += 1
            count += Double(middle - left)
          }
        }
      }
      swap(&source, &target)
      width *= 2
    }
    values = source
    return count
  }

  /// The sizes of the groups of equal numbers among sorted ones, those of one alone left out.
  private static func groups(in sorted: [Double]) -> [Double] {
    var sizes: [Double] = []
    var start = 0
    for index in 1...sorted.count where index == sorted.count || sorted[index] != sorted[start] {
      if index - start > 1 { sizes.append(Double(index - start)) }
      start = index
    }
    return sizes
  }
}
