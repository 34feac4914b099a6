@testable import SLOHistory
import TestSupport

extension TemporaryFolder {
  /// Takes the file back to what an older slogate wrote.
  func takeBack(to version: Int) throws {
    let database = try Database(path: history, access: .create, busyTimeout: .seconds(1))
    if version < Schema.versionWithSources { try database.execute("DROP INDEX runs_by_source") }
    if version < Schema.versionWithRevocations { try database.execute("DROP INDEX journal_by_revocation") }
    if version < Schema.versionWithTiles { try OldSchema.untile(database) }
    if version < Schema.versionWithJournal { try database.execute(OldSchema.withoutJournal) }
    if version < Schema.versionWithDistributions {
      try database.execute("DROP TABLE distributions; DROP TABLE distribution_series")
    }
    try database.execute("PRAGMA user_version = \(version)")
  }
}

/// What older schemas had, or did not have.
enum OldSchema {
  /// The version before there was a journal.
  static let withoutJournal = """
    DROP TRIGGER pruned_runs_are_counted;
    DROP INDEX runs_by_recording; DROP INDEX verdicts_by_recording; DROP INDEX verdicts_by_commit;
    DROP INDEX verdicts_by_entry;
    ALTER TABLE runs DROP COLUMN pruned; ALTER TABLE runs DROP COLUMN pruned_at;
    ALTER TABLE cohorts DROP COLUMN pruned; ALTER TABLE verdicts DROP COLUMN entry;
    ALTER TABLE verdicts DROP COLUMN environment_name;
    DROP TABLE journal_heads; DROP TABLE journal;

    """

  /// A row for each value, as before there were tiles.
  fileprivate static func untile(_ database: Database) throws {
    try database.execute(rows)
    let insert = try database.prepare(
      """
      INSERT INTO measurements(series, run, place, value, samples)
      SELECT id, ?3, ?4, ?5, ?6
      FROM series JOIN row_series USING (cohort, endpoint, metric, statistic, unit, better)
      WHERE cohort = ?1 AND slot = ?2
      """)
    let tile = try database.prepare("SELECT cohort, tile, run, cells FROM tiles")
    while try tile.step() {
      for cell in try tile.cells(3).list {
        try insert.run(
          .integer(tile.integer(0)), .integer(tile.integerOrZero(1) * 64 + Int64(cell.slot)),
          .integer(tile.integer(2)), .integer(Int64(cell.place)), .real(cell.value),
          .integer(cell.samples.map(Int64.init)))
      }
    }
    try database.execute("DROP TABLE tiles; DROP TABLE series; ALTER TABLE row_series RENAME TO series")
  }

  private static let rows = """
    CREATE TABLE row_series(
      id INTEGER PRIMARY KEY, cohort INTEGER NOT NULL REFERENCES cohorts(id), endpoint TEXT NOT NULL,
      metric TEXT NOT NULL, statistic TEXT NOT NULL, unit TEXT NOT NULL,
      better TEXT NOT NULL CHECK(better IN ('lower', 'higher', 'neither')),
      UNIQUE(cohort, endpoint, metric, statistic, unit, better)) STRICT;
    INSERT INTO row_series(cohort, endpoint, metric, statistic, unit, better)
      SELECT cohort, endpoint, metric, statistic, unit, better FROM series ORDER BY slot, cohort;
    CREATE TABLE measurements(
      series INTEGER NOT NULL REFERENCES row_series(id), run INTEGER NOT NULL, place INTEGER NOT NULL,
      value REAL NOT NULL, samples INTEGER, PRIMARY KEY(series, run)) STRICT, WITHOUT ROWID;
    """
}
