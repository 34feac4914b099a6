import TestSupport
import Testing

@testable import SLOStatistics

/// How many repetitions it would take to see a small change.
@Suite struct RepetitionAdviceTests {
  /// What to do after so many commits, measured this often, whose runs and whose repetitions scatter by so much.
  private func advice(
    commits: Int = 14, repetitions: Int = 3, between: Double, within: Double, seed: UInt64 = 1
  ) -> RepetitionAdvice? {
    var random = SeededGenerator(seed: seed)
    let runs = random.timings(commits + 1, about: 200, scatter: between).map {
      random.timings(repetitions, about: $0, scatter: within)
    }
    let candidate = Candidate(
      references: runs.dropLast().compactMap { SortedSample($0)?.median }, values: runs[commits],
      referenceRepetitions: Array(runs.dropLast()))
    let test = RegressionTest()
    return test.repetitionAdvice(for: candidate, judged: test.judge(candidate))
  }

  private func advices(repetitions: Int, between: Double, within: Double) -> [RepetitionAdvice?] {
    (1...40).map { advice(repetitions: repetitions, between: between, within: within, seed: $0) }
  }

  @Test func `Where only repetitions differ, more of them show more`() {
    let advices = advices(repetitions: 3, between: 0, within: 0.02)
    let numbers = advices.compactMap { if case .repetitions(let count)? = $0 { count } else { nil } }
    #expect(numbers.count > 15 && numbers.allSatisfy { (4...30).contains($0) }, "\(numbers)")
    #expect(advices.count { $0 == .betweenRuns } <= 1)
  }

  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `Where runs differ by more than is to be seen, no number shows it`(seed: UInt64) {
    #expect(advice(between: 0.08, within: 0.005, seed: seed) == .betweenRuns)
  }

  @Test func `Repetitions that differ by too much would take too many, and are not said to be runs`() {
    let advices = advices(repetitions: 5, between: 0, within: 0.2)
    #expect(advices.count { $0 == .betweenRuns } <= 1)
    #expect(advices.count { $0 == .tooMany } > 10)
  }

  @Test func `One commit measured twice tells nothing of repetitions`() {
    let candidate = Candidate(
      references: [200, 210, 190, 205, 195, 207], values: [200],
      referenceRepetitions: [[199, 201], [210], [190], [205], [195], [207]])
    let test = RegressionTest()
    #expect(test.repetitionAdvice(for: candidate, judged: test.judge(candidate)) == .unsure)
  }

  @Test func `Nothing repeated, nothing known`() {
    #expect(advice(repetitions: 1, between: 0.05, within: 0) == .nothingRepeated)
  }
}
