/// The search for the places where the level of a series changed.
///
/// A robust path of levels proposes changes; each is moved to where it fits best and kept if a t-test of its two
/// sides, near it or far, tells them apart by more than the series wanders anyway. A series that drifts more than
/// it steps is cut by least squares instead, where no straight line tells as much, and its points are marked so.
/// One set of constants serves all series.
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
    var found = correlation.isDrift ? [] : steps(in: series, proposed, correlation)
    let isDrift = correlation.isDrift || Staircase(of: series, changes: found.map(\.index)).isDrift
    if isDrift { found = drifts(in: series, correlation) }
    let bounds = [0] + found.map(\.index) + [known.count]
    let medians = zip(bounds, bounds.dropFirst()).map { median(of: known[$0..<$1]) }
    return found.indices.map { at in
      ChangePoint(
        index: places[found[at].index], before: medians[at], after: medians[at + 1], p: found[at].p,
        kind: isDrift ? .drift : .step,
        isProvisional: known.count - found[at].index <= ChangePointSearch.provisional)
    }
  }

  private func steps(
    in series: LevelSeries, _ proposed: [Int], _ correlation: SerialCorrelation
  ) -> [TestedChange] {
    var pruning = Pruning(of: series, changes: proposed, inflation: correlation.inflation)
    pruning.prune(wander: LongRunVariance.smallestWander)
    pruning.prune(wander: LongRunVariance(of: series.levels, changes: pruning.changes).wander)
    return pruning.kept
  }

  private func drifts(in series: LevelSeries, _ correlation: SerialCorrelation) -> [TestedChange] {
    let proposed = LeastSquaresSegmentation(of: series.scaled).changes
    let kept = LineVeto(of: series.scaled).kept(proposed)
    let bounds = [0] + kept + [series.levels.count]
    return kept.indices.map { at in
      let test = LevelTest(
        of: series, inflation: correlation.inflation, bounds[at], bounds[at + 1], bounds[at + 2])
      return TestedChange(index: kept[at], p: test.p(wander: LongRunVariance.largestWander))
    }
  }
}

/// A change and how likely noise alone makes one as clear.
struct TestedChange {
  /// The index of the first value of the new level.
  var index: Int
  /// The two-sided p.
  var p: Double
}
