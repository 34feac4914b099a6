extension Schema {
  /// A table, an index, a trigger or a view that is not as slogate makes it.
  struct Difference {
    /// Its kind and name: `trigger journal_is_not_cut`.
    var name: String
    var found: String
    var expected: String
  }

  /// What in a file is not of its version's schema, by name: what was added, what is missing, and what was changed.
  static func differences(in database: Database) throws(SQLiteError) -> [Difference] {
    let found = try objects(of: database)
    let sample = try Database(path: ":memory:", access: .create, busyTimeout: .zero)
    try migrate(sample, to: version(of: database))
    let expected = try objects(of: sample)
    return Set(found.keys).union(expected.keys).sorted().compactMap { name -> Difference? in
      switch (found[name], expected[name]) {
      case (let found?, let expected?):
        found == expected ? nil : Difference(name: name, found: "another text", expected: "that of slogate")
      case (nil, _): Difference(name: name, found: "nothing", expected: "it to be there")
      case (_, nil): Difference(name: name, found: "something slogate never makes", expected: "nothing")
      }
    }
  }

  /// The texts of everything a file is made of, but for what SQLite makes itself.
  private static func objects(of database: Database) throws(SQLiteError) -> [String: String] {
    let row = try database.prepare(
      "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema WHERE substr(name, 1, 7) <> 'sqlite_'"
    )
    try row.bind()
    var objects: [String: String] = [:]
    while try row.step() { objects[row.text(0)] = bare(row.text(1)) }
    return objects
  }

  /// A statement without its layout: versions of SQLite differ in what they keep of it when a table is altered.
  private static func bare(_ sql: String) -> String {
    let lines = sql.split(separator: "\n").map { line in
      line.firstRange(of: "--").map { line[..<$0.lowerBound] } ?? line
    }
    return String(lines.joined().filter { !$0.isWhitespace && $0 != "\"" })
  }
}

extension Schema {
  /// The version from which there is a journal, and runs can be pruned.
  static let versionWithJournal = 3

  /// A decision of a person, of which there are few: the partial index is used only by queries that repeat these
  /// words.
  static let decision = "kind IN ('accept', 'hold', 'release', 'prune')"

  /// The version from which acceptances can be taken back. An older slogate would hold on to them, so it has to
  /// refuse the file.
  static let versionWithRevocations = 5

  /// The same of a decision that only this version knows.
  static let revocation = "kind = 'revoke'"

  static let revocations = "CREATE INDEX journal_by_revocation ON journal(kind) WHERE \(revocation);"

  // A pruned run has no measurements, so it is no reference and no index has to know of it.
  static let journal = """
    CREATE TABLE journal(
      number INTEGER PRIMARY KEY,         -- the order of arrival: parents stand before their children
      hash BLOB NOT NULL UNIQUE,          -- SHA-256 of the rest, see JournalEntry.hash
      at INTEGER NOT NULL,
      kind TEXT NOT NULL,
      subject TEXT NOT NULL,              -- JSON object
      parents BLOB NOT NULL               -- hashes, 32 bytes each, sorted
    ) STRICT;
    CREATE INDEX journal_by_decision ON journal(kind) WHERE \(decision);

    CREATE TRIGGER journal_is_not_edited BEFORE UPDATE ON journal
      BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;
    CREATE TRIGGER journal_is_not_cut BEFORE DELETE ON journal
      BEGIN SELECT raise(ABORT, 'the journal is append-only'); END;

    CREATE TABLE journal_heads(hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID; -- entries that are nobody's parent

    ALTER TABLE runs ADD COLUMN pruned_at INTEGER;
    ALTER TABLE runs ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0; -- how many measurements it had
    ALTER TABLE cohorts ADD COLUMN pruned INTEGER NOT NULL DEFAULT 0; -- usable but for this
    ALTER TABLE verdicts ADD COLUMN entry BLOB REFERENCES journal(hash);
    ALTER TABLE verdicts ADD COLUMN environment_name TEXT;

    CREATE INDEX runs_by_recording ON runs(recorded_at);
    CREATE INDEX verdicts_by_recording ON verdicts(recorded_at);
    CREATE INDEX verdicts_by_commit ON verdicts(sha);
    CREATE UNIQUE INDEX verdicts_by_entry ON verdicts(entry);

    CREATE TRIGGER pruned_runs_are_counted AFTER UPDATE OF measured ON runs
      WHEN (OLD.measured > 0) <> (NEW.measured > 0) AND NEW.failure IS NULL AND NEW.sha <> 'unknown'
    BEGIN
      UPDATE cohorts SET pruned = pruned + (NEW.measured = 0) - (OLD.measured = 0) WHERE id = NEW.cohort;
      INSERT INTO branches(cohort, branch, runs) VALUES(NEW.cohort, coalesce(NEW.branch, ''), 0)
        ON CONFLICT DO NOTHING;
      UPDATE branches SET runs = runs + (NEW.measured > 0) - (OLD.measured > 0)
        WHERE cohort = NEW.cohort AND branch = coalesce(NEW.branch, '');
    END;
    """
}

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
