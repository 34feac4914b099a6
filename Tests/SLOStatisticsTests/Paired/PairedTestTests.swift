import Foundation
import TestSupport
import Testing

@testable import SLOStatistics

@Suite("Pairs of runs in one job")
struct PairedTestTests {
  private let calm = PairedSeries(
    base: [100, 101, 99, 100.5, 98.9], candidate: [110, 112, 108, 110.2, 109.5])

  @Test("What is worse in every pair blocks, however different the jobs of a history are")
  func worse() {
    let judgement = PairedTest().judge(calm)
    #expect(judgement.outcome == .worse && judgement.blocks)
    #expect(judgement.references == 5)
    #expect(abs((judgement.change?.relative ?? 0) - 0.1015) < 0.001)
    #expect((judgement.detectable?.relative ?? 1) < 0.08)
  }

  @Test("What the machine does to both runs of a pair cancels out")
  func machine() {
    var slow = calm
    for (index, factor) in [1, 1.6, 0.7, 2, 1.2].enumerated() {
      slow.base[index] *= factor
      slow.candidate[index] *= factor
    }
    let (judgement, other) = (PairedTest().judge(calm), PairedTest().judge(slow))
    #expect(abs((judgement.p ?? 1) - (other.p ?? 0)) < 1e-12)
    #expect(other.blocks)
  }

  @Test("The same turned round is better by as much, and never blocks")
  func better() {
    var turned = calm
    (turned.base, turned.candidate) = (calm.candidate, calm.base)
    let judgement = PairedTest().judge(turned)
    #expect(judgement.outcome == .better && !judgement.blocks && !judgement.warns)
    var higher = turned
    higher.better = .higher
    #expect(PairedTest().judge(higher).outcome == .worse)
  }

  @Test("A change below the floors is no finding, however certain")
  func floors() {
    let small = PairedSeries(base: [100, 100, 100, 100], candidate: [102.9, 102.9, 102.9, 102.9])
    #expect(PairedTest().judge(small).outcome == .none)
    var absolute = calm
    absolute.absoluteFloor = 12
    #expect(PairedTest().judge(absolute).outcome == .none)
  }

  @Test("Fewer than two pairs are insufficient, and what is not finite leaves its pair out")
  func few() {
    #expect(PairedTest().judge(PairedSeries(base: [100], candidate: [200])).outcome == .insufficient)
    #expect(PairedTest().judge(PairedSeries(base: [], candidate: [])).outcome == .insufficient)
    let odd = PairedTest().judge(
      PairedSeries(base: [100, .nan, 101, 99], candidate: [130, 131, .infinity, 129, 500]))
    #expect(odd.references == 2)
  }

  @Test(
    "No numbers trap",
    arguments: [[0, 0, 0], [-1, 0, 5], [1e308, 1e308, 1e-308], [5, 5, 5]] as [[Double]])
  func extremes(values: [Double]) {
    for kind in [
      Candidate.Kind.positive, .bounded, .share(nil),
      .share(.init(references: [9, 9, 9], candidate: [9, 9, 9])),
    ] {
      let judgement = PairedTest().judge(
        PairedSeries(base: values, candidate: values.reversed(), kind: kind))
      #expect(judgement.p.map { (0...1).contains($0) } ?? true)
    }
  }

  @Test("Failures block where they are more than tosses of a coin explain, and lasting from pair to pair")
  func failures() {
    func judged(_ base: [Double], _ candidate: [Double]) -> Judgement {
      let trials = Candidate.Trials(
        references: base.map { _ in 1_000 }, candidate: candidate.map { _ in 1_000 })
      return PairedTest().judge(
        PairedSeries(
          base: base.map { $0 / 1_000 }, candidate: candidate.map { $0 / 1_000 }, kind: .share(trials),
          absoluteFloor: 0.002))
    }
    #expect(judged([0, 1, 0, 0, 1], [20, 22, 19, 25, 18]).blocks)
    #expect(!judged([0, 1, 0, 0, 1], [0, 0, 30, 0, 0]).blocks, "a burst in one run")
    #expect(judged([0, 0, 0, 0], [3, 3, 3, 3]).blocks, "12 of 12 failures are the candidate's")
    #expect(!judged([3, 1, 2, 0, 4], [4, 2, 1, 3, 2]).warns)
  }

