import TestSupport
import Testing

@testable import SLOStatistics

/// Where between two levels a change is placed.
@Suite struct PlacementTests {
  private func costs(_ values: [Double], change: Int, reach: Int = 6) -> PlacementCosts {
    PlacementCosts(of: LevelSeries(values), change: change, between: 0, values.count, reach: reach)
  }

  @Test(arguments: [1.0, 60, 80, 94, 96, 103, 150, 1e9])
  func `No run costs the same at both levels, however far it lies`(odd: Double) {
    let calm = levels([(100, 25)], scatter: 0.003)
    let later = levels([(90, 25)], scatter: 0.003, seed: 2)
    let placed = costs(calm + [odd, odd] + later, change: 26)
    #expect(zip(placed.costs, placed.costs.dropFirst()).allSatisfy { abs($0 - $1) > 1e-6 })
    #expect(placed.cheapest == (odd > 94.9 ? 27 : 25))
  }

  @Test func `A spike just after a step moves it by no run`() {
    var values = levels([(100, 25), (110, 25)], scatter: 0.01)
    values[26] = 60
    #expect(costs(values, change: 25).cheapest == 25)
  }

  @Test(arguments: [0, .leastNonzeroMagnitude, .leastNormalMagnitude, 1e-300])
  func `Noise as small as a number can be leaves every cost a number`(wobble: Double) {
    let values = (0..<40).map { ($0 % 2 == 0 ? wobble : 0) + ($0 < 20 ? 0 : 1) }
    let placed = costs(values, change: 20)
    #expect(placed.costs.allSatisfy(\.isFinite) && placed.cheapest == 20)
  }
}
