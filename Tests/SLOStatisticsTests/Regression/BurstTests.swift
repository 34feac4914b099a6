internal import Glibc
import TestSupport
import Testing

@testable import SLOStatistics

/// Failures that come in bursts.
@Suite struct BurstTests {
  private func candidate(_ failures: [Int], now: Int, of trials: Int) -> Candidate {
    let counts = Candidate.Trials(
      references: Array(repeating: trials, count: failures.count), candidate: [trials])
    return Candidate(
      references: failures.map { Double($0) / Double(trials) }, values: [Double(now) / Double(trials)],
      kind: .share(counts), absoluteFloor: 0.002)
  }

  /// One endpoint with these failures, among eleven whose requests never fail.
  private func judge(_ failures: [Int], now: Int, of trials: Int = 1_000) -> Judgement {
    let quiet = candidate(Array(repeating: 0, count: failures.count), now: 0, of: trials)
    let family = [candidate(failures, now: now, of: trials)] + Array(repeating: quiet, count: 11)
    return RegressionTest().judge(family).judgements[0]
  }

  @Test func `Half a per cent once is no news where 0.3 % was seen among ten`() {
    let judgement = judge([0, 0, 3, 0, 0, 1, 0, 0, 0, 2], now: 5)
    #expect(!judgement.blocks && judgement.outcome == .none)
    #expect(judge([0, 0, 3, 0, 0, 1, 0, 0, 0, 2], now: 60).blocks)
  }

  /// By numerical integration with scipy.
  @Test(arguments: [
    ([0, 0, 3, 0, 0, 1, 0, 0, 0, 2], 1_000, 5, 0.03958857296929719),
    ([2, 3, 1, 60, 2, 4, 3, 2, 1, 3], 500, 30, 6.917275501808007e-05),
    ([150, 160, 140, 155, 149, 151, 158, 147, 152, 153], 20_000, 190, 0.0033144282961865747),
    ([0, 0, 0, 0], 50, 5, 0.018778137368969043),
  ])
  func `The chance of so many failures`(failures: [Int], trials: Int, now: Int, expected: Double) {
    let runs = failures.map { Counts(failures: $0, trials: trials) }
    let rates = ShareLevel(of: runs, known: 0).rates(of: runs)
    let forecast = rates.forecast(trials: trials, burstiness: Burstiness(of: [rates.likelihoods]))
    #expect(abs(forecast.upperTail(from: now) - expected) < 1e-9)
    #expect(abs(forecast.lowerTail(below: now) - (1 - expected)) < 1e-9)
  }

  @Test func `One incident is no burst where the other runs are steady, and hides no rise`() {
    let steady = [2, 3, 1, 2, 4, 3, 2, 1, 3, 2, 3]
    #expect(judge(steady, now: 24).blocks)
    for place in steady.indices {
      var failures = steady
      failures[place] = 180
      #expect(judge(failures, now: 24).blocks)
      #expect(judge(failures, now: 4).outcome == .none)
    }
  }

  @Test func `Of many failures a tenth more is seen`() {
    let steady = [1_000, 1_020, 960, 1_040, 990, 1_010, 980, 1_000]
    #expect(judge(steady, now: 1_150, of: 20_000).outcome == .worse)
    #expect(judge(steady, now: 1_060, of: 20_000).outcome == .none)
  }

  @Test func `Endpoints whose failures come in bursts say so of one that has had none yet`() throws {
    func chance(_ others: [Int]) throws -> Double {
      let quiet = candidate([0, 0, 0, 0, 0, 0, 0, 0], now: 4, of: 1_000)
      let family = [quiet] + (0..<20).map { _ in candidate(others, now: 0, of: 1_000) }
      return try #require(RegressionTest().judge(family).judgements[0].p)
    }
    #expect(try chance([0, 9, 0, 0, 0, 12, 0, 0]) > 2 * chance([2, 3, 2, 3, 3, 2, 3, 2]))
  }

  @Test func `The shares of burstiness add up to one, and without endpoints are the usual ones`() {
    #expect(Burstiness(of: []).shares == Burstiness.usual.shares)
    let some = Burstiness(of: [[0, 0, 0, 0, 0, 0.1, 1, 0.5, 0.1], [1, 1, 1, 1, 0.8, 0.5, 0.2, 0, 0]])
    #expect(abs(some.shares.reduce(0, +) - 1) < 1e-12)
    #expect(Burstiness.usual.shares.count == Burstiness.grid.count)
  }

  /// Whole checks of 25 endpoints in which nothing changed, at the level of Holm's first step among 80 series.
  @Test(arguments: [0, 0.0005, 0.004])
  func `Unchanged checks are seldom blocked, however failures scatter`(correlation: Double) {
    var random = SeededGenerator(seed: 21)
    let checks = 40
    let alarms = (0..<checks).count { _ in
      let family = (0..<25).map { _ in
        let rate = random.uniform() < 0.5 ? 0.0005 : 0.001 + 0.005 * random.uniform()
        let failures = (0...10).map { _ in random.failures(of: 1_000, rate: rate, correlation: correlation) }
        return candidate(failures.dropLast(), now: failures[10], of: 1_000)
      }
      return RegressionTest().judge(family).judgements.contains {
        $0.outcome == .worse && ($0.p ?? 1) < 0.05 / 80
      }
    }
    #expect(alarms <= 2, "\(alarms) of \(checks)")
  }
}

extension SeededGenerator {
  /// Failures of a run whose own rate is drawn from a gamma distribution, so that two trials are correlated.
  fileprivate mutating func failures(of trials: Int, rate: Double, correlation: Double) -> Int {
    let own = correlation == 0 ? rate : correlation * gamma(rate / correlation)
    return (0..<trials).count { _ in uniform() < own }
  }

  /// J. H. Ahrens and U. Dieter's algorithm GS below 1 (Computing 12, 1974), sums of exponentials above.
  private mutating func gamma(_ shape: Double) -> Double {
    var sum = 0.0
    for _ in 0..<Int(shape) { sum -= log(1 - uniform()) }
    let rest = shape - shape.rounded(.down)
    guard rest > 0 else { return sum }
    while true {
      let bound = (M_E + rest) / M_E * uniform()
      if bound <= 1 {
        let x = pow(bound, 1 / rest)
        if uniform() <= exp(-x) { return sum + x }
      } else {
        let x = -log(((M_E + rest) / M_E - bound) / rest)
        if uniform() <= pow(x, rest - 1) { return sum + x }
      }
    }
  }
}
