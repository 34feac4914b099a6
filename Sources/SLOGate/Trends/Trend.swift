package import SLOBudgets
package import SLOHistory
package import SLOModel
package import SLOStatistics

/// One series over the commits of one sizing: its values, the levels they keep, and where a level changed.
package struct Trend: Sendable, Hashable {
  /// What was measured at one commit.
  package struct Point: Sendable, Hashable {
    /// The commit.
    package var commit: ReferenceCommit
    /// Its index among `commits` of the trend.
    package var place: Int
    /// The median of its repetitions.
    package var value: Double
    /// The smallest of its repetitions.
    package var lowest: Double
    /// The largest of its repetitions.
    package var highest: Double
    /// How many repetitions there are, at least 1.
    package var repetitions: Int
    /// Whether a check of it was blocked by a regression of the series.
    package var isBlocked: Bool
  }

  /// Points in a row none of which differs from the others by more than noise, or from one straight line where the
  /// series drifts.
  package struct Level: Sendable, Hashable {
    /// Their indices.
    package var points: Range<Int>
    /// The median of their values; of a drift the height of the line in the middle.
    package var median: Double
    /// 1.4826 times the median absolute deviation from the median, or from the line.
    package var noise: Double
    /// By how much the line rises from one point to the next; 0 where the series does not drift.
    package var rise = 0.0

    /// The height at a point: the median, or that of the line.
    package func height(at index: Int) -> Double {
      let middle = Double(points.lowerBound + points.upperBound - 1) / 2
      return rise == 0 ? median : median + rise * (Double(index) - middle)
    }

    /// The height at its last point.
    package var latest: Double { height(at: points.upperBound - 1) }
  }

  /// The service.
  package var service: String
  /// The sizing that all points share.
  package var environment: Environment
  /// The series.
  package var series: Series
  /// The unit of all values.
  package var unit: MetricUnit
  /// Which way it is better, nil where neither is known to be.
  package var better: Direction?
  /// Whether some values were read off sketches, to within `QuantileSketch.accuracy`.
  package var isEstimated: Bool
  /// The commits of its runs, oldest first, those too that did not measure the series.
  package var commits: [ReferenceCommit]
  /// What was measured, oldest first; never empty.
  package var points: [Point]
  /// Where the level changed; `index` is one of `points`.
  package var changes: [ChangePoint]
  /// The levels between the changes, oldest first; never empty.
  package var levels: [Level]
  /// The limit that holds today: of several the one that blocks. Nil without any in the series' unit.
  package var limit: Limit?

  /// Puts a trend together.
  /// - Parameters:
  ///   - history: the series.
  ///   - cohort: the runs it was recorded in.
  ///   - changes: the change points of the medians of the repetitions, commit by commit.
  ///   - limit: the limit that holds for it.
  /// - Returns: nil for a series without a value.
  package init?(of history: SeriesHistory, in cohort: CohortHistory, changes: [ChangePoint], limit: Limit?) {
    guard !history.values.isEmpty else { return nil }
    service = cohort.service
    environment = cohort.environment
    series = history.series
    unit = history.unit
    better = history.better ?? limit.map { $0.comparison.isUpper ? .lower : .higher }
    isEstimated = history.isEstimated
    commits = cohort.commits
    points = history.values.map { Point($0, at: cohort.commits[$0.commit]) }
    self.changes = changes
    self.limit = limit
    let bounds = [0] + changes.map(\.index) + [points.count]
    let drifts = changes.contains { $0.kind == .drift }
    levels = zip(bounds, bounds.dropFirst()).map { [points] in Level(of: points, $0..<$1, drifts: drifts) }
  }

  /// What was measured last.
  package var latest: Point { points[points.count - 1] }

  /// The level of the last point, itself included.
  package var current: Level { levels[levels.count - 1] }

  /// The level of a point.
  package func level(at index: Int) -> Level {
    levels.first { $0.points.contains(index) } ?? current
  }

  /// Whether a value breaks the limit.
  package func isBeyondLimit(_ value: Double) -> Bool { limit.map { !$0.holds(value) } ?? false }

  /// The commits that may have made a change; nil for a drift.
  package func suspects(of change: ChangePoint) -> Suspects? {
    Suspects(of: change) { points[$0].commit.sha }
  }

  /// Whether a change is one for the worse; nil where it is not known which way is better, or nothing differs. A drift
  /// that comes to less than one per cent went nowhere.
  package func isWorse(_ change: ChangePoint) -> Bool? {
    guard let better, change.after != change.before else { return nil }
    if change.kind == .drift, abs(change.change ?? 1) < 0.01 { return nil }
    return (change.after > change.before) == (better == .lower)
  }
}

extension Trend.Point {
  init(_ value: ReferenceValue, at commit: ReferenceCommit) {
    let values = value.repetitions.map(\.value)
    self.init(
      commit: commit, place: value.commit, value: value.median, lowest: values.min() ?? .nan,
      highest: values.max() ?? .nan,
      repetitions: values.count, isBlocked: value.repetitions.contains { $0.block?.isSuspect == false })
  }
}

extension Trend.Level {
  fileprivate init(of points: [Trend.Point], _ range: Range<Int>, drifts: Bool) {
    let values = points[range].map(\.value)
    let line = drifts && values.count > 1 ? StraightLine(through: values) : nil
    let sample = SortedSample(line.map { line in values.indices.map { values[$0] - line[$0] } } ?? values)
    let noise = 1.4826 * (sample?.medianAbsoluteDeviation ?? 0)
    self.init(
      points: range, median: line?.height ?? sample?.median ?? .nan, noise: noise, rise: line?.slope ?? 0)
  }
}
