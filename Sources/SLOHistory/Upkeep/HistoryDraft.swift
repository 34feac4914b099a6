package import SLOModel
package import SLOSupport

/// A history that is put together from what another exported, to be merged: no other process sees it, and it is gone
/// with its last user.
package struct HistoryDraft {
  /// What was put together.
  package let history: History
  private let union: RunUnion

  /// Starts with the entries of a journal, in any order.
  /// - Parameter name: where they come from, for messages.
  package init(entries: [JournalEntry], name: String) throws(HistoryError) {
    let history = try History.temporary(name: name)
    self.history = history
    union = try history.write { () throws(SQLiteError) in
      let journal = Journal(database: history.database)
      for entry in parentsFirst(entries) { try journal.insert(entry) }
      return try RunUnion(target: history.database, runs: Set(entries.compactMap(\.recordedRun)))
    }
  }

  /// Adds a run that an entry records.
  /// - Returns: why not, where it is not as it was recorded; nil where it was added.
  package func add(_ run: StoredRun) throws(HistoryError) -> RunMisfit? {
    let outcome = try history.write { () throws(SQLiteError) in try union.take(run) }
    return if case .refused(let misfit) = outcome { misfit } else { nil }
  }
}

extension JournalEntry {
  /// `Run.id` of the run whose recording it is; nil where it is of something else.
  package var recordedRun: SHA256Digest? { kind == .record ? digest("run") : nil }
}

/// Entries in an order in which none stands before its parents; of several that could come next the earliest does.
private func parentsFirst(_ entries: [JournalEntry]) -> [JournalEntry] {
  let sorted = entries.map { (hash: $0.hash, entry: $0) }.sorted {
    ($0.entry.at, $0.hash) < ($1.entry.at, $1.hash)
  }
  let places = Dictionary(sorted.enumerated().map { ($1.hash, $0) }) { first, _ in first }
  var ordered: [JournalEntry] = []
  var isTaken = [Bool](repeating: false, count: sorted.count)
  for start in sorted.indices {
    // An entry comes up twice: to ask for its parents, and when they are there.
    var stack = [(place: start, isAsked: false)]
    while let (place, isAsked) = stack.popLast() {
      if isTaken[place] { continue }
      if isAsked {
        isTaken[place] = true
        ordered.append(sorted[place].entry)
      } else {
        stack.append((place, true))
        stack += sorted[place].entry.parents.compactMap { places[$0] }.reversed().map { ($0, false) }
      }
    }
  }
  return ordered
}

extension History {
  /// A history in a private file.
  fileprivate static func temporary(name: String) throws(HistoryError) -> History {
    let database = try attempt(.write, on: name) { () throws(SQLiteError) in
      try Database(path: "", access: .create, busyTimeout: .zero)
    }
    return History(path: name, database: database)
  }

  /// The ids of all runs, in the order of their recording.
  package func runIDs() throws(HistoryError) -> [SHA256Digest] {
    try read { () throws(SQLiteError) in try RunReader(database: database).recordings().map(\.id) }
  }

  /// A run with what is known of its pruning; nil when it is not in the history.
  package func stored(_ id: SHA256Digest) throws(HistoryError) -> StoredRun? {
    try read { () throws(SQLiteError) in try RunReader(database: database).stored(id) }
  }

  /// Asks several things of one state of the history, whatever others write meanwhile.
  package func snapshot<Result, Failure>(
    _ body: () throws(Failure) -> Result, or fail: (HistoryError) -> Failure
  ) throws(Failure) -> Result {
    do {
      try attempt(.read, on: path) { () throws(SQLiteError) in try database.run("BEGIN") }
    } catch {
      throw fail(error)
    }
    // Nothing was written, so that it does not matter how the transaction ends.
    defer { try? database.run("ROLLBACK") }
    return try body()
  }
}

/// A run as a history has it: whole, or what pruning left of it.
package struct StoredRun: Sendable, Hashable {
  /// The run; without values where they were pruned.
  package var run: Run
  /// How many values it had before they were pruned; nil where it still has them.
  package var pruned: Int?

  /// Creates a stored run.
  package init(run: Run, pruned: Int?) {
    self.run = run
    self.pruned = pruned
  }

  /// `Run.id`.
  package var id: SHA256Digest { run.id }

  /// How many values it has, or had.
  package var measured: Int { pruned ?? run.reading.measurements.count }
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
