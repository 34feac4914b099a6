import TestSupport
import Testing

@testable import SLOStatistics

/// One series judged alone.
@Suite struct RegressionTestTests {
  private let usual = [300.2, 297.4, 305.9, 301.0, 296.8, 303.3, 299.1, 302.5, 298.0, 300.9]

  private func judge(_ references: [Double], _ value: Double) -> Judgement {
    RegressionTest().judge(Candidate(references: references, values: [value]))
  }

  @Test func `A value like the others is nothing`() throws {
    let judgement = judge(usual, 304)
    #expect(judgement.outcome == .none)
    #expect(try #require(judgement.p) > 0.05)
    #expect(!judgement.blocks && !judgement.warns)
  }

  @Test func `A clear slowdown is worse, blocks, and says by how much`() throws {
    let judgement = judge(usual, 330)
    #expect(judgement.outcome == .worse)
    #expect(judgement.blocks && judgement.warns)
    #expect(abs(try #require(judgement.typical) - 300.55) < 1e-9)
    #expect(abs(try #require(judgement.noise) - 1.4826 * 2.25) < 1e-9)
    #expect(abs(try #require(judgement.change?.relative) - 0.098) < 1e-3)
    #expect(abs(try #require(judgement.deviations) - 29.45 / (1.4826 * 2.25)) < 1e-9)
    #expect(judgement.references == 10)
  }

  @Test func `The limit is where the test begins to fire`() throws {
    let limit = try #require(judge(usual, 300).limit)
    #expect(judge(usual, limit * 1.0001).outcome == .worse)
    #expect(judge(usual, limit * 0.9999).outcome == .none)
  }

  @Test func `Below three per cent nothing is a finding`() {
    let constant = Array(repeating: 100.5, count: 7)
    #expect(judge(constant, 103.4).outcome == .none)
    #expect(judge(constant, 103.4).p == 1)
    #expect(judge(constant, 103.6).outcome == .worse)
  }

  @Test func `A few calm runs promise no calm for ever, unless a finer floor is asked for`() {
    let steady = [100.01, 100.02, 99.99, 100, 100.03, 99.98, 100.04]
    #expect(judge(steady, 103.2).outcome == .none)
    #expect(judge(steady, 105).outcome == .worse)
    var fine = RegressionTest()
    fine.policy.relativeFloor = 0.005
    #expect(fine.judge(Candidate(references: steady, values: [101])).outcome == .worse)
    var coarse = RegressionTest()
    coarse.policy.relativeFloor = 0.10
    #expect(coarse.judge(Candidate(references: steady, values: [109.9])).outcome == .none)
    #expect(coarse.judge(Candidate(references: steady, values: [110.1])).outcome == .worse)
  }

  @Test func `A second machine seen often enough leaves the scatter of each alone`() throws {
    var twoMachines = usual
    for (place, slow) in zip([1, 5, 8, 11], [345, 344.2, 346.1, 343.9]) {
      twoMachines.insert(slow, at: place)
    }
    let judgement = judge(twoMachines, 325)
    #expect(judgement.outsiders == [1, 5, 8, 11])
    #expect(try #require(judgement.standardDeviation) < 0.02)
    #expect(judgement.outcome == .worse)
    #expect(judge(twoMachines, 347).outcome == .none)
  }

  @Test func `The absolute floor counts in the unit of the values`() {
    var candidate = Candidate(references: [2.01, 2, 1.99, 2.02, 1.98], values: [4], absoluteFloor: 5)
    #expect(RegressionTest().judge(candidate).outcome == .none)
    candidate.absoluteFloor = 1
    #expect(RegressionTest().judge(candidate).outcome == .worse)
  }

  @Test func `An improvement never blocks`() {
    let judgement = judge(usual, 250)
    #expect(judgement.outcome == .better)
    #expect(!judgement.blocks && !judgement.warns && !judgement.isSuspicious)
  }

  @Test func `A collapse is suspicious`() {
    #expect(judge(usual, 60).isSuspicious)
    #expect(!judge(usual, 61).isSuspicious)
    let throughput = Candidate(references: usual, values: [1600], better: .higher)
    #expect(RegressionTest().judge(throughput).isSuspicious)
  }

  @Test func `More throughput is better, less is worse`() {
    var throughput = Candidate(references: usual, values: [270], better: .higher)
    #expect(RegressionTest().judge(throughput).outcome == .worse)
    throughput.values = [330]
    #expect(RegressionTest().judge(throughput).outcome == .better)
  }

