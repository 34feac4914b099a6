extension Schema {
  /// The version from which values lie in tiles. A file that is only read stays at the version it has.
  static let versionWithTiles = 4

  // A row a value and series meant a page to write for each series of a recording. The names of the series are
  // the key of their dictionary now, for which a look-up reads one page.
  static let tiles = """
    ALTER TABLE series RENAME TO row_series;

    CREATE TABLE series(
      cohort INTEGER NOT NULL REFERENCES cohorts(id),
      endpoint TEXT NOT NULL,
      metric TEXT NOT NULL,
      statistic TEXT NOT NULL,
      unit TEXT NOT NULL,
      better TEXT NOT NULL CHECK(better IN ('lower', 'higher', 'neither')),
      slot INTEGER NOT NULL,              -- within the cohort, from 0 without a gap, by first recording
      PRIMARY KEY(cohort, endpoint, metric, statistic, unit, better)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE tiles(
      cohort INTEGER NOT NULL REFERENCES cohorts(id),
      tile INTEGER NOT NULL,              -- slot / 64
      run INTEGER NOT NULL,               -- of runs(id), without a foreign key: a deletion would walk all tiles
      cells BLOB NOT NULL,                -- Cells.encoded
      PRIMARY KEY(cohort, tile, run)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO series(cohort, endpoint, metric, statistic, unit, better, slot)
      SELECT cohort, endpoint, metric, statistic, unit, better,
        row_number() OVER (PARTITION BY cohort ORDER BY id) - 1
      FROM row_series;
    """
}

/// Moves the values of an older file into tiles, inside the transaction that migrates it.
struct Tiling {
  let database: Database

  /// How many runs of a tile are in memory at once.
  private static let batch = 1_000

  /// Moves all values, and drops what held them.
  func tile() throws(SQLiteError) {
    for cohort in try integers("SELECT id FROM cohorts") { try tile(cohort: cohort) }
    try database.execute("DROP TABLE measurements; DROP TABLE row_series")
  }

  private func tile(cohort: Int64) throws(SQLiteError) {
    let series = try integers("SELECT id FROM row_series WHERE cohort = ?1 ORDER BY id", .integer(cohort))
    for start in stride(from: 0, to: series.count, by: Cells.width) {
      let tile = series[start..<min(start + Cells.width, series.count)]
      var last = Int64.min
      while true {
        let runs = try integers(
          "SELECT id FROM runs WHERE cohort = ?1 AND id > ?2 ORDER BY id LIMIT \(Tiling.batch)",
          .integer(cohort), .integer(last))
        guard let first = runs.first, let newest = runs.last else { break }
        for (run, cells) in try cells(of: tile, runs: first...newest).sorted(by: { $0.key < $1.key }) {
          try ValueStore(database: database)
            .insert(Cells(cells), tile: start / Cells.width, run: run, cohort: cohort)
        }
        last = newest
      }
    }
  }

  /// What some series have of a range of runs, by run.
  private func cells(
    of series: ArraySlice<Int64>, runs: ClosedRange<Int64>
  ) throws(SQLiteError) -> [Int64: [Cells.Cell]] {
    let row = try database.prepare(
      "SELECT run, value, samples, place FROM measurements WHERE series = ?1 AND run BETWEEN ?2 AND ?3")
    var cells: [Int64: [Cells.Cell]] = [:]
    for (slot, id) in series.enumerated() {
      try row.bind(.integer(id), .integer(runs.lowerBound), .integer(runs.upperBound))
      while try row.step() {
        let samples = row.integer(2).map(Int.init)
        guard (0...Cells.largestCount).contains(samples ?? 0) else {
          throw .unexpected("\(samples ?? 0)", in: "samples")
        }
        cells[row.integerOrZero(0), default: []].append(
          Cells.Cell(slot: slot, value: row.realOrZero(1), samples: samples, place: try row.count(3)))
      }
    }
    return cells
  }

  private func integers(_ sql: String, _ values: Value...) throws(SQLiteError) -> [Int64] {
    let row = try database.prepare(sql)
    try row.bind(values)
    var integers: [Int64] = []
    while try row.step() { integers.append(row.integerOrZero(0)) }
    return integers
  }
}
