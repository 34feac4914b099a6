import Glibc
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
    #expect(found.allSatisfy { (0...1).contains($0.p) && $0.rise?.isFinite == true })
  }

  @Test func `Memory that begins to leak is dated to the bend, with its rise a run`() throws {
    let found = (1...10).map { seed in
      let noise = levels([(1, 140)], scatter: 0.005, seed: UInt64(seed))
      return ChangePointSearch().changePoints(
        in: noise.enumerated().map { $1 * 500 * (1 + 0.005 * Double(max(0, $0 - 70))) })
    }
    // The others are taken for stairs before any line is tried.
    let drifting = found.filter { $0.first?.kind == .drift }
    #expect(drifting.count >= 8)
    for changes in drifting {
      let (rise, rate) = (try #require(changes[0].rise), try #require(changes[0].rate))
      #expect(changes.count == 1 && abs(changes[0].index - 70) <= 5)
      #expect(abs(changes[0].before - 500) < 12 && abs(changes[0].after - 672) < 12)
      #expect(abs(rise - 2.5) < 0.3 && abs(rate - 0.005) < 0.0006)
    }
  }

  @Test func `What rises and then keeps its height bends once, and rises no more`() throws {
    let noise = levels([(1, 120)], scatter: 0.005)
    let found = ChangePointSearch().changePoints(
      in: noise.enumerated().map { $1 * 500 * (1 + 0.005 * Double(min($0, 80))) })
    #expect(found.count == 1 && abs(found[0].index - 80) <= 4 && found[0].kind == .drift)
    let (rate, change) = (try #require(found[0].rate), try #require(found[0].change))
    #expect(abs(rate) < 2e-4 && abs(change) < 0.02)
  }

  @Test func `Lines join each other's heights, and heights keep the unit`() {
    let noise = levels([(1, 180)], scatter: 0.004)
    let values = noise.enumerated().map { $1 * (100 + abs(Double($0) - 90)) }
    let (found, larger) = (
      ChangePointSearch().changePoints(in: values),
      ChangePointSearch().changePoints(in: values.map { $0 * 1_024 })
    )
    #expect(!found.isEmpty && zip(found, found.dropFirst()).allSatisfy { $0.after == $1.before })
    #expect(larger.map(\.index) == found.map(\.index))
    #expect(larger.map(\.before) == found.map { $0.before * 1_024 })
    #expect(larger.map(\.rise) == found.map { $0.rise.map { $0 * 1_024 } })
  }

  @Test func `One line tells a slope as well as two levels, but not a step`() {
    let slope = (0..<20).map { Double($0) }
    let step = (0..<20).map { $0 < 10 ? 0.0 : 5 }
    #expect(Staircase.ratio(of: slope, change: 10) > 1)
    #expect(Staircase.ratio(of: step, change: 10) < 1)
  }

  @Test func `A line, exact or noisy, is not cut; a level, a bend and a jump are`() {
    let line = (0..<60).map { 3 * Double($0) }
    #expect(LineSegmentation(of: line).changes == [])
    #expect(LineSegmentation(of: zip(line, levels([(1, 60)])).map { $0 + $1 }).changes == [])
    #expect(LineSegmentation(of: line.map { abs($0 - 90) }).changes.allSatisfy { abs($0 - 30) <= 1 })
    #expect(LineSegmentation(of: line.map { $0 < 90 ? $0 : $0 + 500 }).changes == [30])
    #expect(LineSegmentation(of: [0, 1, 2, 9, 9, 9, 9]).changes == [])
  }

  /// Every cut into lines of five values or more, tried.
  @Test(arguments: 1...20)
  func `Pruning loses no better cut`(seed: UInt64) {
    let values = wandering(120, keeping: 1, scatter: 0.02, seed: seed)
    let line = StraightLine(through: values)
    let residuals = values.indices.map { values[$0] - line[$0] }
    let deviation = (residuals.reduce(0) { $0 + $1 * $1 } / 118).squareRoot()
    let sums = LineSums(residuals.map { $0 / deviation })
    func cost(_ cuts: [Int]) -> Double {
      let bounds = [0] + cuts + [120]
      return zip(bounds, bounds.dropFirst()).reduce(0) { $0 + sums.error($1.0, $1.1) }
        + 8 * log(120) * Double(cuts.count)
    }
    var best = Array(repeating: Double.infinity, count: 121)
    best[0] = -8 * log(120)
    for end in 5...120 {
      best[end] = (0...(end - 5)).map { best[$0] + sums.error($0, end) + 8 * log(120) }.min() ?? .infinity
    }
    #expect(abs(cost(LineSegmentation(of: values).changes) - best[120]) < 1e-6)
  }

  @Test func `Lines are cut at the very place in a series too long to try them all`() {
    let long = levels([(100, 3_001), (200, 2_503), (150, 2_002)], scatter: 0.01)
    #expect(LineSegmentation(of: long).changes == [3_001, 5_504])
  }
}
