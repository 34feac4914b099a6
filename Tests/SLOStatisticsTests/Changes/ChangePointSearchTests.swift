import SLOStatistics
import TestSupport
import Testing

/// What is a change point and what is none.
@Suite struct ChangePointSearchTests {
  private func changes(_ values: [Double]) -> [ChangePoint] { ChangePointSearch().changePoints(in: values) }
  private func indices(_ values: [Double]) -> [Int] { changes(values).map(\.index) }

  @Test(arguments: 1...20)
  func `A step is dated to the first run of the new level`(seed: UInt64) throws {
    let found = changes(levels([(100, 40), (120, 30)], seed: seed))
    let change = try #require(found.first)
    #expect(found.count == 1 && abs(change.index - 40) <= 1)
    #expect(change.kind == .step && !change.isProvisional && change.p < 1e-4)
    #expect(abs(change.before - 100) < 2 && abs(change.after - 120) < 2.5)
    #expect(abs(try #require(change.change) - 0.2) < 0.03)
  }

  @Test func `Runs far from both levels stay with the level they are nearer to`() {
    let odd =
      levels([(100, 25)], scatter: 0.003) + [103.1, 102.7] + levels([(90, 25)], scatter: 0.003, seed: 2)
    #expect(indices(odd) == [27])
    let half = levels([(100, 25)], scatter: 0.003) + [96, 97] + levels([(90, 25)], scatter: 0.003, seed: 2)
    #expect(indices(half) == [27])
    #expect(indices(odd.reversed()) == [25])
  }

  @Test func `Down is as good as up`() {
    #expect(indices(levels([(100, 40), (80, 30)])) == [40])
  }

  @Test func `Two steps are two change points`() {
    #expect(indices(levels([(100, 30), (130, 25), (90, 40)])) == [30, 55])
  }

  @Test func `A level held for five runs between two others is told from both`() {
    #expect(indices(levels([(100, 30), (150, 5), (120, 40)], scatter: 0.01)) == [30, 35])
  }

  @Test(arguments: 1...50)
  func `Noise alone has none`(seed: UInt64) {
    #expect(indices(levels([(100, 120)], scatter: 0.05, seed: seed)) == [])
  }

  @Test(arguments: [1, 2])
  func `A spike of one or two runs is none`(count: Int) {
    #expect(indices(levels([(100, 30), (300, count), (100, 30)])) == [])
    #expect(indices(levels([(100, 30), (300, count)])) == [])
    #expect(indices(levels([(300, count), (100, 30)])) == [])
  }

  @Test func `Spikes hide no step`() {
    var values = levels([(100, 40), (115, 40)])
    for index in stride(from: 3, to: 80, by: 11) { values[index] *= 2 }
    #expect(indices(values).allSatisfy { abs($0 - 40) <= 1 } && indices(values).count == 1)
  }

  @Test func `Runs of two machines are hardly ever taken for steps`() {
    var random = SeededGenerator(seed: 5)
    let found = (0..<30).map { _ in
      let values = random.timings(200, about: 100, scatter: 0.02)
      return indices(values.map { random.uniform() < 0.25 ? 1.15 * $0 : $0 }).count
    }
    #expect(found.reduce(0, +) <= 6)
  }

  @Test func `A trend is no staircase`() {
    let values = levels([(100, 120)]).enumerated().map { $1 * (1 + 0.003 * Double($0)) }
    #expect(indices(values) == [])
  }

  @Test func `A walk that steps is marked as drift`() throws {
    var random = SeededGenerator(seed: 6)
    var height = 0.0
    let values = (0..<200).map { index in
      height += 0.004 * random.normal() + (index == 100 ? 0.5 : 0)
      return 100 * (1 + height)
    }
    let found = changes(values)
    #expect(!found.isEmpty && found.allSatisfy { $0.kind == .drift && $0.suspects.isEmpty })
    #expect(found.contains { abs($0.index - 100) <= 1 })
  }

  @Test func `A smooth rise has none`() {
    #expect(indices((0..<60).map { 50 + 2 * Double($0) }) == [])
  }

  @Test func `Gaps are counted and change nothing else`() {
    var values = levels([(100, 40), (120, 30)])
    values.insert(.nan, at: 10)
    values.insert(contentsOf: [.infinity, .nan], at: 41)
    #expect(indices(values) == [43])
  }

  @Test func `A constant has none, and a step between two constants is one`() {
    #expect(indices(Array(repeating: 7, count: 50)) == [])
    #expect(indices(Array(repeating: 7, count: 20) + Array(repeating: 8, count: 20)) == [20])
  }

  @Test func `Counts that are mostly constant move by a step, not by a wobble`() {
    let wobbling = (0..<60).map { $0 % 9 == 4 ? 201.0 : 200 }
    #expect(indices(wobbling) == [])
    #expect(indices(wobbling + wobbling.map { $0 + 20 }) == [60])
  }

  @Test func `A change below one per cent is none`() {
    #expect(indices(levels([(100, 40), (100.7, 40)], scatter: 0.0005)) == [])
    #expect(indices(levels([(100, 40), (101.5, 40)], scatter: 0.0005)) == [40])
  }

  @Test func `Levels may be negative, zero or of both signs`() {
    let values = levels([(10, 30), (14, 30)])
    #expect(indices(values.map { -$0 }) == [30])
    #expect(indices(values.map { $0 - 12 }) == [30])
    #expect(indices(Array(repeating: 0, count: 20) + Array(repeating: 1, count: 20)) == [20])
  }

  @Test func `A change with three values after it may still be taken back`() {
    let found = changes(levels([(100, 40), (200, 3)], scatter: 0.01))
    #expect(found.map(\.index) == [40] && found.allSatisfy(\.isProvisional))
    let later = changes(levels([(100, 40), (200, 4)], scatter: 0.01))
    #expect(later.map(\.index) == [40] && !later.contains(where: \.isProvisional))
  }

  @Test func `Fewer than seven values have none`() {
    #expect(indices([1, 1, 1, 9, 9, 9]) == [])
    #expect(indices([1, 1, 1, 1, 1, 9, 9, 9, 9, .nan]) == [5])
  }
}

/// Timings about levels held for so many runs each, with a relative scatter.
func levels(_ levels: [(level: Double, count: Int)], scatter: Double = 0.02, seed: UInt64 = 1) -> [Double] {
  var random = SeededGenerator(seed: seed)
  return levels.flatMap { random.timings($0.count, about: $0.level, scatter: scatter) }
}
