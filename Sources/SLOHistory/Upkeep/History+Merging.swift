public import SLOModel
internal import SLOSupport

/// What a merge brought.
public struct MergeResult: Sendable, Hashable {
  /// How many runs are new.
  public var runs = 0
  /// How many entries of the journal are new, the merge's own not counted.
  public var entries = 0
  /// How many runs were known and are now as another history has them: recorded there first, or held.
  public var replaced = 0
  /// How many runs lost their values, because a history pruned them and none holds them.
  public var pruned = 0
  /// The acceptances among the new entries that are in force now, newest decision first.
  public var acceptances: [RecordedAcceptance] = []

  /// Whether the history is as it was.
  public var isEmpty: Bool { self == MergeResult() }
}

extension History {
  /// Takes everything that other histories hold into this one, in one transaction. Nothing is lost and nothing
  /// counted twice: merging again changes nothing, and any order of merging gives the same content.
  @discardableResult
  public func merge(_ others: [History], at now: Timestamp) throws(HistoryError) -> MergeResult {
    var sources: [(path: String, database: Database)] = []
    for other in others { sources.append((other.path, try other.upToDate())) }
    return try write { () throws(SQLiteError) in
      var result = MergeResult()
      let known = Set(try Journal(database: database).acceptances().map(\.hash))
      var commits: Set<String> = []
      for (path, source) in sources {
        let merger = Merger(source: source, path: path, target: database)
        commits.formUnion(try source.read { () throws(SQLiteError) in try merger.merge(into: &result) })
      }
      guard !result.isEmpty else { return result }
      try settle(commits, &result)
      result.acceptances = try storedAcceptances().filter { !known.contains($0.id) && $0.revocation == nil }
      let journal = Journal(database: database)
      if try journal.heads().count > 1 { try journal.append(.merge, [:], at: now) }
      return result
    }
  }

  /// What follows from the entries and runs that are there now.
  private func settle(_ commits: Set<String>, _ result: inout MergeResult) throws(SQLiteError) {
    let recorder = Recorder(database: database, now: Timestamp(milliseconds: 0))
    for commit in commits.sorted() { try recorder.placeRuns(of: Commit(sha: commit)) }
    result.pruned = try Pruner(database: database).settle()
    try recorder.nameEnvironments()
    try Tallies.recount(database)
  }

  /// The history in the newest schema: itself, or of an older file a copy that nobody else sees.
  public func inNewestSchema() throws(HistoryError) -> History {
    History(path: path, database: try upToDate())
  }

  /// The content in the newest schema; of an older file a copy that nobody else sees.
  func upToDate() throws(HistoryError) -> Database {
    try attempt(.read, on: path) { () throws(SQLiteError) in
      guard try Schema.version(of: database) < Schema.version else { return database }
      let copy = try database.temporaryCopy()
      try copy.write { () throws(SQLiteError) in try Schema.migrate(copy) }
      return copy
    }
  }
}
