import Testing
import TestSupport

@testable import SLOStatistics

/// Expected values by scipy 1.17 (`kendalltau(range(n), y, alternative="greater", method="exact").pvalue` without ties,
/// `theilslopes`) and, with ties, half of the two-sided p of pymannkendall 1.4.3 (`original_test`).
@Suite("Whether values rise over a run, and how far")
struct MonotonicTrendTests {
  @Test(
    "The p-value is exact without ties",
    arguments: [
      ([1.0, 2, 3, 4], 0.041666666666666664), ([1.0, 2, 4, 3], 0.16666666666666666),
      ([3.0, 1, 2, 5, 4, 6], 0.06805555555555555), ([6.0, 5, 4, 3, 2, 1], 1.0),
      ([10.0, 12, 11, 15, 14, 13, 18, 17], 0.015575396825396826),
    ])
  func exact(values: [Double], expected: Double) {
    #expect(abs(MonotonicTrend.probability(ofIncreaseIn: values) - expected) < 1e-12)
  }

  @Test(
    "With ties it is the normal one, corrected for them and for continuity",
    arguments: [
      // A queue that jumped from 2 to 42 and stayed: S = 16, variance 48.
      ([2.0, 2, 2, 2, 42, 42, 42, 42], 0.0151914110),
      // One that went up by one in three snapshots: S = 54, variance 198.
      ([0.0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3], 0.00008276080),
      ([1.0, 1, 1, 90, 1, 1], 0.5), ([5.0, 5, 5, 5], 1.0),
    ])
  func tied(values: [Double], expected: Double) {
    #expect(abs(MonotonicTrend.probability(ofIncreaseIn: values) - expected) < 1e-6)
  }

  @Test("Sen's slope is the median of all slopes, whatever the steps are")
  func slope() throws {
    // 10 a second, one value far off: of 15 slopes the middle one is 10.
    let positions = [0.0, 10, 15, 100, 400, 401]
    var values = positions.map { 200 + 10 * $0 }
    #expect(try #require(MonotonicTrend.slope(of: values, at: positions)) == 10)
    values[3] = 9_000
    #expect(try #require(MonotonicTrend.slope(of: values, at: positions)) == 10)
    #expect(MonotonicTrend.slope(of: [1, 2], at: [5, 5]) == nil)
  }

  @Test("A rise is the slope over the whole run, in the unit of the values")
  func rise() {
    #expect(MonotonicTrend.sustainedRise(of: [10, 12, 14, 16, 18]) == 8)
    #expect(
      MonotonicTrend.sustainedRise(of: [0, 10, 15, 400].map { 3 * $0 }, at: [0, 10, 15, 400]) == 1_200)
  }

  @Test("What does not keep rising has a rise of 0, one outlier included")
  func none() {
    #expect(MonotonicTrend.sustainedRise(of: [1, 1, 1, 90, 1, 1]) == 0)
    #expect(MonotonicTrend.sustainedRise(of: [9, 7, 5, 3, 1]) == 0)
    #expect(MonotonicTrend.sustainedRise(of: [10, 14, 9, 13, 8, 12]) == 0)
  }

  @Test("Of fewer than four values nothing is said, unless they are the same")
  func few() {
    #expect(MonotonicTrend.sustainedRise(of: [1, 2, 3]) == nil)
    #expect(MonotonicTrend.sustainedRise(of: [5, 5]) == 0)
    #expect(MonotonicTrend.sustainedRise(of: [5]) == nil)
    #expect(MonotonicTrend.sustainedRise(of: []) == nil)
  }

  @Test("A rise is never more than lies between the smallest and the largest value")
  func bounded() {
    // The steepest of the pairs are in the middle: the line through them leaves the values.
    #expect(MonotonicTrend.sustainedRise(of: [2, 2, 2, 2, 42, 42, 42, 42]) == 40)
  }

  @Test("Ten thousand values are thinned, and a line stays the line it is")
  func many() throws {
    let rise = try #require(MonotonicTrend.sustainedRise(of: (0..<10_000).map { Double($0) * 0.5 }))
    #expect(abs(rise - 4_999.5) < 1e-6)
  }

  @Test("Of independent values without a trend one in twenty is found to rise")
  func level() {
    var generator = SeededGenerator(seed: 11)
    for count in [4, 12, 60] {
      let found = (0..<2_000).count { _ in
        let values = (0..<count).map { _ in Double.random(in: 0..<1, using: &generator) }
        return (MonotonicTrend.sustainedRise(of: values) ?? 0) > 0
      }
      #expect((40...130).contains(found), "\(found) of 2000 with \(count) values")
    }
  }
}