  /// 25 series in r pairs, one of them slower.
  private func family(
    _ generator: inout SeededGenerator, pairs: Int, slower: Double = 1, noise: Double = 0.012
  ) -> [PairedSeries] {
    (0..<25).map { index in
      let level = 50.0 * Double(index + 1)
      let ratio = index == 7 ? slower : 1
      return PairedSeries(
        base: generator.timings(pairs, about: level, scatter: noise),
        candidate: generator.timings(pairs, about: level * ratio, scatter: noise))
    }
  }

  @Test("Of 300 unchanged checks of 25 series few are blocked; +10 % is seen in nearly all, with five pairs")
  func rates() {
    var generator = SeededGenerator(seed: 14)
    var (blocked, found) = (0, 0)
    for _ in 0..<300 {
      if PairedTest().judge(family(&generator, pairs: 5)).contains(where: \.blocks) { blocked += 1 }
      if PairedTest().judge(family(&generator, pairs: 5, slower: 1.1))[7].blocks { found += 1 }
    }
    #expect(blocked <= 15, "\(blocked) of 300")
    #expect(found >= 285, "\(found) of 300")
  }
}

@Suite("Pairs until decided")
struct SequentialPairedTestTests {
  @Test("The bounds of a group-sequential test spend what was promised", arguments: [0.05, 0.002])
  func spent(errorRate: Double) {
    let bounds = GroupSequentialBounds(errorRate: errorRate, most: 10)
    #expect(bounds.nominal.count == 10 && bounds.nominal[0] == 0)
    // Importance sampling: sums with a drift, weighted back, cross as often as was spent.
    var generator = SeededGenerator(seed: 3)
    let drift = NormalDistribution.quantile(upperTail: errorRate) / 10.0.squareRoot()
    var crossed = 0.0
    let draws = 8_000
    for _ in 0..<draws {
      var sum = 0.0
      for look in 1...10 {
        sum += drift + generator.normal()
        let p = NormalDistribution.cumulative(-sum / Double(look).squareRoot())
        if p <= bounds.nominal[look - 1] {
          crossed += exp(-drift * sum + Double(look) * drift * drift / 2)
          break
        }
      }
    }
    #expect(abs(crossed / Double(draws) / errorRate - 1) < 0.1, "\(crossed / Double(draws))")
  }

  @Test(
    "A clear slowdown ends it early, an unchanged build as soon as it is clear, and noise uses all pairs up")
  func decisions() {
    func series(_ ratios: [Double]) -> PairedSeries {
      PairedSeries(base: ratios.map { _ in 100 }, candidate: ratios.map { 100 * $0 })
    }
    let test = SequentialPairedTest(series: 1)
    #expect(test.decision(after: [series([1.3])]) == .undecided)
    #expect(test.decision(after: [series([1.3, 1.31, 1.29])]) == .worse([0]))
    #expect(test.decision(after: [series([1, 1.001, 0.999, 1.002])]) == .clear)
    let noisy = [1.3, 0.7, 1.25, 0.8, 1.2, 0.75, 1.3, 0.8, 1.1, 0.95]
    #expect(test.decision(after: [series(Array(noisy.prefix(9)))]) == .undecided)
    #expect(test.decision(after: [series(noisy)]) == .exhausted)
    #expect(test.decision(after: []) == .undecided)
  }

  @Test("It ends falsely in few of 200 unchanged builds of 25 series, and needs half of the pairs")
  func rates() {
    var generator = SeededGenerator(seed: 41)
    var (worse, pairs) = (0, 0)
    let test = SequentialPairedTest(series: 25)
    for _ in 0..<200 {
      var family = (0..<25).map { _ in PairedSeries(base: [], candidate: []) }
      for pair in 1...10 {
        for index in family.indices {
          family[index].base.append(100 * (1 + 0.012 * generator.normal()))
          family[index].candidate.append(100 * (1 + 0.012 * generator.normal()))
        }
        let decision = test.decision(after: family)
        if case .worse = decision { worse += 1 }
        guard decision != .undecided else { continue }
        pairs += pair
        break
      }
    }
    #expect(worse <= 14, "\(worse) of 200")
    #expect(pairs <= 200 * 6, "\(Double(pairs) / 200) pairs")
  }
}
