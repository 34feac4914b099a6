import SLOModel
import Testing

@testable import SLOGate

@Suite("Results of another commit")
struct ProvenanceTests {
  /// The warnings of a check of one run, begun at a time, of a commit that was made at another.
  private func warnings(
    recorded: [Commit] = [], startedAt: String? = nil, committedAt: Timestamp? = nil,
    sha: String = "candidate"
  ) throws -> [String] {
    var check = Check([p95(300)], budget: "defaults: { baseline: { p95: 400ms } }")
    check.runs[0].reading.startedAt = startedAt.flatMap(Timestamp.init(rfc3339:))
    check.runs[0].reading.source.path = "run.json"
    let source = check.runs[0].reading.source.sha256
    var draft = try check.draft()
    draft.commit = Commit(sha: sha, branch: "feature", committedAt: committedAt)
    draft.recordedCommits = [source: recorded]
    return draft.verdict().warnings
  }

  @Test("One that was recorded for another commit is a warning that names it")
  func sameBytes() throws {
    let other = Commit(sha: "0123456789abcdef", branch: "main")
    let words = ": check that the step that measures has run"
    #expect(
      try warnings(recorded: [other]) == [
        "run.json: the same result was recorded for commit 0123456789 on main" + words
      ])
    #expect(
      try warnings(recorded: [other, Commit(sha: "candidate"), Commit(sha: "b")]) == [
        "run.json: the same result was recorded for commit 0123456789 on main and 1 more" + words
      ])
  }

  @Test("One recorded for the same commit is none, nor can a commit that nobody knows have another")
  func sameCommit() throws {
    #expect(try warnings(recorded: [Commit(sha: "candidate")]).isEmpty)
    #expect(try warnings(recorded: [Commit(sha: "a")], sha: Commit.unknownSHA).isEmpty)
  }

  @Test(
    "One that was measured more than an hour before its commit was made is a warning",
    arguments: [
      ("2026-05-01T10:00:00Z", "2026-05-01T11:00:00.001Z", "1 hour"),
      ("2026-05-01T10:00:00Z", "2026-05-02T10:00:00Z", "24 hours"),
      ("2026-05-01T10:00:00Z", "2026-06-01T10:00:00Z", "31 days"),
    ])
  func older(startedAt: String, committedAt: String, age: String) throws {
    #expect(
      try warnings(startedAt: startedAt, committedAt: Timestamp(rfc3339: committedAt)) == [
        "run.json: measured \(age) before commit candidate was made: check that the step that measures has run"
      ])
  }

  @Test(
    "Up to an hour before, and any time later, is none; nor is one of which no time is known",
    arguments: [
      ("2026-05-01T10:00:00Z", "2026-05-01T11:00:00Z"), ("2026-05-01T10:00:00Z", "2026-05-01T10:30:00Z"),
      ("2026-05-01T10:00:00Z", "2025-05-01T10:00:00Z"), (nil, "2026-05-01T10:00:00Z"),
      ("2026-05-01T10:00:00Z", nil),
    ] as [(String?, String?)])
  func inTime(startedAt: String?, committedAt: String?) throws {
    let made = committedAt.flatMap(Timestamp.init(rfc3339:))
    #expect(try warnings(startedAt: startedAt, committedAt: made).isEmpty)
  }

  @Test("A commit of a time that cannot be does not end the check", arguments: [Int64.max, .min])
  func absurdTimes(milliseconds: Int64) throws {
    let made = Timestamp(milliseconds: milliseconds)
    let warnings = try warnings(startedAt: "2026-05-01T10:00:00Z", committedAt: made)
    #expect(warnings.count == (milliseconds > 0 ? 1 : 0))
  }
}
