public import SLOSupport
public import SLOModel

/// A run as a history has it: whole, or what pruning left of it.
public struct StoredRun: Sendable, Hashable {
  /// The run; without values where they were pruned.
  public var run: Run
  /// How many values it had before they were pruned; nil where it still has them.
  public var pruned: Int?

  /// Creates a stored run.
  public init(run: Run, pruned: Int?) {
    self.run = run
    self.pruned = pruned
  }

  /// `Run.id`.
  public var id: SHA256Digest { run.id }

  /// How many values it has, or had.
  public var measured: Int { pruned ?? run.reading.measurements.count }
}

extension RunReader {
  /// A run with what is known of its pruning; nil when it is not in the history.
  func stored(_ digest: SHA256Digest) throws(SQLiteError) -> StoredRun? {
    guard let run = try run(digest) else { return nil }
    let row = try database.prepare("SELECT pruned FROM runs WHERE digest = ?1 AND pruned_at IS NOT NULL")
    try row.bind(.blob(digest.bytes))
    return StoredRun(run: run, pruned: try row.step() ? try row.count(0) : nil)
  }

  /// The ids of all runs, with the time of their recording.
  func recordings() throws(SQLiteError) -> [(id: SHA256Digest, at: Timestamp)] {
    let row = try database.prepare("SELECT digest, recorded_at FROM runs ORDER BY recorded_at, digest")
    var runs: [(SHA256Digest, Timestamp)] = []
    while try row.step() { runs.append((try row.digest(0), Timestamp(milliseconds: row.integerOrZero(1)))) }
    return runs
  }
}
