internal import Glibc

/// The search for the places where the level of a series changed.
///
/// Noise from differences, a robust level path, relocation, pruning by a two-sided t-test; a series that drifts
/// is cut by least squares instead, and its points are marked so. One set of constants serves all series.
public struct ChangePointSearch: Sendable {
  /// The smallest change worth a report, relative to the level.
  static let floor = 0.01
  /// The fewest values an inner segment has.
  static let shortest = 3
  /// A serial correlation from which on a series drifts more than it steps.
  static let drifting = 0.6

  /// Creates the search.
  public init() {}

  /// Finds the change points of a series.
  /// - Parameter values: oldest first; what is not finite is a gap. Indices count gaps.
  /// - Returns: the change points, oldest first.
  public func changePoints(in values: [Double]) -> [ChangePoint] {
    let places = values.indices.filter { values[$0].isFinite }
    let known = places.map { values[$0] }
    guard known.count > 2 * ChangePointSearch.shortest, let first = known.first,
      known.contains(where: { $0 != first })
    else { return [] }
    let series = LevelledSeries(known)
    let found = series.noise.correlation < ChangePointSearch.drifting ? series.steps() : series.drifts()
    let bounds = [0] + found.map(\.index) + [known.count]
    let medians = zip(bounds, bounds.dropFirst()).map { SortedSample(sorting: known[$0..<$1]).median }
    return found.indices.map { at in
      ChangePoint(
        index: places[found[at].index], before: medians[at], after: medians[at + 1], p: found[at].p,
        kind: found[at].kind, isProvisional: known.count - found[at].index <= 3)
    }
  }
}

/// A change found, before its levels are told.
struct FoundChange {
  var index: Int
  var p: Double
  var kind: ChangePoint.Kind
}

/// A series on the scale its levels are compared on, with its noise.
struct LevelledSeries {
  /// The values in their unit.
  let values: [Double]
  /// The values on that scale: logarithms where all are positive.
  let levels: [Double]
  /// The smallest difference of levels worth a report.
  let floor: Double
  /// The noise of one value.
  let noise: SeriesNoise

  /// Prepares a series of finite values.
  init(_ values: [Double]) {
    self.values = values
    if values.allSatisfy({ $0 > 0 }) {
      levels = values.map { log($0) }
      floor = ChangePointSearch.floor
    } else {
      // A power of two loses no digit, and keeps sums and squares of any values finite.
      let largest = values.reduce(0) { max($0, abs($1)) }
      let unit = Double(sign: .plus, exponent: max(-1_000, largest.exponent), significand: 1)
      levels = values.map { $0 / unit }
      floor = ChangePointSearch.floor * abs(SortedSample(sorting: levels).median)
    }
    noise = SeriesNoise(of: levels)
  }

  func steps() -> [FoundChange] {
    let path = LevelPath(levels, noise: noise)
    return Pruning(of: levels, noise: noise, floor: floor).keep(path.relocated())
  }

  func drifts() -> [FoundChange] {
    let test = StepTest(of: levels, noise: noise)
    let kept = LineVeto(of: values).keep(LeastSquaresSegmentation(of: values).changes)
    let bounds = [0] + kept + [levels.count]
    return kept.indices.map { at in
      FoundChange(index: kept[at], p: test.result(bounds[at], bounds[at + 1], bounds[at + 2]).p, kind: .drift)
    }
  }
}
