internal import SLODigest
internal import SLOModel

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

  /// Does something with the source; what goes wrong there is told under its name.
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
          throw .unexpected("an entry that does not fit its hash (\(hash))", in: "journal")
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
  private func takeRuns(
    told entries: [JournalEntry], _ commits: inout Set<String>, _ result: inout MergeResult
  ) throws(SQLiteError) {
    let holds = try Holds(Journal(database: target))
    let told = Set(entries.compactMap { $0.kind == .record ? $0.digest("run") : nil })
    let choice = RunChoice(recordings: try recordings(of: told), holds: holds)
    let own = try target.prepare("SELECT recorded_at, pruned_at FROM runs WHERE digest = ?1")
    let recordings = try reading { () throws(SQLiteError) in
      try RunReader(database: source).recordings()
    }
    for (id, at) in recordings {
      try own.bind(.blob(id.bytes))
      if try own.step() {
        guard told.contains(id) || !own.isNull(1) && holds.contains(id) else { continue }
        if at.milliseconds < own.integerOrZero(0) {
          try target.run(
            "UPDATE runs SET recorded_at = ?2 WHERE digest = ?1", .blob(id.bytes), .integer(at.milliseconds))
        }
        guard let other = try stored(id), let mine = try RunReader(database: target).stored(id) else {
          continue
        }
        commits.insert(other.run.commit.sha)
        guard choice.prefers(other, to: mine) else { continue }
        try replace(with: other, at: at)
        result.replaced += 1
      } else if let other = try stored(id) {
        try replace(with: other, at: at)
        commits.insert(other.run.commit.sha)
        result.runs += 1
      }
    }
  }

  /// What the journal says of those runs that are in both histories, the recording that counts first.
  private func recordings(of runs: Set<SHA256Digest>) throws(SQLiteError) -> [SHA256Digest: [JournalEntry]] {
    let row = try target.prepare("SELECT 1 FROM runs WHERE digest = ?1")
    var shared: Set<SHA256Digest> = []
    for run in runs {
      try row.bind(.blob(run.bytes))
      if try row.step() { shared.insert(run) }
    }
    guard !shared.isEmpty else { return [:] }
    var found: [SHA256Digest: [JournalEntry]] = [:]
    for (_, entry) in try Journal(database: target).entries(.record) {
      if let run = entry.digest("run"), shared.contains(run) { found[run, default: []].append(entry) }
    }
    return found.mapValues { $0.sorted(by: RunChoice.isEarlier) }
  }

  private func stored(_ id: SHA256Digest) throws(SQLiteError) -> StoredRun? {
    try reading { () throws(SQLiteError) in try RunReader(database: source).stored(id) }
  }

  /// Writes a run as the source has it, in place of what is there.
  private func replace(with other: StoredRun, at time: Timestamp) throws(SQLiteError) {
    let id = other.id
    let recorder = Recorder(database: target, now: time)
    try recorder.know(Commit(sha: other.run.commit.sha))
    try recorder.insert(other.run, id: id, measured: other.measured)
    try recorder.deleteValues(of: id)
    try recorder.insertValues(of: other.run, id: id)
    try target.run(
      """
      UPDATE runs SET pruned = ?2, measured = measured - ?2, pruned_at = ?3 WHERE digest = ?1
      """, .blob(id.bytes), .integer(Int64(other.pruned ?? 0)),
      .integer(other.pruned == nil ? nil : time.milliseconds))
  }
}
