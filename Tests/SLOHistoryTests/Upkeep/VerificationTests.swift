import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Verification names what was changed behind slogate's back")
struct VerificationTests {
  let folder: TemporaryFolder
  private let runs = (0..<4).map { (day: Int) in Sample.run("c\(day)", day: day) }

  init() throws {
    folder = try TemporaryFolder()
    let history = try History.open(path: folder.history)
    for (day, var run) in runs.enumerated() {
      run.reading.distributions = [Sample.distribution([1, 2, 3])]
      let verdict = RecordedVerdict(
        commit: run.commit, environment: Sample.perf, verdict: "pass", exitCode: 0)
      try history.record([run], verdict: verdict, at: Sample.day(day))
    }
    try history.hold([runs[0].id], by: "Ann", reason: "audit", at: Sample.day(10))
  }

  private func findings(after script: String) throws -> [Verification.Finding] {
    try folder.tamper("PRAGMA foreign_keys = OFF; " + script)
    let history = try #require(try History.openExisting(path: folder.history))
    return try history.verify().findings
  }

  @Test("Nothing is found where nothing was changed")
  func intact() throws {
    let history = try #require(try History.openExisting(path: folder.history))
    let found = try history.verify()
    #expect(found.findings == [])
    #expect(found.isIntact)
    #expect((found.entries, found.runs, found.verdicts, found.pruned) == (13, 4, 4, 0))
    #expect(found.heads == [try #require(try history.journal().last).hash])
  }

