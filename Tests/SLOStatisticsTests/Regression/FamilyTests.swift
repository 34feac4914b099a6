import TestSupport
import Testing

@testable import SLOStatistics

/// All series of a check judged together.
@Suite struct FamilyTests {
  private func family(
    _ count: Int, runs: Int = 12, seed: UInt64 = 5, scatter: Double = 0.03, shared: [Double]? = nil,
    moved: Range<Int> = 0..<0, factor: Double = 1
  ) -> [Candidate] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      var values = random.timings(runs + 1, about: 100 + 37 * Double(index), scatter: scatter)
      if let shared { values = zip(values, shared).map { $0 * $1 } }
      if moved.contains(index) { values[runs] *= factor }
      return Candidate(references: values.dropLast(), values: [values[runs]], runs: Array(0..<runs))
    }
  }

  private let hosts = [1, 1.2, 0.95, 1.1, 0.9, 1.15, 1, 0.92, 1.08, 1.2, 0.97, 1.05, 1.15]

  @Test func `Nothing moved: nothing blocks`() {
    let judged = RegressionTest().judge(family(25))
    #expect(!judged.judgements.contains { $0.blocks })
    #expect(judged.judgements.count == 25)
  }

  @Test func `One of many moved: only that one blocks`() {
    let judged = RegressionTest().judge(family(25, moved: 3..<4, factor: 1.4))
    #expect(judged.judgements.indices.filter { judged.judgements[$0].blocks } == [3])
    #expect(judged.common.first?.judgement.outcome == Judgement.Outcome.none)
  }

  @Test func `All moved: the common factor says so once`() throws {
    let judged = RegressionTest().judge(family(25, moved: 0..<25, factor: 1.2))
    let common = try #require(judged.common.first)
    #expect(common.judgement.blocks)
    #expect(common.factor > 1.15 && common.factor < 1.25)
    #expect(common.members == Array(0..<25))
  }

  @Test func `A slow host is no regression, and a regression on it is seen`() throws {
    let judged = RegressionTest().judge(family(20, shared: hosts, moved: 7..<8, factor: 1.25))
    #expect(try #require(judged.common.first).wasTakenOut)
    #expect(judged.judgements.indices.filter { judged.judgements[$0].outcome == .worse } == [7])
    #expect(judged.judgements[0].commonFactor > 1.05)
  }

  @Test func `Throughput falls where latency rises`() throws {
    var candidates = family(12, shared: hosts)
    for index in candidates.indices where index % 2 == 0 {
      candidates[index].references = candidates[index].references.map { 10_000 / $0 }
      candidates[index].values = candidates[index].values.map { 10_000 / $0 }
      candidates[index].better = .higher
    }
    let judged = RegressionTest().judge(candidates)
    #expect(try #require(judged.common.first).wasTakenOut)
    #expect(judged.judgements[0].commonFactor < 1 && judged.judgements[1].commonFactor > 1)
    #expect(!judged.judgements.contains { $0.outcome == .worse })
  }

  @Test func `Five series tell no common factor`() {
    #expect(RegressionTest().judge(family(5, shared: hosts)).common.isEmpty)
  }

  @Test func `Series of other runs have their own factor`() {
    var other = family(8, seed: 6)
    for index in other.indices { other[index].runs = other[index].runs?.map { $0 + 100 } }
    var loner = family(1, seed: 7)
    loner[0].runs = nil
    let judged = RegressionTest().judge(family(7) + other + loner)
    #expect(judged.common.map(\.members) == [Array(0..<7), Array(7..<15)])
  }

  @Test func `Series without common runs are judged as if alone`() {
    var candidates = family(10, moved: 2..<3, factor: 1.3)
    for index in candidates.indices { candidates[index].runs = nil }
    let together = RegressionTest().judge(candidates).judgements
    for (candidate, judgement) in zip(candidates, together) {
      let alone = RegressionTest().judge(candidate)
      #expect(alone.p == judgement.p && alone.outcome == judgement.outcome)
    }
  }

  @Test func `A quiet family makes its members surer`() throws {
    let quiet = RegressionTest().judge(family(12, runs: 5, scatter: 0.01))
    let alone = RegressionTest().judge(family(12, runs: 5, scatter: 0.01)[0])
    #expect(try #require(quiet.judgements[0].limit) < (try #require(alone.limit)))
  }

  @Test func `The limit is given for the value as measured`() throws {
    let candidates = family(20, shared: hosts)
    let judged = RegressionTest().judge(candidates)
    let limit = try #require(judged.judgements[4].limit)
    for (factor, outcome) in [(1.001, Judgement.Outcome.worse), (0.999, .none)] {
      var changed = candidates
      changed[4].values = [limit * factor]
      #expect(RegressionTest().judge(changed).judgements[4].outcome == outcome)
    }
  }

  @Test func `What cannot be judged corrects nobody`() {
    let clear = family(1, moved: 0..<1, factor: 1.5)
    let poor = Candidate(references: [1, 2], values: [9])
    let judged = RegressionTest().judge(clear + Array(repeating: poor, count: 500))
    #expect(judged.judgements[0].blocks)
    #expect(judged.judgements[0].q == judged.judgements[0].p)
    #expect(judged.judgements[1].outcome == .insufficient)
  }

  @Test func `A lone weak finding among hundreds neither blocks nor warns`() {
    var random = SeededGenerator(seed: 11)
    let judged = (0..<20).map { _ in
      let candidates = (0..<300).map { _ in
        Candidate(
          references: random.timings(20, about: 100, scatter: 0.04),
          values: random.timings(1, about: 100, scatter: 0.04))
      }
      return RegressionTest().judge(candidates)
    }
    #expect(judged.contains { $0.judgements.contains { $0.outcome == .worse } })
    #expect(judged.filter { $0.judgements.contains(where: \.blocks) }.count <= 3)
    #expect(judged.filter { $0.judgements.contains(where: \.warns) }.count <= 6)
  }

  @Test func `An empty family is judged`() {
    #expect(RegressionTest().judge([]).judgements.isEmpty)
  }

  @Test(arguments: [8, 16, 60])
  func `Among many the smallest detectable change is at least warned of four times in five`(size: Int) throws
  {
    let cases = 400
    let found = try (0..<cases).filter { index in
      var candidates = family(size, runs: 10, seed: UInt64(index), scatter: 0.04)
      let place = index % size
      let change = try #require(
        RegressionTest().judge(candidates).judgements[place].detectable?.relative)
      candidates[place].values = candidates[place].values.map { $0 * (1 + change) }
      let judgement = RegressionTest().judge(candidates).judgements[place]
      return judgement.outcome == .worse && judgement.warns
    }
    #expect((0.74...0.88).contains(Double(found.count) / Double(cases)), "\(found.count) of \(cases)")
  }

  @Test func `What is detectable and where alarms begin hang on how many are judged`() throws {
    let few = try #require(RegressionTest().judge(family(10)).judgements.first)
    let many = try #require(RegressionTest().judge(family(200)).judgements.first)
    #expect(few.familySize == 10 && many.familySize == 200)
    let changes = [few, many].compactMap { $0.detectable?.relative }
    #expect(changes.count == 2 && changes[0] < changes[1])
    #expect(try #require(few.limit) < (try #require(many.limit)))
  }
}
