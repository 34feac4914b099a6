import TestSupport
import Testing

@testable import SLOStatistics

/// What a sketch says of a distribution.
@Suite struct QuantileSketchTests {
  static let sizes = [1, 2, 3, 10, 999, 100_000]

  @Test(arguments: Shape.allCases, sizes)
  func `Every order statistic is within 1 %`(shape: Shape, size: Int) {
    var random = SeededGenerator(seed: UInt64(size))
    let values = random.values(size, of: shape).sorted()
    let sketch = QuantileSketch(sorted: values)
    let wrong = stride(from: 0, to: size, by: max(1, size / 1_000)).filter {
      !isClose(sketch.value(atRank: $0), values[$0])
    }
    #expect(wrong.isEmpty)
    #expect(sketch.count == size && sketch.min == values.first && sketch.max == values.last)
    #expect(sketch.quantile(0) == values.first && sketch.quantile(1) == values.last)
  }

  @Test(arguments: Shape.allCases.filter { $0 != .mixed }, sizes)
  func `A percentile is within 1 % of the one k6 gives`(shape: Shape, size: Int) throws {
    var random = SeededGenerator(seed: UInt64(size))
    let sample = try #require(SortedSample(random.values(size, of: shape)))
    let sketch = QuantileSketch(sorted: sample.values)
    for percent in [0, 0.1, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 100] {
      let quantile = try #require(sketch.quantile(percent / 100))
      #expect(isClose(quantile, sample.percentile(percent)), "p\(percent)")
    }
  }

  @Test func `An empty sketch knows nothing`() {
    let sketch = QuantileSketch(sorted: [])
    #expect(sketch == QuantileSketch())
    #expect(sketch.count == 0 && sketch.min == nil && sketch.max == nil)
    #expect(sketch.quantile(0.5) == nil && sketch.share(atOrBelow: 1) == nil)
  }

  @Test func `Quantiles outside 0 … 1 are the nearer end`() {
    let sketch = QuantileSketch(sorted: [1, 2, 3])
    #expect(sketch.quantile(-1) == 1)
    #expect(sketch.quantile(2) == 3)
  }

  @Test(arguments: Shape.allCases)
  func `The share below a value is the true one within 1 % of it`(shape: Shape) throws {
    var random = SeededGenerator(seed: 7)
    let values = random.values(5_000, of: shape).sorted()
    let sketch = QuantileSketch(sorted: values)
    for value in random.values(500, of: shape) + [0, values[0], values[4_999], 1e300, -1e300] {
      let share = try #require(sketch.share(atOrBelow: value))
      let slack = QuantileSketch.accuracy * (1 + 1e-9)
      let bounds = [value / (1 + slack), value / (1 - slack)].sorted()
      let (low, high) = (values.count { $0 <= bounds[0] }, values.count { $0 <= bounds[1] })
      #expect((Double(low) / 5_000...Double(high) / 5_000).contains(share), "\(value)")
    }
  }

  @Test func `Infinities are counted apart and cost the others nothing`() {
    let sketch = QuantileSketch(sorted: [-.infinity, 1, 2, 3, 4, 5, 6, 7, .infinity, .infinity, .infinity])
    #expect(sketch.min == -.infinity && sketch.max == .infinity && sketch.count == 11)
    #expect(sketch.quantile(0) == -.infinity && sketch.quantile(1) == .infinity)
    #expect(isClose(sketch.quantile(0.5) ?? 0, 5))
    #expect(sketch.quantile(0.04) == -.infinity && sketch.quantile(0.75) == .infinity)
    #expect(sketch.share(atOrBelow: -.infinity) == 1.0 / 11)
    #expect(sketch.share(atOrBelow: 1e308) == 8.0 / 11)
    #expect(sketch.share(atOrBelow: .infinity) == 1)
    #expect(QuantileSketch(sorted: [-.infinity, .infinity]).quantile(0.5) == -.infinity)
  }

  @Test func `The largest and smallest numbers have their place`() {
    let extremes = [1, 1.5, 2].flatMap { [$0 * Double.leastNormalMagnitude, .greatestFiniteMagnitude / $0] }
    for extreme in extremes + extremes.map({ -$0 }) {
      let sketch = QuantileSketch(sorted: [extreme, extreme])
      #expect(sketch.quantile(0.5) == extreme)
      #expect(isClose(SketchCell(of: extreme).estimate, extreme))
    }
    #expect(QuantileSketch(sorted: [0, .leastNonzeroMagnitude, 1]).value(atRank: 1) == 0)
  }

  @Test func `Beyond 17 decades the smallest magnitudes give way and the upper quantiles stay`() throws {
    let values = (0..<4_000).map { 1e-30 * LogarithmicMapping.upperBound(of: $0) }
    let sketch = QuantileSketch(sorted: values)
    #expect(sketch.positives.counts.count == BucketStore.capacity)
    for rank in 4_000 - BucketStore.capacity..<4_000 {
      #expect(isClose(sketch.value(atRank: rank), values[rank]))
    }
    #expect(sketch.min == values[0] && sketch.quantile(0.1) == sketch.quantile(0.4))
  }

  @Test func `A bucket ends at its bound, whichever way a value comes`() {
    for bucket in [-35_000, -1_035, -1, 0, 1, 17, 230, 2_072, 35_000] {
      let bound = LogarithmicMapping.upperBound(of: bucket)
      #expect(LogarithmicMapping.bucket(of: bound) == bucket)
      #expect(LogarithmicMapping.bucket(of: bound.nextUp) == bucket + 1)
      for value in [bound.nextDown, bound, bound.nextUp] {
        for signed in [value, -value] {
          var one = QuantileSketch()
          one.add(signed)
          #expect(one == QuantileSketch(sorted: [signed]))
          #expect(SketchCell(of: SketchCell(of: signed).last).last == SketchCell(of: signed).last)
        }
      }
    }
  }

  @Test func `NaN is refused`() async {
    await #expect(processExitsWith: .failure) {
      var sketch = QuantileSketch()
      sketch.add(.nan)
    }
    await #expect(processExitsWith: .failure) { _ = QuantileSketch(sorted: [1, .nan]) }
    await #expect(processExitsWith: .failure) { _ = QuantileSketch(sorted: [2, 1]) }
  }

  private func isClose(_ estimate: Double, _ value: Double) -> Bool {
    abs(estimate - value) <= QuantileSketch.accuracy * abs(value) * (1 + 1e-9)
  }
}
