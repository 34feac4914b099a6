internal import Glibc
import TestSupport
import Testing

@testable import SLOStatistics

/// How often the 95 % interval holds the true change, on a few histories; `Benchmarks/Statistics` measures more.
@Suite struct CoverageTests {
  struct Design: Sendable, CustomTestStringConvertible {
    var commits: Int
    var history: Int
    var before: Int
    var after: Int
    var testDescription: String { "\(commits) commits × \(history), \(before) → \(after) repetitions" }
  }

  private static let designs = [
    Design(commits: 4, history: 1, before: 1, after: 1), Design(commits: 8, history: 1, before: 1, after: 1),
    Design(commits: 30, history: 1, before: 1, after: 1), Design(commits: 8, history: 3, before: 3, after: 3),
    Design(commits: 8, history: 1, before: 5, after: 5), Design(commits: 15, history: 5, before: 1, after: 5),
    Design(commits: 15, history: 3, before: 5, after: 1),
  ]

  @Test(arguments: designs)
  func `Timings: between 92 and 98 in a hundred intervals hold the change`(design: Design) throws {
    var random = SeededGenerator(seed: 7)
    let coverage = try share(of: 800) {
      let series = random.series(design, between: 0.03, within: 0.03, factor: 1.1)
      let relative = try #require(DifferenceTest.compare(series).interval?.relative)
      return relative.contains(0.1)
    }
    #expect((0.92...0.98).contains(coverage), "\(coverage)")
  }

  @Test(arguments: [4, 5, 6, 8, 12], [0.04, 0.1, 0.3])
  func `However much runs scatter, 92 in a hundred intervals hold the change from four commits on`(
    commits: Int, scatter: Double
  ) throws {
    var random = SeededGenerator(seed: UInt64(commits))
    let design = Design(commits: commits, history: 1, before: 1, after: 1)
    let coverage = try share(of: 2_000) {
      let series = random.series(design, between: scatter, within: 0, factor: 1.1)
      return try #require(DifferenceTest.compare(series).interval?.relative).contains(0.1)
    }
    #expect((0.915...0.985).contains(coverage), "\(coverage)")
  }

  @Test(arguments: designs)
  func `Nothing changed: p is below 5 % about one time in twenty`(design: Design) throws {
    var random = SeededGenerator(seed: 8)
    let alarms = try share(of: 800) {
      let series = random.series(design, between: 0.03, within: 0.03, factor: 1)
      return try #require(DifferenceTest.compare(series).p) < 0.05
    }
    #expect((0.02...0.08).contains(alarms), "\(alarms)")
  }

  @Test(arguments: [4, 8, 30], [0, 0.0005, 0.002])
  func `Error rates: between 92 and 98 in a hundred intervals hold the change`(
    commits: Int, correlation: Double
  ) throws {
    var random = SeededGenerator(seed: 9)
    let coverage = try share(of: 800) {
      let series = random.shares(
        commits, share: 0.05, after: 0.07, trials: 2_000, correlation: correlation)
      return try #require(DifferenceTest.compare(series).interval).absolute.contains(0.02)
    }
    #expect((0.92...0.98).contains(coverage), "\(coverage)")
  }

  private func share(of cases: Int, _ holds: () throws -> Bool) rethrows -> Double {
    var count = 0
    for _ in 0..<cases where try holds() { count += 1 }
    return Double(count) / Double(cases)
  }
}

extension SeededGenerator {
  /// Timings of commits that differ by `between`, each with repetitions that differ by `within`; those after are
  /// `factor` times as slow.
  fileprivate mutating func series(
    _ design: CoverageTests.Design, between: Double, within: Double, factor: Double
  ) -> ComparedSeries {
    func commit(_ repetitions: Int, _ level: Double) -> ComparedSeries.Repetitions {
      let centre = timings(1, about: level, scatter: between)[0]
      return ComparedSeries.Repetitions(timings(repetitions, about: centre, scatter: within))
    }
    return ComparedSeries(
      before: commit(design.before, 200), after: commit(design.after, 200 * factor),
      history: (0..<design.commits).map { _ in commit(design.history, 200) })
  }

  /// Failures in so many trials, by waiting times.
  private mutating func binomial(_ trials: Int, _ probability: Double) -> Int {
    var failures = -1
    var position = 0.0
    repeat {
      failures += 1
      position += 1 + floor(log(1 - uniform()) / log1p(-probability))
    } while position <= Double(trials)
    return failures
  }

  /// Shares of failures of commits whose own share scatters, for two trials of a commit are correlated.
  fileprivate mutating func shares(
    _ commits: Int, share: Double, after: Double, trials: Int, correlation: Double
  ) -> ComparedSeries {
    func commit(_ mean: Double) -> ComparedSeries.Repetitions {
      let own = mean + (correlation * mean * (1 - mean)).squareRoot() * normal()
      let failures = binomial(trials, max(0, own))
      return ComparedSeries.Repetitions([Double(failures) / Double(trials)], trials: [trials])
    }
    return ComparedSeries(
      before: commit(share), after: commit(after), history: (0..<commits).map { _ in commit(share) },
      kind: .share)
  }
}
