internal import SLOStatistics

/// How often the commits named for a change hold the one that made it.
struct SuspectCoverage {
  /// A change that was found within five runs of a true one.
  private static let margin = 5

  private var changes = 0
  private var covered = 0
  private var named = 0
  /// Changes for which one commit alone is named, and how many of these are right.
  private var single = (changes: 0, right: 0)

  /// Counts the changes found in a series.
  /// - Parameter places: where the series really changes.
  mutating func add(_ values: [Double], true places: [Int]) {
    for point in ChangePointSearch().changePoints(in: values) where !point.suspects.isEmpty {
      let near = places.filter { abs($0 - point.index) <= SuspectCoverage.margin }
      guard let place = near.min(by: { abs($0 - point.index) < abs($1 - point.index) }) else { continue }
      let isCovered = point.suspects.contains { $0.index == place }
      changes += 1
      named += point.suspects.count
      if isCovered { covered += 1 }
      if point.suspects.count == 1 {
        single.changes += 1
        if isCovered { single.right += 1 }
      }
    }
  }

  static let header = ["changes", "suspects hold it", "suspects a change", "one alone", "and right"]

  /// The figures of a row, shares in per cent.
  var cells: [String] {
    let share = { (count: Int, all: Int) in fixed(100 * Double(count) / Double(all)) }
    return [
      grouped(changes), share(covered, changes), fixed(Double(named) / Double(changes), 2),
      share(single.changes, changes), share(single.right, single.changes),
    ]
  }
}
