internal import SLODigest
internal import SLOModel

/// Puts runs of other histories to those of this one. Of two states of one run the one stays that every order of
/// merging comes to.
struct RunUnion {
  /// What became of a run.
  enum Outcome {
    case added
    case replaced
    case known
  }

  let target: Database
  let holds: Holds
  /// The recordings of the runs that may be in both, the one that counts first.
  private let recordings: [SHA256Digest: [JournalEntry]]

  /// - Parameter runs: those that may have been recorded here too.
  init(target: Database, runs: Set<SHA256Digest>) throws(SQLiteError) {
    self.target = target
    holds = try Holds(Journal(database: target))
    recordings = try RunUnion.recordings(of: runs, in: target)
  }

  private static func recordings(
    of runs: Set<SHA256Digest>, in target: Database
  ) throws(SQLiteError) -> [SHA256Digest: [JournalEntry]] {
    var found: [SHA256Digest: [JournalEntry]] = [:]
    guard !runs.isEmpty else { return found }
    for (_, entry) in try Journal(database: target).entries(.record) {
      if let run = entry.digest("run"), runs.contains(run) { found[run, default: []].append(entry) }
    }
    return found.mapValues { $0.sorted(by: isEarlier) }
  }

  /// The order of recordings; it rests on content alone.
  private static func isEarlier(_ left: JournalEntry, _ right: JournalEntry) -> Bool {
    func digests(_ entry: JournalEntry) -> [UInt8] {
      entry.runDigests.map { $0.header.bytes + $0.values.bytes } ?? []
    }
    return left.at == right.at
      ? digests(left).lexicographicallyPrecedes(digests(right)) : left.at < right.at
  }

  /// Takes a run that was recorded at a time.
  func take(_ other: StoredRun, at time: Timestamp) throws(SQLiteError) -> Outcome {
    let id = other.id
    guard let mine = try RunReader(database: target).stored(id) else {
      try write(other, id: id, at: time)
      return .added
    }
    try target.run(
      "UPDATE runs SET recorded_at = ?2 WHERE digest = ?1 AND recorded_at > ?2", .blob(id.bytes),
      .integer(time.milliseconds))
    guard prefers(other, to: mine, id: id) else { return .known }
    try write(other, id: id, at: time)
    return .replaced
  }

  /// Values that are held, before none; else what was recorded first.
  private func prefers(_ other: StoredRun, to mine: StoredRun, id: SHA256Digest) -> Bool {
    if holds.contains(id), (other.pruned == nil) != (mine.pruned == nil) { return other.pruned == nil }
    let (otherDigests, myDigests) = (RunDigests(of: other), RunDigests(of: mine))
    guard otherDigests != myDigests, let others = first(otherDigests, other, id) else { return false }
    guard let mine = first(myDigests, mine, id) else { return true }
    return RunUnion.isEarlier(others, mine)
  }

  /// The first recording of this content.
  private func first(_ digests: RunDigests, _ stored: StoredRun, _ id: SHA256Digest) -> JournalEntry? {
    recordings[id]?.first { entry in
      guard let told = entry.runDigests else { return false }
      return told.header == digests.header && (stored.pruned != nil || told.values == digests.values)
    }
  }

  /// Writes a run in place of what is there.
  private func write(_ stored: StoredRun, id: SHA256Digest, at time: Timestamp) throws(SQLiteError) {
    let recorder = Recorder(database: target, now: time)
    try recorder.know(Commit(sha: stored.run.commit.sha))
    try recorder.insert(stored.run, id: id, measured: stored.measured)
    try recorder.deleteValues(of: id)
    try recorder.insertValues(of: stored.run, id: id)
    try target.run(
      "UPDATE runs SET pruned = ?2, measured = measured - ?2, pruned_at = ?3 WHERE digest = ?1",
      .blob(id.bytes), .integer(Int64(stored.pruned ?? 0)),
      .integer(stored.pruned == nil ? nil : time.milliseconds))
  }
}

extension RunDigests {
  /// The digests of a run as it is stored; those of its values say nothing where they were pruned.
  init(of stored: StoredRun) {
    self.init(
      header: RunDigests.header(of: stored.run, measured: stored.measured),
      values: RunDigests.values(of: stored.run.reading))
  }
}
