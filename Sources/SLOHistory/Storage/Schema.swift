/// The tables of a history and how a file is brought to them.
///
/// A *cohort* is what may be compared: the runs of one service under one profile in one environment.
/// Everything a reference window needs hangs on the cohort, so that its cost follows the window and not the
/// history: runs are found newest first through an index, values lie side by side in tiles, and what was left out
/// is counted when it is recorded.
enum Schema {
  /// `SLOG`, in the file's header: whose database this is.
  static let applicationID: Int64 = 0x534C_4F47

  /// The version this slogate writes, and the newest it reads.
  static var version: Int { steps.count }

  /// Step n brings version n to n + 1. Steps that were released are never edited.
  static let steps = [first, second, journal, tiles, revocations, sources]

  /// A run that others may be compared with. The partial index below is used only by queries that repeat
  /// these words.
  static let usable = "failure IS NULL AND measured > 0 AND sha <> 'unknown'"

  private static let first = """
    CREATE TABLE environments(
      id INTEGER PRIMARY KEY,
      fingerprint TEXT NOT NULL UNIQUE,
      name TEXT,                          -- the last one it was recorded under
      sizing TEXT NOT NULL                -- JSON object
    ) STRICT;

    CREATE TABLE commits(
      sha TEXT PRIMARY KEY,
      committed_at INTEGER,               -- all times are milliseconds since 1970
      first_parent TEXT
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE cohorts(
      id INTEGER PRIMARY KEY,
      service TEXT NOT NULL,
      profile TEXT NOT NULL,
      environment INTEGER NOT NULL REFERENCES environments(id),
      runs INTEGER NOT NULL DEFAULT 0,
      unnamed INTEGER NOT NULL DEFAULT 0, -- of an unknown commit
      failed INTEGER NOT NULL DEFAULT 0,  -- of a known commit
      empty INTEGER NOT NULL DEFAULT 0,   -- of a known commit, not failed, without values
      newest INTEGER NOT NULL DEFAULT 0,  -- the last recording
      UNIQUE(service, profile, environment)
    ) STRICT;

    CREATE TABLE branches(                -- usable runs of a cohort by branch, '' where it is unknown
      cohort INTEGER NOT NULL REFERENCES cohorts(id),
      branch TEXT NOT NULL,
      runs INTEGER NOT NULL,
      PRIMARY KEY(cohort, branch)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE runs(
      id INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE,
      cohort INTEGER NOT NULL REFERENCES cohorts(id),
      sha TEXT NOT NULL REFERENCES commits(sha),
      branch TEXT,
      position INTEGER NOT NULL,          -- the commit's place in history, the same for all its runs
      started_at INTEGER,
      recorded_at INTEGER NOT NULL,
      failure TEXT,
      measured INTEGER NOT NULL,          -- how many measurements it has
      environment_name TEXT,
      source_path TEXT NOT NULL,
      source_format TEXT NOT NULL,
      source_sha256 TEXT NOT NULL,
      source_part INTEGER NOT NULL,
      tool_version TEXT,
      duration REAL,
      settings TEXT NOT NULL,             -- JSON objects from here
      conditions TEXT NOT NULL,
      facts TEXT NOT NULL,
      endpoint_tags TEXT NOT NULL,
      notices TEXT NOT NULL               -- JSON array
    ) STRICT;
    CREATE INDEX runs_by_position ON runs(cohort, branch, position, sha) WHERE \(usable);
    CREATE INDEX runs_by_commit ON runs(sha, cohort);
    CREATE INDEX runs_by_cohort ON runs(cohort);

    CREATE TRIGGER runs_are_counted AFTER INSERT ON runs BEGIN
      UPDATE cohorts SET
        runs = runs + 1,
        unnamed = unnamed + (NEW.sha = 'unknown'),
        failed = failed + (NEW.sha <> 'unknown' AND NEW.failure IS NOT NULL),
        empty = empty + (NEW.sha <> 'unknown' AND NEW.failure IS NULL AND NEW.measured = 0),
        newest = max(newest, NEW.recorded_at)
      WHERE id = NEW.cohort;
      INSERT INTO branches(cohort, branch, runs)
        SELECT NEW.cohort, coalesce(NEW.branch, ''), 1
        WHERE NEW.failure IS NULL AND NEW.measured > 0 AND NEW.sha <> 'unknown'
        ON CONFLICT DO UPDATE SET runs = runs + 1;
    END;

    CREATE TABLE series(
      id INTEGER PRIMARY KEY,
      cohort INTEGER NOT NULL REFERENCES cohorts(id),
      endpoint TEXT NOT NULL,
      metric TEXT NOT NULL,
      statistic TEXT NOT NULL,
      unit TEXT NOT NULL,
      better TEXT NOT NULL CHECK(better IN ('lower', 'higher', 'neither')),
      UNIQUE(cohort, endpoint, metric, statistic, unit, better)
    ) STRICT;

    CREATE TABLE measurements(
      series INTEGER NOT NULL REFERENCES series(id),
      run INTEGER NOT NULL,               -- of runs(id); see below
      place INTEGER NOT NULL,             -- within the run, from 0
      value REAL NOT NULL,
      samples INTEGER,
      PRIMARY KEY(series, run)
    ) STRICT, WITHOUT ROWID;

    -- A foreign key from measurements to runs would make every deletion of a run walk all measurements, unless
    -- a second index doubled the file.

    CREATE TABLE thresholds(              -- of the measuring tool
      run INTEGER NOT NULL REFERENCES runs(id),
      place INTEGER NOT NULL,
      endpoint TEXT NOT NULL,
      metric TEXT NOT NULL,
      expression TEXT NOT NULL,
      passed INTEGER,
      PRIMARY KEY(run, place)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE verdicts(
      id INTEGER PRIMARY KEY,
      recorded_at INTEGER NOT NULL,
      sha TEXT NOT NULL REFERENCES commits(sha),
      environment INTEGER NOT NULL REFERENCES environments(id),
      verdict TEXT NOT NULL,
      exit_code INTEGER NOT NULL
    ) STRICT;

    CREATE TABLE verdict_runs(
      verdict INTEGER NOT NULL REFERENCES verdicts(id),
      run INTEGER NOT NULL REFERENCES runs(id),
      PRIMARY KEY(verdict, run)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX verdict_runs_by_run ON verdict_runs(run);
    """

