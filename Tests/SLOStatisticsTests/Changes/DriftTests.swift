import TestSupport
import Testing

@testable import SLOStatistics

/// Telling steps from wandering, drifting and bending.
@Suite struct DriftTests {
  /// Noise of which each value keeps a share of the one before; with a share of 1, a walk.
  private func wandering(_ count: Int, keeping share: Double, scatter: Double, seed: UInt64 = 1) -> [Double] {
    var random = SeededGenerator(seed: seed)
    var height = 0.0
    return (0..<count).map { _ in
      height = share * height + scatter * random.normal()
      return 100 * (1 + height)
    }
  }

  private func correlation(_ values: [Double]) -> SerialCorrelation {
    let series = LevelSeries(values)
    return SerialCorrelation(of: series, changes: LevelPath(of: series).changes)
  }

  @Test(arguments: 1...10)
  func `Independent noise has no correlation, a walk drifts`(seed: UInt64) {
    let noise = correlation(levels([(100, 200)], seed: seed))
    #expect(noise.ofDifferences < 0.3 && abs(noise.ofResiduals) < 0.25 && noise.inflation < 1.8)
    #expect(correlation(wandering(500, keeping: 1, scatter: 0.01, seed: seed)).isDrift)
  }

  @Test func `A correlated series counts for fewer values`() {
    let alike = correlation(wandering(400, keeping: 0.5, scatter: 0.02))
    #expect(!alike.isDrift && alike.inflation > 1.8 && alike.inflation < 5)
  }

  @Test func `A history that jumps all the time does not drift`() {
    let jumping = levels((0..<25).map { ($0 % 2 == 0 ? 100 : 130, 8) }, scatter: 0.005)
    let found = ChangePointSearch().changePoints(in: jumping)
    #expect(!correlation(jumping).isDrift)
    #expect(found.map(\.index) == Array(stride(from: 8, to: 200, by: 8)))
    #expect(found.allSatisfy { $0.kind == .step })
  }

  @Test func `A series that wanders about its level is granted more than one that does not`() {
    let still = LongRunVariance(of: LevelSeries(levels([(100, 400)])).levels, changes: [])
    let restless = zip(wandering(400, keeping: 0.97, scatter: 0.004), levels([(1, 400)], seed: 2)).map {
      $0 * $1
    }
    let granted = LongRunVariance(of: LevelSeries(restless).levels, changes: [])
    #expect(still.ratio < 1.3 && granted.ratio > 2)
    #expect(granted.wander > still.wander && granted.wander == LongRunVariance.largestWander)
  }

  @Test func `A curve is cut where it bends, and marked as drift`() {
    let noise = levels([(1, 300)], scatter: 0.01)
    let curve = noise.enumerated().map { $1 * (100 + 0.008 * Double($0) * Double(300 - $0)) }
    let found = ChangePointSearch().changePoints(in: curve)
    #expect(!found.isEmpty && found.count <= 3 && found.allSatisfy { $0.kind == .drift })
  }

  @Test func `One line tells a slope as well as two levels, but not a step`() {
    let slope = (0..<20).map { Double($0) }
    let step = (0..<20).map { $0 < 10 ? 0.0 : 5 }
    #expect(LineVeto.ratio(of: slope[...], change: 10) > 1)
    #expect(LineVeto.ratio(of: step[...], change: 10) < 1)
    #expect(LineVeto(of: slope).kept([10]) == [] && LineVeto(of: step).kept([10]) == [10])
  }

  @Test func `Least squares finds the very place in a series too long to try them all`() {
    let long = levels([(100, 3_001), (200, 2_503), (150, 2_002)], scatter: 0.01)
    #expect(LeastSquaresSegmentation(of: long).changes == [3_001, 5_504])
  }
}
