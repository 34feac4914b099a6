import TestSupport
import Testing

@testable import SLOStatistics

/// How two distributions differ.
@Suite struct QuantileShiftTests {
  @Test func `The true change lies within the bounds, quantile by quantile`() throws {
    var random = SeededGenerator(seed: 5)
    for _ in 0..<20 {
      let before = try #require(SortedSample(random.values(2_000, of: .lognormal)))
      let factor = 0.7 + random.uniform()
      let after = try #require(SortedSample(random.values(2_000, of: .lognormal).map { $0 * factor }))
      let quantiles = [0, 0.05, 0.5, 0.95, 0.99, 1]
      let shifts = QuantileSketch(sorted: after.values)
        .shift(from: QuantileSketch(sorted: before.values), at: quantiles)
      #expect(shifts.map(\.quantile) == quantiles)
      for shift in shifts {
        let percent = 100 * shift.quantile
        let change = after.percentile(percent) / before.percentile(percent) - 1
        #expect(try #require(shift.relativeBounds).contains(change))
      }
    }
  }

  @Test func `Only the tail moved`() {
    let before = QuantileSketch(sorted: (1...1_000).map(Double.init))
    let after = QuantileSketch(sorted: (1...1_000).map { $0 <= 980 ? Double($0) : Double($0) * 3 })
    let shifts = after.shift(from: before, at: [0.5, 0.95, 0.99])
    #expect(shifts[0].relative == 0 && shifts[1].relative == 0)
    #expect(shifts[2].relativeBounds?.contains(2) == true)
  }

  @Test func `There is no relative change from nothing, below zero or to infinity`() {
    let values: [[Double]] = [[0], [-1], [.infinity]]
    for odd in values {
      let shifts = QuantileSketch(sorted: [1]).shift(from: QuantileSketch(sorted: odd), at: [0.5])
      #expect(shifts.map(\.before) == odd && shifts.map(\.after) == [1])
      #expect(shifts.first?.relative == nil && shifts.first?.relativeBounds == nil)
    }
    #expect(QuantileSketch(sorted: [1]).shift(from: QuantileSketch(), at: [0.5]).isEmpty)
  }
}
