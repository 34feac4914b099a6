internal import SLOSupport
internal import SLOModel

/// Puts runs of other histories to those of this one. Of two states of one run the one stays that every order of
/// merging comes to.
struct RunUnion {
  /// What became of a run.
  enum Outcome {
    case added
    case replaced
    case known
    /// It is not as it was recorded, and nothing was taken of it.
    case refused(RunMisfit)
  }

  let target: Database
  private let holds: Holds
  private let records: RunRecords

  /// - Parameter runs: those that may be taken.
  init(target: Database, runs: Set<SHA256Digest>) throws(SQLiteError) {
    self.target = target
    holds = try Holds(Journal(database: target))
    records = try RunRecords(of: runs, in: Journal(database: target))
  }

  /// Takes a run, as recorded when the journal says it first was.
  func take(_ other: StoredRun) throws(SQLiteError) -> Outcome {
    let id = other.id
    if let misfit = records.misfit(of: other, id: id) { return .refused(misfit) }
    let time = records.firstRecording(of: id) ?? Timestamp(milliseconds: 0)
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
    guard otherDigests != myDigests, let others = records.recording(of: other, otherDigests, id: id) else {
      return false
    }
    guard let mine = records.recording(of: mine, myDigests, id: id) else { return true }
    return RunRecords.isEarlier(others, mine)
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
