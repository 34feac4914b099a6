import SLOStatistics
import TestSupport
import Testing

/// What is a change point and what is none.
@Suite struct ChangePointSearchTests {
  /// A series of levels held for so many runs each, with a relative scatter.
  private func series(_ levels: [(level: Double, count: Int)], scatter: Double = 0.02, seed: UInt64 = 1)
    -> [Double]
  {
    var random = SeededGenerator(seed: seed)
    return levels.flatMap { random.timings($0.count, about: $0.level, scatter: scatter) }
  }

  private func indices(_ values: [Double]) -> [Int] {
    ChangePointSearch().changePoints(in: values).map(\.index)
  }

  @Test func `A step is dated to the first run of the new level`() throws {
    let values = series([(100, 40), (120, 30)], seed: 3)
    let change = try #require(ChangePointSearch().changePoints(in: values).first)
    #expect(indices(values) == [40])
    #expect(change.kind == .step && !change.isProvisional && change.p < 1e-4)
    #expect(abs(change.before - 100) < 1.5 && abs(change.after - 120) < 1.5)
    #expect(abs(try #require(change.change) - 0.2) < 0.03)
  }

  @Test func `Two steps are two change points`() {
    #expect(indices(series([(100, 30), (130, 25), (90, 40)])) == [30, 55])
  }

  @Test(arguments: 1...20)
  func `Noise alone has none`(seed: Int) {
    #expect(indices(series([(100, 120)], scatter: 0.05, seed: UInt64(seed))) == [])
  }

  @Test(arguments: [1, 2])
  func `A spike of one or two runs is none`(count: Int) {
    #expect(indices(series([(100, 30), (300, count), (100, 30)])) == [])
  }

  @Test func `Gaps are counted and change nothing else`() {
    var values = series([(100, 40), (120, 30)])
    values.insert(.nan, at: 10)
    values.insert(contentsOf: [.infinity, .nan], at: 41)
    #expect(indices(values) == [43])
  }

  @Test func `A constant series has none, and a step between two constants is one`() {
    #expect(indices(Array(repeating: 7, count: 50)) == [])
    #expect(indices(Array(repeating: 7, count: 20) + Array(repeating: 8, count: 20)) == [20])
  }

  @Test func `A change below one per cent is none`() {
    #expect(indices(series([(100, 40), (100.5, 40)], scatter: 0.0005)) == [])
  }

  @Test func `Fewer than seven values have none`() {
    #expect(indices([1, 1, 1, 9, 9, 9]) == [])
  }
}
