import Testing

@testable import SLOStatistics

/// Error and success rates judged by their counts.
@Suite struct ShareTests {
  private func judge(
    failures: [Int], now: Int, of trials: Int = 500, better: Candidate.Better = .lower
  ) -> Judgement {
    let shares = (failures + [now]).map { Double($0) / Double(trials) }
      .map { better == .lower ? $0 : 1 - $0 }
    let counts = Candidate.Trials(
      references: Array(repeating: trials, count: failures.count), candidate: [trials])
    return RegressionTest().judge(
      Candidate(
        references: shares.dropLast(), values: shares.suffix(1), kind: .share(counts), better: better,
        absoluteFloor: 0.002))
  }

  private let clean = Array(repeating: 0, count: 30)

  @Test(arguments: [(0, Judgement.Outcome.none), (1, .none), (15, .worse), (500, .worse)])
  func `After thirty runs without an error`(now: Int, outcome: Judgement.Outcome) {
    #expect(judge(failures: clean, now: now).outcome == outcome)
  }

  @Test func `Few runs without an error say less`() {
    #expect(judge(failures: [0, 0, 0, 0], now: 1, of: 50).outcome == .none)
    #expect(judge(failures: [0, 0, 0, 0], now: 10, of: 50).outcome == .worse)
    #expect(judge(failures: [0, 0, 0], now: 10, of: 50).outcome == .insufficient)
  }

  @Test func `Coin tosses are no regression`() {
    let failures = [5, 3, 8, 4, 6, 5, 2, 7, 5, 4]
    #expect(judge(failures: failures, now: 10).outcome == .none)
    #expect(judge(failures: failures, now: 25).outcome == .worse)
  }

  @Test func `A rate that always jumped may jump again`() {
    let restless = [200, 50, 400, 120, 30, 310, 90, 260, 45, 180]
    #expect(judge(failures: restless, now: 500, of: 20_000).outcome == .none)
    let steady = [150, 160, 140, 155, 149, 151, 158, 147, 152, 153]
    #expect(judge(failures: steady, now: 500, of: 20_000).outcome == .worse)
  }

  @Test func `The absolute floor holds however sure the counts are`() {
    let failures = Array(repeating: 100, count: 10)
    #expect(judge(failures: failures, now: 280, of: 100_000).outcome == .none)
    #expect(judge(failures: failures, now: 420, of: 100_000).outcome == .worse)
  }

  @Test func `Success rates are judged by what fails`() throws {
    let errors = judge(failures: [5, 3, 8, 4, 6, 5], now: 25)
    let successes = judge(failures: [5, 3, 8, 4, 6, 5], now: 25, better: .higher)
    #expect(successes.outcome == errors.outcome)
    #expect(successes.p == errors.p)
    #expect(abs(try #require(successes.limit) - (1 - (try #require(errors.limit)))) < 1e-12)
    #expect(abs(try #require(successes.typical) - 0.99) < 1e-12)
  }

  @Test func `The limit is the first share that fires`() throws {
    let failures = [5, 3, 8, 4, 6, 5, 2, 7, 5, 4]
    let limit = Int((try #require(judge(failures: failures, now: 5).limit) * 500).rounded())
    #expect(judge(failures: failures, now: limit).outcome == .worse)
    #expect(judge(failures: failures, now: limit - 1).outcome == .none)
  }

  @Test func `A burst in the history hides no lasting rise`() {
    #expect(judge(failures: [2, 3, 1, 60, 2, 4, 3, 2, 1, 3], now: 30).outcome == .worse)
  }

  @Test func `Fewer errors are better and never suspicious`() {
    let judgement = judge(failures: [50, 48, 55, 51, 47, 52], now: 2)
    #expect(judgement.outcome == .better)
    #expect(!judgement.isSuspicious)
  }

  @Test func `Shares without trials are judged as numbers`() {
    let candidate = Candidate(
      references: [0.01, 0.012, 0.009, 0.011, 0.01, 0.008], values: [0.05], kind: .share(nil),
      absoluteFloor: 0.002)
    #expect(RegressionTest().judge(candidate).outcome == .worse)
    var wrong = candidate
    wrong.kind = .share(Candidate.Trials(references: [500], candidate: []))
    #expect(RegressionTest().judge(wrong).outcome == .worse)
  }
}
