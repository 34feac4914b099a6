import SLOStatistics
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Order statistics of samples")
struct SampleSetTests {
  /// Values as k6 writes them, with the special ones among them.
  private static func values(_ count: Int, _ random: inout SeededGenerator) -> [Double] {
    (0..<count).map { _ in
      switch Int.random(in: 0..<10, using: &random) {
      case 0: 0
      case 1: 1
      case 2: Double(Int.random(in: -3...3, using: &random))
      case 3:
        [Double.infinity, -.infinity, .leastNonzeroMagnitude, 1e308, -1e308].randomElement(using: &random)
          ?? 0
      default: Double.random(in: 0...100, using: &random)
      }
    }
  }

  private static func set(_ values: [Double]) -> SampleSet {
    var set = SampleSet()
    for (place, value) in values.enumerated() {
      set.append(value, at: SampleSet.Place(block: 0, sample: place))
    }
    set.sort()
    return set
  }

  @Test("Sorting by bits is sorting", arguments: [0, 1, 2, 511, 512, 513, 5_000])
  func sorting(count: Int) {
    var random = SeededGenerator(seed: UInt64(count))
    let values = Self.values(count, &random)
    var sorted = values
    RadixSort.sort(&sorted)
    #expect(sorted == values.sorted())
  }

  @Test("Every sample has its rank, in one set and in several", arguments: 1...30)
  func ranks(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let parts = (0..<Int.random(in: 1...6, using: &random)).map { _ in
      Self.values(Int.random(in: 0...40, using: &random), &random)
    }
    let union = SampleUnion(parts.map(Self.set))
    let sorted = parts.joined().sorted()
    #expect(union.count == sorted.count)
    #expect(union.minimum == sorted.first && union.maximum == sorted.last)
    for rank in sorted.indices where sorted.count > 1 {
      // The rank comes back from a division, and may fall beside it by a rounding.
      let (before, after) = (sorted[max(rank - 1, 0)], sorted[min(rank + 1, sorted.count - 1)])
      let value = try #require(union.quantile(Double(rank) / Double(sorted.count - 1)))
      #expect(value == sorted[rank] || value.isNaN || (before...after).contains(value))
    }
  }

  @Test("Quantiles are k6's, type 7 of Hyndman and Fan")
  func interpolation() {
    let union = SampleUnion([Self.set([10, 20]), Self.set([30, 40])])
    #expect(union.quantile(0.5) == 25)
    let rank: Double = 0.95 * 3
    #expect(union.quantile(0.95) == 30 + 10 * (rank - 2))
    #expect(union.quantile(0) == 10 && union.quantile(1) == 40)
    #expect(SampleUnion([]).quantile(0.5) == nil)
    #expect(SampleUnion([Self.set([7])]).quantile(0.99) == 7)
  }

  @Test("Sums, hits and sketches count what is only counted")
  func totals() {
    let union = SampleUnion([Self.set([0, 1, 1, 5]), Self.set([0, 2.5])])
    #expect(union.sum == 9.5 && union.hits == 4 && union.count == 6)
    #expect(union.sketch.count == 6)
    #expect(union.sketch == QuantileSketch(sorted: [0, 0, 1, 1, 2.5, 5]))
  }

  @Test("The last sample is that of the latest block, whoever read it")
  func last() {
    var early = SampleSet()
    early.append(3, at: SampleSet.Place(block: 2, sample: 5))
    var late = SampleSet()
    late.append(9, at: SampleSet.Place(block: 7, sample: 0))
    #expect(SampleUnion([early, late]).last == 9 && SampleUnion([late, early]).last == 9)
    late.merge(early)
    #expect(late.last == 9)
  }
}
