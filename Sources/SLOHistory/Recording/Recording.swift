public import SLOSupport
public import SLOModel

/// What a recording changed.
public struct Recording: Sendable, Hashable {
  /// `Run.id` of the runs that are new to the history, as given.
  public var added: [SHA256Digest]
  /// `Run.id` of the runs that it knew already, as given.
  public var known: [SHA256Digest]

  /// Creates an account of a recording.
  public init(added: [SHA256Digest] = [], known: [SHA256Digest] = []) {
    self.added = added
    self.known = known
  }
}

/// The verdict over a check, recorded beside the runs it judged.
public struct RecordedVerdict: Sendable, Hashable {
  /// The commit that was judged.
  public var commit: Commit
  /// The environment that was checked, without the conditions of single readings.
  public var environment: Environment
  /// The verdict in the words of the JSON report: `pass`, `blocked`, `inconclusive`.
  public var verdict: String
  /// The exit code of the check.
  public var exitCode: Int
  /// The series with a regression that stopped the release, or would have without a waiver: the runs are no
  /// reference for these until the level is accepted. Nil: not known, as in verdicts of older versions.
  public var regressed: [Series]?

  /// Creates a verdict.
  public init(
    commit: Commit, environment: Environment, verdict: String, exitCode: Int, regressed: [Series]? = nil
  ) {
    self.commit = commit
    self.environment = environment
    self.verdict = verdict
    self.exitCode = exitCode
    self.regressed = regressed
  }
}

/// How much a history holds, for the notice a check prints.
public struct HistorySummary: Sendable, Hashable {
  /// The number of runs.
  public var runs: Int
  /// When the last of them was recorded; nil when there is none.
  public var newest: Timestamp?

  /// Creates a summary.
  public init(runs: Int, newest: Timestamp?) {
    self.runs = runs
    self.newest = newest
  }
}
