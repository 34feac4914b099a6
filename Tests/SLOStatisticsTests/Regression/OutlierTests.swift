import TestSupport
import Testing

@testable import SLOStatistics

@Suite("One outlier among the references does no harm")
struct OutlierTests {
  /// Calm timings about 100, one of which was measured on a busy machine.
  private func references(_ count: Int, outlier: Int?, times: Double, seed: Int) -> [Double] {
    var generator = SeededGenerator(seed: UInt64(seed))
    var values = generator.timings(count, about: 100, scatter: 0.01)
    if let outlier { values[outlier] *= times }
    return values
  }

  @Test(
    "Wherever it lies, a regression is seen that is seen without it", arguments: Array(4...30),
    [1.5, 3.0, 10, 0.1, 0.3])
  func isSeen(count: Int, times: Double) {
    let test = RegressionTest()
    for place in 0..<count {
      for seed in 0..<4 {
        let values = references(count, outlier: place, times: times, seed: seed)
        for factor in [1.3, 2, 5] where abs(factor / times - 1) > 0.2 {
          let judgement = test.judge(Candidate(references: values, values: [100 * factor]))
          #expect(
            judgement.outcome == .worse, "\(place) of \(count) × \(times), now × \(factor): \(judgement)")
        }
        #expect(test.judge(Candidate(references: values, values: [100.5])).outcome == .none)
      }
    }
  }

  @Test(
    "As the newest of scattering runs it hides nothing twice as large as can be detected", arguments: 4...30)
  func newest(count: Int) throws {
    let test = RegressionTest()
    for seed in 0..<12 {
      var generator = SeededGenerator(seed: UInt64(1_000 + seed))
      let calm = generator.timings(count, about: 100, scatter: 0.03)
      let detectable = try #require(
        test.judge(Candidate(references: calm, values: [100])).detectable?.relative)
      for (place, times) in [(count - 1, 10), (count - 1, 0.1), (count - 2, 10), (count - 3, 0.1)] {
        var values = calm
        values[place] *= times
        for factor in [1.3, 1.5, 2, 5] where factor - 1 > 2 * detectable {
          let judgement = test.judge(Candidate(references: values, values: [100 * factor]))
          #expect(judgement.blocks, "\(place) of \(count) × \(times), now × \(factor): \(judgement)")
        }
      }
    }
  }

  @Test(
    "It and its neighbours are no level, though they are three",
    arguments: [
      [
        97, 97.7, 97.3, 95.3, 101.7, 96.4, 97.6, 100.4, 98.5, 96.3, 102.2, 101.5, 97.8, 97.3, 95, 107.5,
        1_006.2,
        97.4,
      ],
      [
        99.1, 96.4, 97.8, 102.8, 103.1, 97.9, 95.9, 100.1, 95.5, 98.4, 99.5, 99.5, 99.7, 101.5, 96.3, 96,
        104.3,
        100, 98.4, 101, 98.9, 99.5, 99.9, 93.3, 109.2, 1_027.4,
      ],
    ])
  func neighbours(values: [Double]) {
    let judgement = RegressionTest().judge(Candidate(references: values, values: [130]))
    #expect(judgement.levelStart == 0)
    #expect(judgement.outcome == .worse)
  }

  @Test("Many runs of one commit do not weigh more than one, however they scatter")
  func repeated() {
    var generator = SeededGenerator(seed: 4)
    let references = generator.timings(12, about: 100, scatter: 0.01)
    var repetitions = references.map { [$0] }
    repetitions[10] = generator.timings(40, about: references[10], scatter: 0.3) + [references[10]]
    func judge(_ value: Double) -> Judgement {
      RegressionTest().judge(
        Candidate(references: references, values: [value], referenceRepetitions: repetitions))
    }
    #expect(judge(115).outcome == .worse)
    #expect(judge(101).outcome == .none)
  }

  @Test("The level does not begin at it", arguments: 4...30)
  func level(count: Int) {
    for place in 0..<count {
      let values = references(count, outlier: place, times: 3, seed: count)
      #expect(RegressionTest().judge(Candidate(references: values, values: [100])).levelStart == 0)
    }
  }

  @Test("A level is made of three values: one at the end is not one, three are")
  func three() {
    let old = references(12, outlier: nil, times: 1, seed: 3)
    for (count, start) in [(1, 0), (3, 12), (4, 12)] {
      let values = old + references(count, outlier: nil, times: 1, seed: 5).map { 1.5 * $0 }
      #expect(RegressionTest().judge(Candidate(references: values, values: [150])).levelStart == start)
    }
  }
}

