import TestSupport
import Testing

@testable import SLOStatistics

/// Which values may be the first at a new level.
@Suite struct SuspectsTests {
  private func suspects(_ values: [Double]) -> [[Int]] {
    ChangePointSearch().changePoints(in: values).map { $0.suspects.map(\.index) }
  }

  @Test func `A step far above the noise has one suspect`() {
    #expect(suspects(levels([(100, 30), (120, 30)], scatter: 0.01)) == [[30]])
    #expect(suspects(Array(repeating: 7, count: 20) + Array(repeating: 8, count: 20)) == [[20]])
  }

  @Test func `A value between both levels may belong to either`() throws {
    let values = levels([(100, 25)], scatter: 0.01) + [105.1] + levels([(110, 25)], scatter: 0.01, seed: 2)
    let found = try #require(ChangePointSearch().changePoints(in: values).first)
    #expect(Set(found.suspects.map(\.index)) == [25, 26])
    #expect(found.suspects.allSatisfy { $0.probability > 0.1 && $0.probability < 0.9 })
  }

  @Test func `The smaller a step beside its noise, the more suspects it has`() {
    let sizes = [1.5, 1.2, 1.1].map { factor in
      (1...20).map { seed in
        suspects(levels([(100, 40), (100 * factor, 40)], scatter: 0.04, seed: UInt64(seed))).first?.count ?? 0
      }.reduce(0, +)
    }
    #expect(sizes[0] < sizes[1] && sizes[1] < sizes[2])
  }

  /// The place is drawn evenly, the noise heavier-tailed than the loss assumes.
  @Test func `Nineteen of twenty sets hold the true place`() {
    var random = SeededGenerator(seed: 11)
    var (found, held, size) = (0, 0, 0)
    for _ in 0..<400 {
      let (count, factor) = (20 + Int(random.next() % 41), 1 + 0.05 + 0.25 * random.uniform())
      let values = (0..<80).map { index in
        let noise = random.normal() / max(0.3, abs(random.normal())).squareRoot()
        return 100 * (index < count ? 1 : factor) * (1 + 0.02 * noise)
      }
      guard let near = suspects(values).first(where: { $0.contains { abs($0 - count) <= 12 } }) else {
        continue
      }
      found += 1
      held += near.contains(count) ? 1 : 0
      size += near.count
    }
    #expect(found >= 300)
    #expect(Double(held) >= 0.94 * Double(found))
    #expect(Double(size) <= 4 * Double(found))
  }

  @Test func `Correlated values tell less of the place`() {
    let values = levels([(100, 30), (108, 30)], scatter: 0.03)
    let placement = PlacementCosts(
      of: LevelSeries(values), change: 30, between: 0, 60, reach: CredibleSet.reach)
    let sets = [1.0, 3, 30].map { CredibleSet(of: 30, placement, inflation: $0).suspects }
    #expect(sets[0].count < sets[1].count && sets[1].count < sets[2].count)
    #expect(sets.allSatisfy { $0.map(\.probability).reduce(0, +) >= CredibleSet.coverage })
  }

  @Test func `Positions count gaps`() {
    var values = levels([(100, 25)], scatter: 0.01) + [105.1] + levels([(110, 25)], scatter: 0.01, seed: 2)
    values.insert(contentsOf: [.nan, .nan], at: 25)
    #expect(suspects(values).map(Set.init) == [[27, 28]])
  }
}
