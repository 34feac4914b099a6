import Testing

@testable import SLOStatistics

@Suite struct ScoreTests {
  private func judge(_ scores: [Double], _ score: Double) -> Judgement {
    RegressionTest().judge(
      Candidate(references: scores, values: [score], kind: .bounded, better: .higher, absoluteFloor: 0.03))
  }

  private let usual = [0.91, 0.93, 0.92, 0.90, 0.92, 0.91, 0.93, 0.92]

  @Test(arguments: [(0.92, Judgement.Outcome.none), (0.89, .none), (0.80, .worse), (1.0, .better)])
  func `A score is judged without logarithms`(score: Double, outcome: Judgement.Outcome) {
    #expect(judge(usual, score).outcome == outcome)
  }

  @Test func `Three points are no finding even after a constant history`() {
    let perfect = Array(repeating: 1.0, count: 10)
    #expect(judge(perfect, 0.97).outcome == .none)
    #expect(judge(perfect, 0.9).outcome == .worse)
  }

  @Test func `A score from nothing to everything is not suspicious`() {
    #expect(!judge(usual.map { $0 - 0.85 }, 0.95).isSuspicious)
  }
}
