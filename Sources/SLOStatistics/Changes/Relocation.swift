internal import Glibc

/// Moves changes to where two levels fit best: the path had to take its levels from a grid.
struct Relocation {
  /// So many places a change may move.
  private static let reach = 6

  private let series: LevelSeries

  /// Prepares the moving.
  init(of series: LevelSeries) { self.series = series }

  /// Changes, moved in two rounds since each leans on its neighbours.
  func moved(_ changes: [Int]) -> [Int] {
    var changes = changes
    for _ in 0..<2 {
      for at in changes.indices {
        let low = at > 0 ? changes[at - 1] : 0
        let high = at + 1 < changes.count ? changes[at + 1] : series.levels.count
        let costs = PlacementCosts(
          of: series, change: changes[at], between: low, high, reach: Relocation.reach)
        changes[at] = costs.cheapest
      }
    }
    return changes
  }
}

/// What it costs to place a change at each of some neighbouring places: every value between them is held against
/// the level it would then belong to.
///
/// The loss is the negative logarithm of Student's density with three degrees of freedom (Lange, Little & Taylor,
/// "Robust statistical modeling using the t distribution", JASA 84, 1989, equation 1). It rises with every distance,
/// so that a value far from both levels still speaks for the nearer one, and slowly, so that a spike beside the step
/// outweighs nothing.
struct PlacementCosts {
  /// How many values a side estimate its level.
  private static let side = 40
  private static let freedom = 3.0

  /// The first place.
  let first: Int
  /// The cost of each place, from the first on, less that of the first.
  private(set) var costs = [0.0]

  /// Weighs the places next to a change.
  /// - Parameters:
  ///   - low: the change before it, or the start of the series.
  ///   - high: the change after it, or the end of the series.
  ///   - reach: how many places each way.
  init(of series: LevelSeries, change: Int, between low: Int, _ high: Int, reach: Int) {
    let before = series.levels[max(low, change - PlacementCosts.side)..<change]
    let after = series.levels[change..<min(high, change + PlacementCosts.side)]
    let (left, right) = (median(of: before), median(of: after))
    let distances = before.map { abs($0 - left) } + after.map { abs($0 - right) }
    // The last bound keeps quotients finite where the noise is as small as a number can be.
    let scale = max(1.4826 * median(of: distances), 0.5 * series.noise, 1e-300)
    func loss(_ distance: Double) -> Double {
      // ln(1 + x²) by a function that squares nothing too large.
      (PlacementCosts.freedom + 1) * log(hypot(1, distance / scale / PlacementCosts.freedom.squareRoot()))
    }
    first = max(low + 1, change - reach)
    for value in series.levels[first..<min(high - 1, change + reach)] {
      costs.append(costs[costs.count - 1] + loss(value - left) - loss(value - right))
    }
  }

  /// The place where two levels fit best, of equal ones the first.
  var cheapest: Int { first + (costs.indices.min { costs[$0] < costs[$1] } ?? 0) }
}
