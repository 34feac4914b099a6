import SLOSupport

/// The search for the places where the level of a series changed.
///
/// A robust path of levels proposes changes; each is moved to where its two levels fit best and kept if a t-test of its
/// two sides, near it or far, differs by more than the series wanders anyway. A series that drifts more than it steps
/// is cut into straight lines instead, and its points are marked so.
/// One set of constants serves all series.
///
/// ```swift
/// let latencies = [101.0, 99, 100, 102, 98, 100, 131, 129, 130, 132, 128, 130]
/// for change in ChangePointSearch().changePoints(in: latencies) { print(change.index, change.before, change.after) }
/// ```
public struct ChangePointSearch: Sendable {
  /// The fewest values between two changes.
  static let shortest = 3
  /// A change followed by so few values is provisional.
  private static let provisional = 3

  /// Creates the search.
  public init() {}

  /// Finds the change points of a series.
  ///
  /// Multiplying all values by a positive number moves none. Time grows with the number of values (some 400
  /// steps a value), memory as the values do.
  /// - Parameter values: oldest first; what is not finite is a gap. Indices count gaps.
  /// - Returns: the change points, oldest first; none for fewer than seven values.
  public func changePoints(in values: [Double]) -> [ChangePoint] {
    let places = values.indices.filter { values[$0].isFinite }
    let known = places.map { values[$0] }
    guard known.count > 2 * ChangePointSearch.shortest, let first = known.first,
      known.contains(where: { $0 != first })
    else { return [] }
    let series = LevelSeries(known)
    let proposed = Relocation(of: series).moved(LevelPath(of: series).changes)
    let correlation = SerialCorrelation(of: series, changes: proposed)
    let found = correlation.isDrift ? [] : significant(proposed, in: series, correlation)
    let isDrift = correlation.isDrift || Staircase(of: series, changes: found.map(\.index)).isDrift
    let points =
      isDrift
      ? LineSegmentation(of: series.scaled).bends(in: series, inflation: correlation.inflation)
      : steps(found, in: series, known, inflation: correlation.inflation)
    return points.map { $0.moved(to: places) }
  }

  /// The changes that noise does not explain.
  private func significant(
    _ proposed: [Int], in series: LevelSeries, _ correlation: SerialCorrelation
  ) -> [TestedChange] {
    var pruning = Pruning(of: series, changes: proposed, inflation: correlation.inflation)
    pruning.prune(wander: LongRunVariance.smallestWander)
    pruning.prune(wander: LongRunVariance(of: series.levels, changes: pruning.changes).wander)
    return pruning.kept
  }

  /// Changes with their levels, and the values each may lie at.
  private func steps(
    _ found: [TestedChange], in series: LevelSeries, _ values: [Double], inflation: Double
  ) -> [ChangePoint] {
    let bounds = [0] + found.map(\.index) + [values.count]
    let medians = zip(bounds, bounds.dropFirst()).map { median(of: values[$0..<$1]) }
    return found.indices.map { at in
      let index = found[at].index
      let costs = PlacementCosts(
        of: series, change: index, between: bounds[at], bounds[at + 2], reach: CredibleSet.reach)
      return ChangePoint(
        index: index, before: medians[at], after: medians[at + 1], p: found[at].p, kind: .step,
        isProvisional: values.count - index <= ChangePointSearch.provisional,
        suspects: CredibleSet(of: index, costs, inflation: inflation).suspects)
    }
  }
}

extension ChangePoint {
  /// A change among the finite values of a series, by its positions in all of it.
  /// - Parameter places: the positions of the finite values.
  fileprivate func moved(to places: [Int]) -> ChangePoint {
    var moved = self
    moved.index = places[index]
    moved.suspects = suspects.map { Suspect(index: places[$0.index], probability: $0.probability) }
    return moved
  }
}

/// A change and how likely noise alone makes one as clear.
struct TestedChange {
  /// The index of the first value of the new level.
  var index: Int
  /// The two-sided p.
  var p: Double
}

extension ChangePointSearch {
  /// Finds the change points of many series, on all cores.
  /// - Returns: the change points of each, in the order given.
  public func changePoints(inEach series: [[Double]]) -> [[ChangePoint]] {
    concurrentMap(series, workers: Cores.count) { changePoints(in: $0) }
  }
}