  /// The version from which distributions are kept. A file that is only read stays at the version it has.
  static let versionWithDistributions = 2

  /// The version from which a run is found by the digest of its result.
  static let versionWithSources = 6

  private static let sources = "CREATE INDEX runs_by_source ON runs(source_sha256);"

  // Distributions have a dictionary of their own. Under a made-up statistic they would fit into `series`, and
  // every query that asks what series there are would have to leave them out.
  private static let second = """
    CREATE TABLE distribution_series(
      id INTEGER PRIMARY KEY,
      cohort INTEGER NOT NULL REFERENCES cohorts(id),
      endpoint TEXT NOT NULL,
      metric TEXT NOT NULL,
      unit TEXT NOT NULL,
      better TEXT NOT NULL CHECK(better IN ('lower', 'higher', 'neither')),
      UNIQUE(cohort, endpoint, metric, unit, better)
    ) STRICT;

    CREATE TABLE distributions(           -- clustered by series, as measurements are
      series INTEGER NOT NULL REFERENCES distribution_series(id),
      run INTEGER NOT NULL,               -- of runs(id), without a foreign key as in measurements
      place INTEGER NOT NULL,             -- within the run, from 0
      sketch BLOB NOT NULL,               -- QuantileSketch.encoded
      PRIMARY KEY(series, run)
    ) STRICT, WITHOUT ROWID;
    """
}

extension Schema {
  /// The version of a file.
  static func version(of database: Database) throws(SQLiteError) -> Int {
    Int(try database.integer("PRAGMA user_version") ?? 0)
  }

  /// Brings a file to the newest version, inside a transaction that holds the write lock: another process may be
  /// doing the same, and what is there counts only then.
  static func migrate(_ database: Database, to wanted: Int = Schema.version) throws(SQLiteError) {
    let found = try version(of: database)
    guard found < wanted else { return }
    for (number, step) in zip(1..., steps).prefix(wanted).dropFirst(found) {
      try database.execute(step + "; PRAGMA user_version = \(number)")
      switch number {
      case versionWithJournal: try Journal(database: database).adopt()
      case versionWithTiles: try Tiling(database: database).tile()
      default: break
      }
    }
    try database.execute("PRAGMA application_id = \(applicationID)")
  }
}