  @Test(arguments: 0..<4)
  func `Fewer than four references are insufficient`(count: Int) {
    let judgement = judge(Array(usual.prefix(count)), 900)
    #expect(judgement.outcome == .insufficient)
    #expect(judgement.p == nil)
    #expect(judgement.references == count)
  }

  @Test func `No value is insufficient`() {
    #expect(RegressionTest().judge(Candidate(references: usual, values: [])).outcome == .insufficient)
    #expect(RegressionTest().judge(Candidate(references: usual, values: [.nan])).outcome == .insufficient)
  }

  @Test func `An accepted step neither alarms for ever nor hides the next`() {
    let stepped = usual.map { $0 * 0.75 } + usual
    #expect(judge(stepped, 303).outcome == .none)
    #expect(judge(stepped, 303).levelStart == 10)
    #expect(judge(stepped, 345).outcome == .worse)
    let improved = usual.map { $0 * 1.4 } + usual
    #expect(judge(improved, 345).outcome == .worse)
  }

  @Test func `A value that an unchanged run showed before is not new`() {
    let twoMachines = usual + [345, 301, 299]
    let judgement = judge(twoMachines, 346)
    #expect(judgement.outcome == .none)
    #expect(judgement.p == 1)
    #expect(judgement.seenBefore == [10])
  }

  @Test func `An old spike does not hide a lesser regression`() {
    #expect(judge(usual + [620, 301, 299], 360).outcome == .worse)
  }

  @Test func `A constant count alarms when it moves by more than one`() {
    let constant = Array(repeating: 40.0, count: 8)
    #expect(judge(constant, 40).outcome == .none)
    #expect(judge(constant, 41).outcome == .none)
    #expect(judge(constant, 42).outcome == .worse)
    #expect(judge(constant, 38).outcome == .better)
    #expect(judge(constant, 42).noise == 0)
    #expect(judge(constant, 42).deviations == nil)
  }

  @Test func `Whole milliseconds: one unit is rounding`() {
    let whole = [10.0, 10, 11, 10, 10, 9, 10, 10, 10, 10]
    #expect(judge(whole, 11).outcome == .none)
    #expect(judge(whole, 14).outcome == .worse)
  }

  @Test func `Zeros are judged as they are`() {
    let blocking = [0.0, 12.5, 0, 0, 3.1, 0, 8.2, 0, 0, 0]
    #expect(judge(blocking, 5).outcome == .none)
    #expect(judge(blocking, 12).seenBefore == [1])
    #expect(judge(blocking, 5).seenBefore == [1, 6])
    #expect(judge(blocking, 400).outcome == .worse)
    #expect(judge(Array(repeating: 0, count: 6), 0).outcome == .none)
    #expect(judge(Array(repeating: 0, count: 6), 250).outcome == .worse)
  }

  @Test func `Only the window counts`() {
    let long = Array(repeating: 900.0, count: 100) + usual + usual + usual
    #expect(judge(long, 340).outcome == .worse)
    #expect(judge(long, 340).references == 30)
    #expect(judge(long, 340).levelStart == 100)
  }

  @Test func `More repetitions than the history has make the value surer`() throws {
    var random = SeededGenerator(seed: 3)
    let references = random.timings(12, about: 200, scatter: 0.05)
    let repeated = [214.0, 205, 226, 210, 219]
    let plain = Candidate(references: references, values: repeated)
    var informed = plain
    informed.referenceRepetitions = references.map { [$0] }
    let plainLimit = try #require(RegressionTest().judge(plain).limit)
    #expect(try #require(RegressionTest().judge(informed).limit) < plainLimit)
  }

  @Test func `Fewer repetitions than the history has make it less sure`() throws {
    var random = SeededGenerator(seed: 4)
    let runs = (0..<10).map { _ in random.timings(5, about: 200, scatter: 0.04) }
    let medians = runs.map { SortedSample(sorting: $0).median }
    var single = Candidate(references: medians, values: [205], referenceRepetitions: runs)
    let informed = try #require(RegressionTest().judge(single).limit)
    single.referenceRepetitions = nil
    #expect(informed > (try #require(RegressionTest().judge(single).limit)))
  }

  @Test func `The smallest detectable change lies beyond the limit`() throws {
    let judgement = judge(usual, 300)
    let detectable = try #require(judgement.detectable)
    #expect(try #require(judgement.typical) + detectable.absolute > (try #require(judgement.limit)))
    #expect(try #require(detectable.relative) < 0.08)
  }
}
