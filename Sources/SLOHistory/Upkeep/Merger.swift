package import SLOModel
import SLOSupport

/// What a merge brought.
package struct MergeResult: Sendable, Hashable {
  /// How many runs are new.
  package var runs = 0
  /// How many entries of the journal are new, the merge's own not counted.
  package var entries = 0
  /// How many runs were known and are now as another history has them: recorded there first, or held.
  package var replaced = 0
  /// How many runs lost their values, because a history pruned them and none holds them.
  package var pruned = 0
  /// The acceptances among the new entries that are in force now, newest decision first.
  package var acceptances: [RecordedAcceptance] = []

  /// Whether the history is as it was.
  package var isEmpty: Bool { self == MergeResult() }
}

extension History {
  /// Takes everything that other histories hold into this one, in one transaction. Nothing is lost and nothing
  /// counted twice: merging again changes nothing, and any order of merging gives the same content.
  @discardableResult
  package func merge(_ others: [History], at now: Timestamp) throws(HistoryError) -> MergeResult {
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
    try RunCounts.recount(database)
  }

  /// The history in the newest schema: itself, or of an older file a private copy.
  package func inNewestSchema() throws(HistoryError) -> History {
    History(path: path, database: try upToDate())
  }

  /// The content in the newest schema; of an older file a private copy.
  func upToDate() throws(HistoryError) -> Database {
    try attempt(.read, on: path) { () throws(SQLiteError) in
      guard try Schema.version(of: database) < Schema.version else { return database }
      let copy = try database.temporaryCopy()
      try copy.write { () throws(SQLiteError) in try Schema.migrate(copy) }
      return copy
    }
  }
}

/// Takes what another history holds into this one, inside a transaction of each.
///
/// A history is a set of entries with the runs they speak of, so merging is a union. All else follows from the set:
/// of a run recorded twice the first recording counts, and pruned is what a prune names and no hold protects. Any
/// order of merging comes to the same.
struct Merger {
  let source: Database
  /// The source's file, for messages.
  let path: String
  let target: Database

  /// Takes everything.
  /// - Returns: the commits whose runs may stand elsewhere now.
  func merge(into result: inout MergeResult) throws(SQLiteError) -> Set<String> {
    let entries = try takeEntries()
    result.entries += entries.count
    var commits = Set(entries.compactMap { $0.entry.kind == .commit ? $0.entry.subject["commit"] : nil })
    try takeRuns(told: entries.map(\.entry), &commits, &result)
    try takeVerdicts(entries)
    return commits
  }

  /// Does something with the source; an error there carries its name.
  private func reading<Result>(_ body: () throws(SQLiteError) -> Result) throws(SQLiteError) -> Result {
    do {
      return try body()
    } catch {
      var error = error
      error.path = path
      throw error
    }
  }

  /// Takes the entries that are new. One that does not fit its hash, or whose parents are missing, is refused: it
  /// would make a history that proves something of one that proves nothing.
  private func takeEntries() throws(SQLiteError) -> [(hash: SHA256Digest, entry: JournalEntry)] {
    let journal = Journal(database: target)
    let recorder = Recorder(database: target, now: Timestamp(milliseconds: 0))
    let new = try reading { () throws(SQLiteError) in
      try Journal(database: source).entries(missingIn: journal)
    }
    for (hash, entry) in new {
      var fits = entry.hash == hash
      for parent in entry.parents where fits { fits = try journal.contains(parent) }
      guard fits else {
        throw try reading { () throws(SQLiteError) in
          throw .altered("found an entry of the journal that does not fit its hash, expected \(hash)")
        }
      }
      try journal.insert(entry)
      if entry.kind == .commit, let commit = entry.commit { try recorder.know(commit) }
    }
    return new
  }

  private func takeVerdicts(_ entries: [(hash: SHA256Digest, entry: JournalEntry)]) throws(SQLiteError) {
    for (hash, entry) in entries where entry.kind == .verdict {
      guard let verdict = entry.verdict, let runs = entry.digests("runs") else {
        throw .unexpected(FlatJSON.text(entry.subject), in: "subject of a verdict")
      }
      try Recorder(database: target, now: entry.at).insert(verdict, over: runs, entry: hash)
    }
  }
}

/// Runs.
extension Merger {
  /// Takes the runs that the new entries record, and the values of held runs that were pruned here. One that is not
  /// as it was recorded, or is not there, is refused: the result could not be verified.
  private func takeRuns(
    told entries: [JournalEntry], _ commits: inout Set<String>, _ result: inout MergeResult
  ) throws(SQLiteError) {
    var missing = Set(entries.compactMap(\.recordedRun))
    let wanted = try wantedRuns(told: missing)
    let union = try RunUnion(target: target, runs: Set(wanted))
    for id in wanted {
      let stored = try reading { () throws(SQLiteError) in try RunReader(database: source).stored(id) }
      guard let stored else { continue }
      missing.remove(id)
      commits.insert(stored.run.commit.sha)
      switch try union.take(stored) {
      case .added: result.runs += 1
      case .replaced: result.replaced += 1
      case .known: break
      case .refused(let misfit): try refuse(misfit)
      }
    }
    if let id = missing.min() {
      try refuse(RunMisfit(found: "no run \(id)", expected: "it, for its journal records it"))
    }
  }

  /// The runs of the source that may change something here.
  private func wantedRuns(told: Set<SHA256Digest>) throws(SQLiteError) -> [SHA256Digest] {
    let holds = try Holds(Journal(database: target))
    let own = try target.prepare("SELECT pruned_at FROM runs WHERE digest = ?1")
    let recordings = try reading { () throws(SQLiteError) in
      try RunReader(database: source).recordings()
    }
    var wanted: [SHA256Digest] = []
    for (id, _) in recordings {
      try own.bind(.blob(id.bytes))
      let isKnown = try own.step()
      if isKnown, !told.contains(id), own.isNull(0) || !holds.contains(id) { continue }
      wanted.append(id)
    }
    return wanted
  }

  private func refuse(_ misfit: RunMisfit) throws(SQLiteError) {
    try reading { () throws(SQLiteError) in
      throw .altered("found \(misfit.found), expected \(misfit.expected)")
    }
  }
}
