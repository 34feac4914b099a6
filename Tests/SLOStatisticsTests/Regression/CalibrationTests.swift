import TestSupport
import Testing

@testable import SLOStatistics

/// False alarms and power on a few kinds of noise; `Benchmarks/Statistics` measures them all.
@Suite struct CalibrationTests {
  private func alarms(scatter: Double, runs: Int, factor: Double, cases: Int = 1_500) -> Double {
    var random = SeededGenerator(seed: UInt64(runs))
    let alarms = (0..<cases).filter { _ in
      let candidate = Candidate(
        references: random.timings(runs, about: 250, scatter: scatter),
        values: random.timings(1, about: 250 * factor, scatter: scatter))
      return RegressionTest().judge(candidate).outcome == .worse
    }
    return Double(alarms.count) / Double(cases)
  }

  @Test(arguments: [5, 10, 30])
  func `Nothing changed: about one alarm in a hundred at most`(runs: Int) {
    #expect(alarms(scatter: 0.04, runs: runs, factor: 1) < 0.015)
  }

  @Test(arguments: [(5, 0.1, 0.024), (5, 0.2, 0.028), (7, 0.1, 0.022), (7, 0.2, 0.025)])
  func `Nor do noisy metrics alarm twice as often while they are young`(
    runs: Int, scatter: Double, most: Double
  ) {
    let share = alarms(scatter: scatter, runs: runs, factor: 1, cases: 4_000)
    #expect(share < most, "\(share)")
  }

  @Test func `Large changes are seen`() {
    #expect(alarms(scatter: 0.04, runs: 10, factor: 1.2) > 0.8)
    #expect(alarms(scatter: 0.015, runs: 5, factor: 1.1) > 0.7)
  }

  @Test(arguments: [5, 20])
  func `The smallest detectable change is found four times in five`(runs: Int) throws {
    var random = SeededGenerator(seed: 1)
    let found = try (0..<1_500).filter { _ in
      var candidate = Candidate(
        references: random.timings(runs, about: 250, scatter: 0.03),
        values: random.timings(1, about: 250, scatter: 0.03))
      let change = try #require(RegressionTest().judge(candidate).detectable?.relative)
      candidate.values = candidate.values.map { $0 * (1 + change) }
      return RegressionTest().judge(candidate).outcome == .worse
    }
    #expect((0.74...0.86).contains(Double(found.count) / 1_500))
  }
}
