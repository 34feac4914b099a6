public import SLOSupport
public import SLOModel

/// A verdict as it was recorded, with the runs it judged.
public struct RecordedCheck: Sendable, Hashable {
  /// What this history calls it; another may call it something else.
  public var id: Int64
  /// When it was given.
  public var recordedAt: Timestamp
  /// The verdict in the words of the JSON report: `pass`, `blocked`, `inconclusive`.
  public var verdict: String
  /// The exit code of the check.
  public var exitCode: Int
  /// The commit that was judged, without its branch, which the runs know.
  public var commit: Commit
  /// The environment that was checked, under the name it was last recorded with.
  public var environment: Environment
  /// `Run.id` of the runs that were judged, in order.
  public var runs: [SHA256Digest]

  /// Creates a check.
  public init(
    id: Int64, recordedAt: Timestamp, verdict: String, exitCode: Int, commit: Commit,
    environment: Environment,
    runs: [SHA256Digest]
  ) {
    self.id = id
    self.recordedAt = recordedAt
    self.verdict = verdict
    self.exitCode = exitCode
    self.commit = commit
    self.environment = environment
    self.runs = runs
  }
}

extension RecordedCheck {
  /// Reads the columns id, time, verdict, exit code, the three of the commit, and the two of the environment.
  init(_ row: borrowing Statement) throws(SQLiteError) {
    self.init(
      id: row.integerOrZero(0), recordedAt: try row.knownTime(1),
      verdict: row.text(2),
      exitCode: try row.count(3),
      commit: Commit(sha: row.text(4), committedAt: try row.time(5), firstParent: row.optionalText(6)),
      environment: Environment(name: row.optionalText(7), sizing: try row.words(8, "sizing")), runs: [])
  }
}
