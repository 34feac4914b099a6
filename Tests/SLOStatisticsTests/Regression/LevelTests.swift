internal import Glibc
import TestSupport
import Testing

@testable import SLOStatistics

@Suite struct LevelTests {
  private func logs(_ values: [Double]) -> [Double] { values.map { JudgingScale.logarithmic($0) } }

  @Test(arguments: [(8, 1.25), (3, 1.3), (14, 0.8), (17, 1.5)])
  func `The level starts at the last step`(position: Int, factor: Double) {
    var random = SeededGenerator(seed: 7)
    let before = random.timings(position, about: 300, scatter: 0.02)
    let after = random.timings(20 - position, about: 300 * factor, scatter: 0.02)
    #expect(LevelStart(in: logs(before + after)).index(prior: .relative) == position)
  }

  @Test func `Two steps are followed to the last`() {
    var random = SeededGenerator(seed: 8)
    let values = [100.0, 130, 180].flatMap { random.timings(8, about: $0, scatter: 0.01) }
    #expect(LevelStart(in: logs(values)).index(prior: .relative) == 16)
  }

  @Test func `Noise alone starts no level`() {
    var random = SeededGenerator(seed: 9)
    let cuts = (0..<500).filter { _ in
      LevelStart(in: logs(random.timings(20, about: 300, scatter: 0.04))).index(prior: .relative) > 0
    }
    #expect(cuts.count < 15)
  }

  @Test func `One spike is no level`() {
    #expect(LevelStart(in: logs([100, 101, 99, 200, 100, 102, 98])).index(prior: .relative) == 0)
  }

  @Test func `A second mode moves neither centre nor width`() throws {
    let sample = try #require(SortedSample([100, 101, 99, 100.5, 99.5, 100, 130, 131, 129]))
    let cluster = MainCluster(of: sample, prior: .none)
    #expect(abs(cluster.location - 100) < 0.5)
    #expect(cluster.members == 99...101)
  }

  @Test func `A calm history keeps its small scale, a noisy one is not talked down`() {
    let prior = ScalePrior(scale: 0.04, weight: 2)
    let calm = prior.blended(20 * 0.01 * 0.01, degreesOfFreedom: 20)
    let noisy = prior.blended(20 * 0.1 * 0.1, degreesOfFreedom: 20)
    #expect(calm > 0.01 && calm < 0.0115)
    #expect(noisy > 0.095 && noisy < 0.1)
  }

  @Test func `What was expected gives way to a history that scatters far more`() {
    let prior = ScalePrior(scale: 0.04, weight: 2)
    #expect(prior.weight(besides: 0.0001) == 2 && prior.weight(besides: 0.0016) == 2)
    #expect(abs(prior.weight(besides: 0.0016 * exp(1.2)) - 1) < 1e-12)
    #expect(prior.weight(besides: 0.04) < 0.3)
    #expect(ScalePrior.common.weight(besides: 1) == 2)
  }

  @Test func `Siblings tell their usual scatter`() {
    var random = SeededGenerator(seed: 10)
    let quiet = ScalePrior(scale: 0.035, weight: 0)
    let levels = (0..<40).map { _ in
      Level(
        of: LevelStart(in: logs(random.timings(10, about: 200, scatter: 0.1))), prior: quiet, coarseness: nil)
    }
    let prior = ScalePrior(siblings: levels)
    #expect(prior.scale > 0.08 && prior.scale < 0.12)
    #expect(prior.weight > 3 && prior.weight <= 6)
    #expect(ScalePrior(siblings: Array(levels.prefix(7))).scale == ScalePrior.relative.scale)
  }
}
