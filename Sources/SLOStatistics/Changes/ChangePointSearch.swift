import SLOSupport

/// The search for the places where the level of a series changed.
///
/// A robust path of levels proposes changes; each is moved to where its two levels fit best and kept if a t-test of its two
/// sides, near it or far, differs by more than the series wanders anyway. A series that drifts more than
/// it steps is cut by least squares instead, where no straight line fits as well, and its points are marked so.
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
    var found = correlation.isDrift ? [] : steps(in: series, proposed, correlation)
    let isDrift = correlation.isDrift || Staircase(of: series, changes: found.map(\.index)).isDrift
    if isDrift { found = drifts(in: series, correlation) }
    let bounds = [0] + found.map(\.index) + [known.count]
    let medians = zip(bounds, bounds.dropFirst()).map { median(of: known[$0..<$1]) }
    return found.indices.map { at in
      let costs = PlacementCosts(
        of: series, change: bounds[at + 1], between: bounds[at], bounds[at + 2], reach: CredibleSet.reach)
      let suspects =
        isDrift ? [] : CredibleSet(of: bounds[at + 1], costs, inflation: correlation.inflation).suspects
      return ChangePoint(
        index: places[found[at].index], before: medians[at], after: medians[at + 1], p: found[at].p,
        kind: isDrift ? .drift : .step,
        isProvisional: known.count - found[at].index <= ChangePointSearch.provisional,
        suspects: suspects.map { ChangePoint.Suspect(index: places[$0.index], probability: $0.probability) })
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

extension ChangePointSearch {
  /// Finds the change points of many series, on all cores.
  /// - Returns: the change points of each, in the order given.
  public func changePoints(inEach series: [[Double]]) -> [[ChangePoint]] {
    concurrentMap(series, workers: Cores.count) { changePoints(in: $0) }
  }
}

/// Drops, the least certain first, every change whose two neighbours one straight line fits as well as two levels
/// do.
struct LineVeto {
  private let values: [Double]

  /// Prepares the veto.
  init(of values: [Double]) { self.values = values }

  /// The changes left of rising ones, none at an end of the series.
  func kept(_ changes: [Int]) -> [Int] {
    var bounds = [0] + changes + [values.count]
    func ratio(_ at: Int) -> Double {
      LineVeto.ratio(of: values[bounds[at]..<bounds[at + 2]], change: bounds[at + 1])
    }
    var ratios = changes.indices.map(ratio)
    while let worst = ratios.max(), worst > 1, let at = ratios.firstIndex(of: worst) {
      bounds.remove(at: at + 1)
      ratios.remove(at: at)
      for near in [at - 1, at] where ratios.indices.contains(near) { ratios[near] = ratio(near) }
    }
    return Array(bounds.dropFirst().dropLast())
  }

  /// The squared error of values about two levels over that about one line.
  static func ratio(of values: ArraySlice<Double>, change: Int) -> Double {
    let line = StraightLine(through: values)
    let error = zip(values, 0...).reduce(0.0) { sum, point in
      let residual = point.0 - line[point.1]
      return sum + residual * residual
    }
    let levels = squaredError(of: values[..<change]) + squaredError(of: values[change...])
    return error > 0 ? levels / error : .infinity
  }

  private static func squaredError(of values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    return values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  }
}

/// A least-squares line through values at equal distances.
struct StraightLine {
  /// The rise from one value to the next.
  let slope: Double
  /// The mean of the values: the height in the middle.
  let height: Double
  private let middle: Double

  /// Fits two values or more.
  init(through values: some RandomAccessCollection<Double>) {
    let count = Double(values.count)
    middle = (count - 1) / 2
    height = values.reduce(0, +) / count
    var (products, x) = (0.0, -middle)
    for value in values {
      products += x * (value - height)
      x += 1
    }
    slope = products / (count * (count * count - 1) / 12)
  }

  /// The height at a position, from 0.
  subscript(_ position: Int) -> Double { height + slope * (Double(position) - middle) }
}
