internal import SLOModel

/// Reads the values of a window's runs, series by series.
struct ValueReader {
  let database: Database
  let cohort: Int64
  let references: References

  /// A series holds a value for every run of its cohort, the window's or not. Up to this many for each run of
  /// the window it is cheaper to read them in one sweep than to look each run up.
  private static let densest = 8

  /// The values of each series the query names, oldest first.
  func values(of query: WindowQuery) throws(SQLiteError) -> [Series: [ReferenceValue]] {
    let ids = references.runs.map(\.run.id)
    guard let first = ids.min(), let last = ids.max() else { return [:] }
    let reads = try isDense(between: first, and: last) ? [first...last] : ids.map { $0...$0 }
    let ranks = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    // Several ids where the better direction of a metric was once another.
    let row = try database.prepare(
      """
      SELECT run, value, samples FROM series JOIN measurements ON series = id
      WHERE cohort = ?1 AND endpoint = ?2 AND metric = ?3 AND statistic = ?4 AND unit = ?5
        AND run BETWEEN ?6 AND ?7
      """)
    var values: [Series: [ReferenceValue]] = [:]
    values.reserveCapacity(query.series.count)
    for (series, unit) in query.series where series.profile == query.profile {
      var found = [ReferenceValue.Repetition?](repeating: nil, count: ids.count)
      for range in reads {
        try row.bind(
          .integer(cohort), .text(series.endpoint), .text(series.metric), .text(series.statistic.rawValue),
          .text(unit.rawValue), .integer(range.lowerBound), .integer(range.upperBound))
        while try row.step() {
          if let rank = ranks[row.integerOrZero(0)] { found[rank] = row.repetition }
        }
      }
      let grouped = grouped(found)
      if !grouped.isEmpty { values[series] = grouped }
    }
    return values
  }

  /// Whether the runs of the cohort between two runs are few enough to sweep over.
  private func isDense(between first: Int64, and last: Int64) throws(SQLiteError) -> Bool {
    let limit = references.runs.count * ValueReader.densest
    let row = try database.prepare("SELECT 1 FROM runs WHERE cohort = ?1 AND id BETWEEN ?2 AND ?3")
    try row.bind(.integer(cohort), .integer(first), .integer(last))
    var count = 0
    while count <= limit, try row.step() { count += 1 }
    return count <= limit
  }

  private func grouped(_ found: [ReferenceValue.Repetition?]) -> [ReferenceValue] {
    var values: [ReferenceValue] = []
    for (repetition, place) in zip(found, references.runs) {
      guard let repetition else { continue }
      if values.last?.commit == place.commit {
        values[values.count - 1].repetitions.append(repetition)
      } else {
        values.append(ReferenceValue(commit: place.commit, repetitions: [repetition]))
      }
    }
    return values
  }
}

extension Statement {
  /// The columns run, value, samples.
  fileprivate var repetition: ReferenceValue.Repetition {
    ReferenceValue.Repetition(value: realOrZero(1), samples: integer(2).map(Int.init))
  }
}