  @Test(
    "A value, a sketch or a header that was edited is found in its run",
    arguments: [
      (splice(9, "0000000000B07240", 17), "values"),
      (splice(18, "08", 20), "values"),
      ("UPDATE tiles SET cells = zeroblob(3) WHERE run = 2", "cells holds 3 bytes"),
      ("DELETE FROM tiles WHERE run = 2", "values"),
      ("DELETE FROM distributions WHERE run = 2", "values"),
      ("UPDATE distributions SET sketch = zeroblob(3) WHERE run = 2", "sketch holds 3 bytes"),
      ("UPDATE runs SET branch = 'topic' WHERE id = 2", "header"),
      ("UPDATE runs SET settings = '{\"pool\":\"9\"}' WHERE id = 2", "header"),
      ("UPDATE runs SET sha = 'c3' WHERE id = 2", "source, commit, profile"),
      ("UPDATE runs SET source_sha256 = 'ff' WHERE id = 2", "source, commit, profile"),
      ("UPDATE runs SET recorded_at = recorded_at + 1 WHERE id = 2", "recorded at"),
      ("UPDATE runs SET notices = 'x' WHERE id = 2", "notices holds x"),
      (
        "UPDATE runs SET pruned = measured, measured = 0, pruned_at = 1 WHERE id = 2; DELETE FROM tiles WHERE run = 2",
        "no prune"
      ),
    ])
  func editedRun(script: String, found: String) throws {
    let findings = try findings(after: script)
    #expect(
      findings.contains { $0.part == .run && $0.name == runs[1].id.description && $0.found.contains(found) },
      "\(findings)")
  }

  /// Puts bytes in place of those from one on and before another: here of the value, of 300, or of its samples.
  private static func splice(_ start: Int, _ bytes: String, _ end: Int) -> String {
    """
    UPDATE tiles SET cells = CAST(substr(cells, 1, \(start)) || x'\(bytes)' || substr(cells, \(end + 1)) AS BLOB)
      WHERE run = 2
    """
  }

  @Test("A run that was deleted is missed")
  func deletedRun() throws {
    let findings = try findings(
      after:
        "DELETE FROM tiles WHERE run = 2; DELETE FROM verdict_runs WHERE run = 2; DELETE FROM runs WHERE id = 2"
    )
    #expect(
      findings.contains { $0.name == runs[1].id.description && $0.found.hasPrefix("no run") }, "\(findings)")
    #expect(findings.contains { $0.part == .tally })
    #expect(findings.contains { $0.part == .verdict })
  }

  @Test("A run that was put in has no entry")
  func forgedRun() throws {
    let findings = try findings(
      after: """
        INSERT INTO runs SELECT 99, randomblob(32), cohort, sha, branch, position, started_at, recorded_at, failure,
          measured, environment_name, source_path, source_format, source_sha256, source_part, tool_version, duration,
          settings, conditions, facts, endpoint_tags, notices, pruned_at, pruned FROM runs WHERE id = 2
        """)
    #expect(findings.contains { $0.part == .run && $0.found == "no entry that records it" }, "\(findings)")
  }

  @Test(
    "The first entry of the journal that does not fit is named with number, hash, kind and time",
    arguments: [
      ("UPDATE journal SET at = at + 1 WHERE number = 5", 5, "content of the hash"),
      ("UPDATE journal SET kind = 'hold' WHERE number = 5", 5, "content of the hash"),
      ("UPDATE journal SET kind = 'x' WHERE number = 5", 5, "kind holds x"),
      ("UPDATE journal SET subject = '{}' WHERE number = 5", 5, "content of the hash"),
      ("UPDATE journal SET subject = 'x' WHERE number = 5", 5, "subject holds x"),
      ("UPDATE journal SET parents = x'' WHERE number = 5", 5, "content of the hash"),
      ("UPDATE journal SET hash = randomblob(32) WHERE number = 5", 5, "content of the hash"),
      ("DELETE FROM journal WHERE number = 5", 6, "no entry"),
      (
        "UPDATE journal SET number = 99 WHERE number = 5; UPDATE journal SET number = 5 WHERE number = 6; UPDATE journal SET number = 6 WHERE number = 99",
        5, "its parent"
      ),
    ])
  func editedEntry(script: String, number: Int, found: String) throws {
    let findings = try findings(
      after: "DROP TRIGGER journal_is_not_edited; DROP TRIGGER journal_is_not_cut; " + script)
    let first = try #require(findings.first { $0.part == .journal })
    #expect(first.name.hasPrefix("\(number) ("), "\(first)")
    #expect(first.name.contains("2026-01-0"))
    #expect(first.found.contains(found), "\(first)")
  }

  @Test("A decision cut off the end is missed, as long as the end is known")
  func cutEnd() throws {
    let findings = try findings(
      after: "DROP TRIGGER journal_is_not_cut; DELETE FROM journal WHERE kind = 'hold'")
    #expect(findings.contains { $0.part == .journal && $0.name == "its end" }, "\(findings)")
  }

  @Test(
    "A verdict that was edited, deleted or put in is found",
    arguments: [
      ("UPDATE verdicts SET exit_code = 1 WHERE id = 2", "pass (1)"),
      ("UPDATE verdicts SET verdict = 'blocked' WHERE id = 2", "blocked (0)"),
      ("UPDATE verdict_runs SET run = 1 WHERE verdict = 2", "over"),
      ("DELETE FROM verdict_runs WHERE verdict = 2; DELETE FROM verdicts WHERE id = 2", "no verdict"),
      ("UPDATE verdicts SET entry = NULL WHERE id = 2", "no entry"),
    ])
  func editedVerdict(script: String, found: String) throws {
    let findings = try findings(after: script)
    #expect(findings.contains { $0.part == .verdict && $0.found.contains(found) }, "\(findings)")
  }

  @Test("A commit's time that was edited is found, and so are places and counts")
  func editedCommit() throws {
    let findings = try findings(
      after: """
        UPDATE commits SET committed_at = 1 WHERE sha = 'c1'; UPDATE runs SET position = 7 WHERE id = 3;
        UPDATE cohorts SET runs = 9; UPDATE branches SET runs = 9
        """)
    #expect(findings.contains { $0.part == .commit && $0.name == "c1" })
    #expect(findings.contains { $0.part == .run && $0.found.contains("place in history") })
    #expect(findings.contains { $0.part == .tally && $0.found == "2 counted wrong" })
  }

  @Test("A history from before the journal is verified as one that has just been given it")
  func old() throws {
    try folder.takeBack(to: Schema.versionWithJournal - 1)
    let before = try folder.bytes(of: "history.sqlite")
    #expect(try History.openExisting(path: folder.history)?.verify().findings == [])
    #expect(try folder.bytes(of: "history.sqlite") == before)
  }
}
