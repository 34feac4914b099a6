import Testing

@testable import SLOStatistics

@Suite struct SortedSampleTests {
  @Test func `Median and MAD`() throws {
    let sample = try #require(SortedSample([9, 1, 4, 100, 5]))
    #expect(sample.median == 5)
    #expect(sample.medianAbsoluteDeviation == 4)
    #expect(SortedSample([3, 1])?.median == 2)
    #expect(SortedSample([1.7e308, 1.7e308])?.median == 1.7e308, "the sum would be infinite")
  }

  @Test(arguments: [
    (0.0, 10.0), (50, 30), (90, 46), (95, 48), (99, 49.6), (100, 50), (-5, 10), (200, 50),
  ])
  func `Percentiles interpolate as k6's do`(percent: Double, expected: Double) throws {
    let sample = try #require(SortedSample([50, 10, 20, 40, 30]))
    #expect(abs(sample.percentile(percent) - expected) < 1e-12)
  }

  @Test func `Nothing and NaN are no sample`() {
    #expect(SortedSample([]) == nil)
    #expect(SortedSample([1, .nan]) == nil)
  }

  @Test func `The shortest half lies where values are densest`() throws {
    let sample = try #require(SortedSample([1, 10, 10.5, 11, 30, 50]))
    #expect(sample.values[sample.shortestHalf].first == 1)
    #expect(SortedSample([0, 10, 10.5, 11, 30]).map { Array($0.values[$0.shortestHalf]) } == [10, 10.5, 11])
  }

  @Test func `What tells coarse values from fine ones`() throws {
    let sample = try #require(SortedSample([3, 1, 3, 3, 5]))
    #expect(sample.distinctCount == 3)
    #expect(sample.smallestGap == 2)
    #expect(sample.largestMultiplicity == 3)
    #expect(SortedSample([2, 2])?.smallestGap == nil)
  }
}
