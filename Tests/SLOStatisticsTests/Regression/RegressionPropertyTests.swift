import TestSupport
import Testing

@testable import SLOStatistics

/// What holds for every history.
@Suite struct RegressionPropertyTests {
  private func randomCandidates(_ count: Int) -> [Candidate] {
    var random = SeededGenerator(seed: 42)
    return (0..<count).map { _ in
      let length = 4 + Int(random.next() % 30)
      let scatter = 0.005 + 0.1 * random.uniform()
      var values = random.timings(length + 1, about: 10 + 1_000 * random.uniform(), scatter: scatter)
      if random.uniform() < 0.3 {
        for index in 0..<length / 2 { values[index] *= 1.3 }
      }
      values[length] *= 0.6 + random.uniform()
      return Candidate(references: values.dropLast(), values: [values[length]])
    }
  }

  @Test(arguments: [0.001, 0.37, 1_000])
  func `Scaling changes no verdict`(factor: Double) throws {
    for candidate in randomCandidates(300) {
      var scaled = candidate
      scaled.references = candidate.references.map { $0 * factor }
      scaled.values = candidate.values.map { $0 * factor }
      let (one, other) = (RegressionTest().judge(candidate), RegressionTest().judge(scaled))
      #expect(one.outcome == other.outcome && one.levelStart == other.levelStart)
      #expect(one.seenBefore == other.seenBefore)
      #expect(abs(try #require(one.p) - (try #require(other.p))) < 1e-9)
    }
  }

  @Test func `One over the value with the direction turned changes no verdict`() {
    for candidate in randomCandidates(300) {
      var inverse = candidate
      inverse.references = candidate.references.map { 1 / $0 }
      inverse.values = candidate.values.map { 1 / $0 }
      inverse.better = .higher
      #expect(RegressionTest().judge(candidate).outcome == RegressionTest().judge(inverse).outcome)
    }
  }

  @Test func `Turning the direction turns the verdict`() {
    let turned: [Judgement.Outcome: Judgement.Outcome] = [.worse: .better, .better: .worse, .none: .none]
    for candidate in randomCandidates(300) {
      var other = candidate
      other.better = .higher
      #expect(turned[RegressionTest().judge(candidate).outcome] == RegressionTest().judge(other).outcome)
    }
  }

  @Test func `The same input gives the same output`() {
    let candidates = randomCandidates(50)
    #expect(RegressionTest().judge(candidates) == RegressionTest().judge(candidates))
  }

  @Test(arguments: [
    0, -1, .nan, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e-300, 5,
  ])
  func `No values and no number of them break the test`(odd: Double) {
    let kinds: [Candidate.Kind] = [.positive, .bounded, .share(nil)]
    for count in 0...7 {
      for kind in kinds + [.share(trials(count, 500)), .share(trials(count, 0)), .share(trials(count, .max))]
      {
        for better in [Candidate.Better.lower, .higher] {
          let fills = [Array(repeating: odd, count: count), (0..<count).map { $0 == 1 ? odd : 0.5 }]
          for references in fills {
            for value in [odd, 0.5, 0] {
              let candidate = Candidate(
                references: references, values: [value], kind: kind, better: better,
                referenceRepetitions: references.map { [$0, odd] })
              let judgement = RegressionTest().judge(candidate)
              #expect(judgement.p.map { (0...1).contains($0) } ?? (judgement.outcome == .insufficient))
            }
          }
        }
      }
    }
  }

  private func trials(_ references: Int, _ trials: Int) -> Candidate.Trials {
    Candidate.Trials(references: Array(repeating: trials, count: references), candidate: [trials])
  }

  @Test func `Whatever stands in a family, it is judged`() {
    let odd: [Double] = [0, -1, .nan, .infinity, 1e308, -1e308, 1e-308]
    let family = odd.flatMap { value in
      (0...7).map { count in
        Candidate(references: Array(repeating: value, count: count), values: [value], runs: Array(0..<count))
      }
    }
    #expect(RegressionTest().judge(family).judgements.count == family.count)
  }
}
