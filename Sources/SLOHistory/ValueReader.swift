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
    guard !references.runs.isEmpty else { return [:] }
    let ids = references.runs.map(\.run.id)
    let sweep = try sweep(over: ids)
    let ranks = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    var values: [Series: [ReferenceValue]] = [:]
    for (series, unit) in query.series where series.profile == query.profile {
      var found = [ReferenceValue.Repetition?](repeating: nil, count: ids.count)
      for id in try identifiers(of: series, in: unit) {
        if let sweep {
          try read(id, within: sweep, ranks: ranks, into: &found)
        } else {
          try read(id, runs: ids, into: &found)
        }
      }
      let grouped = grouped(found)
      if !grouped.isEmpty { values[series] = grouped }
    }
    return values
  }

  /// The range of run ids to sweep over; nil where other runs of the cohort lie too thickly between.
  private func sweep(over ids: [Int64]) throws(SQLiteError) -> ClosedRange<Int64>? {
    guard let first = ids.min(), let last = ids.max() else { return nil }
    let limit = ids.count * ValueReader.densest
    let row = try database.prepare("SELECT 1 FROM runs WHERE cohort = ?1 AND id BETWEEN ?2 AND ?3")
    try row.bind(.integer(cohort), .integer(first), .integer(last))
    var between = 0
    while between <= limit, try row.step() { between += 1 }
    return between <= limit ? first...last : nil
  }

  /// One id, or several where the direction of a metric was once another.
  private func identifiers(of series: Series, in unit: Unit) throws(SQLiteError) -> [Int64] {
    let row = try database.prepare(
      """
      SELECT id FROM series
      WHERE cohort = ?1 AND endpoint = ?2 AND metric = ?3 AND statistic = ?4 AND unit = ?5
      """)
    try row.bind(
      .integer(cohort), .text(series.endpoint), .text(series.metric), .text(series.statistic.rawValue),
      .text(unit.rawValue))
    var ids: [Int64] = []
    while try row.step() { ids.append(row.integerOrZero(0)) }
    return ids
  }

  private func read(
    _ series: Int64, within sweep: ClosedRange<Int64>, ranks: [Int64: Int],
    into found: inout [ReferenceValue.Repetition?]
  ) throws(SQLiteError) {
    let row = try database.prepare(
      "SELECT run, value, samples FROM measurements WHERE series = ?1 AND run BETWEEN ?2 AND ?3")
    try row.bind(.integer(series), .integer(sweep.lowerBound), .integer(sweep.upperBound))
    while try row.step() {
      guard let rank = ranks[row.integerOrZero(0)] else { continue }
      found[rank] = row.repetition
    }
  }

  private func read(
    _ series: Int64, runs: [Int64], into found: inout [ReferenceValue.Repetition?]
  ) throws(SQLiteError) {
    let row = try database.prepare(
      "SELECT run, value, samples FROM measurements WHERE series = ?1 AND run = ?2")
    for (rank, run) in runs.enumerated() {
      try row.bind(.integer(series), .integer(run))
      if try row.step() { found[rank] = row.repetition }
    }
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