@Suite("The smallest change that matters is a number somebody wrote")
struct FloorTests {
  private func policy(_ floor: Double) -> RegressionPolicy {
    var policy = RegressionPolicy()
    policy.relativeFloor = floor
    return policy
  }

  /// Quiet commits, a quarter of them a little to one side.
  private func quiet(_ share: Double, seed: Int) -> [Double] {
    var generator = SeededGenerator(seed: UInt64(seed))
    return (0..<30).map { index in
      100 * (1 + (index % 4 == 0 ? share : 0) + 0.002 * (generator.uniform() - 0.5))
    }
  }

  @Test(
    "Nothing below it is a finding, by the change that is shown, and what is clearly above is",
    arguments: [-0.02, -0.01, 0, 0.01, 0.02], [0.05, 0.1])
  func isExact(share: Double, floor: Double) {
    for seed in 0..<20 {
      let references = quiet(share, seed: seed)
      let typical = SortedSample(sorting: references).median
      for better in [Candidate.Better.lower, .higher] {
        let sign = better == .lower ? 1.0 : -1
        func judged(_ change: Double) -> Judgement {
          RegressionTest(policy: policy(floor)).judge(
            Candidate(references: references, values: [typical * (1 + sign * change)], better: better))
        }
        for below in [0.9, 0.97, 0.99, 1] { #expect(judged(floor * below).outcome == .none) }
        #expect(judged(floor * 1.1).outcome == .worse, "\(share) \(floor) \(seed): \(judged(floor * 1.1))")
      }
    }
  }
}

@Suite("A series that was found worse before")
struct RetestTests {
  private func candidate(_ seed: Int, _ value: Double, isRetest: Bool) -> Candidate {
    var generator = SeededGenerator(seed: UInt64(seed))
    var candidate = Candidate(
      references: generator.timings(12, about: 100, scatter: 0.02), values: [value], runs: Array(0..<12))
    candidate.isRetest = isRetest
    return candidate
  }

  @Test("It is no part of the family: neither does it cost the others power, nor they it")
  func apart() {
    let others = (0..<40).map { candidate($0, 100, isRetest: false) }
    var retest = candidate(99, 108, isRetest: true)
    retest.runs = nil
    let judged = RegressionTest().judge(others + [retest]).judgements
    #expect(judged.last?.familySize == 1)
    #expect(judged.first?.familySize == 40)
    #expect(judged.last?.blocks == true)
    let alone = RegressionTest().judge(others).judgements
    #expect(zip(alone, judged).allSatisfy { $0.p == $1.p && $0.q == $1.q })
  }

  @Test("Back at the level of before it is no finding")
  func isBack() {
    let alarms = (0..<400).count { seed in
      var generator = SeededGenerator(seed: UInt64(1_000 + seed))
      let value = generator.timings(1, about: 100, scatter: 0.02)[0]
      return RegressionTest().judge(candidate(seed, value, isRetest: true)).blocks
    }
    #expect(Double(alarms) <= 0.05 * 400)
  }

  @Test("It is freed of the noise that its siblings show, though it leaves out some of their runs")
  func follows() {
    var generator = SeededGenerator(seed: 7)
    let hosts = generator.timings(16, about: 1, scatter: 0.08)
    var family = (0..<12).map { _ in
      let own = generator.timings(16, about: 100, scatter: 0.01)
      return Candidate(references: zip(own, hosts).map { $0 * $1 }, values: [100 * 1.1], runs: Array(0..<16))
    }
    family[3].references.removeLast(2)
    family[3].runs?.removeLast(2)
    family[3].isRetest = true
    let judged = RegressionTest().judge(family).judgements[3]
    #expect(abs(judged.commonFactor - 1.1) < 0.05)
    #expect(!judged.blocks)
  }
}
