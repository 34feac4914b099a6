import Testing

@testable import SLOStatistics

/// A change of no more than one unit of the last written digit is never a finding.
@Suite struct ResolutionTests {
  private func judge(
    _ references: [Double], _ value: Double, resolution: Double, kind: Candidate.Kind = .positive,
    better: Candidate.Better = .lower
  ) -> Judgement {
    RegressionTest().judge(
      Candidate(
        references: references, values: [value], kind: kind, better: better, resolution: resolution))
  }

  private let constant = Array(repeating: 0.12, count: 8)

  @Test func `One hundredth is rounding where hundredths were written`() {
    #expect(judge(constant, 0.13, resolution: 0.01).outcome == .none)
    #expect(judge(constant, 0.13, resolution: 0.01).p == 1)
    #expect(judge(constant, 0.11, resolution: 0.01).outcome == .none)
    #expect(judge(constant, 0.14, resolution: 0.01).outcome == .worse)
    #expect(judge(constant, 0.10, resolution: 0.01).outcome == .better)
    #expect(judge(constant, 0.13, resolution: 0.001).outcome == .worse)
    #expect(judge(constant, 0.13, resolution: 0).outcome == .worse)
  }

  @Test func `Tens are rounding where tens were written`() {
    let tens = Array(repeating: 120.0, count: 8)
    #expect(judge(tens, 130, resolution: 10).outcome == .none)
    #expect(judge(tens, 130, resolution: 0).outcome == .worse)
    #expect(judge(tens, 140, resolution: 10).outcome == .worse)
  }

  @Test func `Whole numbers have a unit of one where nothing is known of their digits`() {
    let whole = Array(repeating: 12.0, count: 8)
    #expect(judge(whole, 13, resolution: 0).outcome == .none)
    #expect(judge(whole, 13, resolution: 0.001).outcome == .worse)
    #expect(judge(whole, 12.9, resolution: 0).outcome == .worse)
    #expect(judge(Array(repeating: 0, count: 8), 0.25, resolution: 0.01).outcome == .worse)
  }

  @Test(arguments: [Candidate.Better.lower, .higher])
  func `The limit knows the unit`(better: Candidate.Better) throws {
    let worse = better == .lower ? 1.0 : -1
    let limit = try #require(judge(constant, 0.12, resolution: 0.01, better: better).limit)
    #expect(abs(limit - (0.12 + worse * 0.01)) < 1e-9)
    let zeros = Array(repeating: 0.0, count: 8)
    let zeroLimit = try #require(judge(zeros, 0, resolution: 0.01, better: better).limit)
    #expect(abs(zeroLimit - worse * 0.01) < 1e-9)
  }

  @Test func `Scores and shares have digits too`() {
    let scores = Array(repeating: 0.9, count: 8)
    #expect(judge(scores, 0.8, resolution: 0.1, kind: .bounded, better: .higher).outcome == .none)
    #expect(judge(scores, 0.7, resolution: 0.1, kind: .bounded, better: .higher).outcome == .worse)
    let counts = Candidate.Trials(references: Array(repeating: 100_000, count: 8), candidate: [100_000])
    let shares = Array(repeating: 0.01, count: 8)
    #expect(judge(shares, 0.02, resolution: 0.01, kind: .share(counts)).outcome == .none)
    #expect(judge(shares, 0.03, resolution: 0.01, kind: .share(counts)).outcome == .worse)
  }
}
