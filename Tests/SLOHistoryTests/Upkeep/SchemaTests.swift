import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Verification looks at what a file is made of")
struct SchemaTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let history = try History.open(path: folder.history)
    for day in 0..<3 {
      try history.record([Sample.run("c\(day)", day: day)], verdict: nil, at: Sample.day(day))
    }
  }

  @Test(
    "What was added, dropped or put in place of something is found",
    arguments: [
      ("DROP TRIGGER journal_is_not_cut", "trigger journal_is_not_cut"),
      (
        "CREATE TRIGGER pass AFTER INSERT ON runs BEGIN DELETE FROM runs WHERE id = NEW.id; END",
        "trigger pass"
      ),
      ("CREATE TABLE more(x)", "table more"), ("DROP INDEX runs_by_commit", "index runs_by_commit"),
      (
        "ALTER TABLE verdict_runs RENAME TO hidden; CREATE VIEW verdict_runs AS SELECT * FROM hidden",
        "view verdict_runs"
      ),
      (
        """
        DROP TABLE verdict_runs; CREATE VIEW verdict_runs(verdict, run) AS
        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x, x FROM n
        """, "view verdict_runs"
      ),
    ])
  func found(script: String, name: String) throws {
    try folder.tamper("PRAGMA foreign_keys = OFF; PRAGMA legacy_alter_table = ON; " + script)
    let history = try #require(try History.openExisting(path: folder.history))
    let found = try history.verify()
    #expect(found.findings.contains { $0.part == .file && $0.name == name }, "\(found.findings)")
  }

  @Test("A history that was migrated has the schema of a new one")
  func migrated() throws {
    let history = try #require(try History.openExisting(path: folder.history))
    #expect(try history.verify().isIntact)
  }

  @Test("A name that is no file's keeps nothing, and is refused", arguments: ["", " ", ":memory:"])
  func nameless(path: String) {
    #expect(throws: HistoryError.self) { try History.open(path: path) }
    #expect(throws: HistoryError.self) { try History.openExisting(path: path) }
  }
}
