import TestSupport
import Testing

@testable import SLOStatistics

/// A level that the caller knows of, and what a judgement says of the level it used.
@Suite struct KnownLevelTests {
  private let usual = [300.2, 297.4, 305.9, 301.0, 296.8, 303.3, 299.1, 302.5, 298.0, 300.9]

  private func judge(_ references: [Double], _ value: Double, levelStart: Int?) -> Judgement {
    RegressionTest().judge(Candidate(references: references, values: [value], levelStart: levelStart))
  }

  @Test func `A single reference of an accepted level is enough, with the scatter of the old one`() throws {
    let references = usual + [360.1]
    #expect(judge(references, 361, levelStart: nil).seenBefore == [10])
    let judgement = judge(references, 361, levelStart: 10)
    #expect(judgement.outcome == .none)
    #expect(judgement.levelStart == 10 && judgement.references == 1)
    #expect(judgement.typical == 360.1)
    #expect(judge(references, 400, levelStart: 10).outcome == .worse)
    #expect(judge(references, 300, levelStart: 10).outcome == .better)
  }

  @Test func `No reference of the new level yet is insufficient`() {
    for start in [10, 11] {
      let judgement = judge(usual, 400, levelStart: start)
      #expect(judgement.outcome == .insufficient && judgement.p == nil)
      #expect(judgement.references == 0 && judgement.typical == nil)
    }
  }

  @Test func `A later step found by the test itself still counts`() {
    let references = usual + usual.map { $0 * 1.2 } + usual.map { $0 * 1.5 }
    #expect(judge(references, 452, levelStart: 10).levelStart == 20)
    #expect(judge(references, 452, levelStart: 10).outcome == .none)
  }

  @Test func `A known level is not cut short by what came before it`() {
    let small = usual.map { $0 * 1.02 }
    #expect(judge(usual + small, 306, levelStart: nil).levelStart < 10)
    #expect(judge(usual + small, 306, levelStart: 10).levelStart == 10)
  }

  @Test func `The index counts references as given`() {
    var gapped = usual.map { $0 * 0.75 } + usual
    gapped[3] = .nan
    gapped[12] = .infinity
    #expect(judge(gapped, 301, levelStart: 10).levelStart == 10)
    #expect(judge(gapped, 301, levelStart: 10).references == 9)
    #expect(judge(gapped, 301, levelStart: 12).levelStart == 13)
    let long = Array(repeating: 900.0, count: 100) + usual + usual + usual
    for start in [-1, 0, 50, 100] { #expect(judge(long, 301, levelStart: start).levelStart == 100) }
    #expect(judge(long, 301, levelStart: 125).references == 5)
  }

  @Test func `Shares know their level too`() {
    let failures = Array(repeating: 2, count: 8) + [20, 22, 21]
    let counts = Candidate.Trials(references: Array(repeating: 500, count: 11), candidate: [500])
    var candidate = Candidate(
      references: failures.map { Double($0) / 500 }, values: [0.042], kind: .share(counts))
    candidate.levelStart = 8
    #expect(RegressionTest().judge(candidate).levelStart == 8)
    #expect(RegressionTest().judge(candidate).outcome == .none)
    candidate.levelStart = 11
    #expect(RegressionTest().judge(candidate).outcome == .insufficient)
  }

  @Test func `Spikes and a second mode are told as outsiders`() throws {
    let spiked = usual.map { $0 * 0.7 } + usual + [620, 301, 299]
    let judgement = judge(spiked, 302, levelStart: nil)
    #expect(judgement.levelStart == 10)
    #expect(judgement.outsiders == [20])
    var gapped = spiked
    gapped[1] = .nan
    #expect(judge(gapped, 302, levelStart: nil).outsiders == [20])
  }

  @Test func `The scale of the decision is told, in proportion where logarithms are judged`() throws {
    let judgement = judge(usual, 302, levelStart: nil)
    #expect(judgement.isRelative)
    #expect((0.016...0.022).contains(try #require(judgement.standardDeviation)))
    let score = RegressionTest().judge(
      Candidate(references: [0.9, 0.92, 0.91, 0.93, 0.9, 0.92], values: [0.9], kind: .bounded))
    #expect(!score.isRelative)
    #expect((0.005...0.025).contains(try #require(score.standardDeviation)))
    let counts = Candidate.Trials(references: Array(repeating: 400, count: 6), candidate: [400])
    let share = RegressionTest().judge(
      Candidate(references: Array(repeating: 0.1, count: 6), values: [0.1], kind: .share(counts)))
    #expect((0.01...0.02).contains(try #require(share.standardDeviation)))
    #expect(judge([1, 2], 3, levelStart: nil).standardDeviation == nil)
  }
}
