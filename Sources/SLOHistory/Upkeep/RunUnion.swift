import SLOModel
import SLOSupport

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

/// How a run differs from what the journal says of it.
package struct RunMisfit: Sendable, Hashable {
  /// What was found.
  package var found: String
  /// What the journal says.
  package var expected: String
}

/// What a journal says of runs that may be taken, so that none is taken that is not as it was recorded.
struct RunRecords {
  /// The recordings of each run, the one that counts first.
  private let recordings: [SHA256Digest: [JournalEntry]]
  private let prunings: [SHA256Digest: Timestamp]

  /// - Parameter runs: those that may be taken.
  init(of runs: Set<SHA256Digest>, in journal: Journal) throws(SQLiteError) {
    var found: [SHA256Digest: [JournalEntry]] = [:]
    if !runs.isEmpty {
      for (_, entry) in try journal.entries(.record) {
        if let run = entry.digest("run"), runs.contains(run) { found[run, default: []].append(entry) }
      }
    }
    recordings = found.mapValues { $0.sorted(by: RunRecords.isEarlier) }
    prunings = try journal.prunings()
  }

  /// When a run was first recorded; nil where no entry records it.
  func firstRecording(of run: SHA256Digest) -> Timestamp? { recordings[run]?.first?.at }

  /// What of a run no entry says; nil where it is as it was recorded.
  func misfit(of stored: StoredRun, id: SHA256Digest) -> RunMisfit? {
    guard let entries = recordings[id] else {
      return RunMisfit(found: "the run \(id)", expected: "an entry of the journal that records it")
    }
    let told = entries.compactMap(\.runDigests)
    let found = RunDigests(of: stored)
    guard told.contains(where: { $0.header == found.header }) else {
      return misfit(of: id, "a header", found.header, told.map(\.header))
    }
    if stored.pruned != nil { return misfit(ofPruned: stored, id: id) }
    return told.contains(found) ? nil : misfit(of: id, "values", found.values, told.map(\.values))
  }

  private func misfit(
    of id: SHA256Digest, _ part: String, _ found: SHA256Digest, _ told: [SHA256Digest]
  ) -> RunMisfit {
    RunMisfit(
      found: "\(part) of run \(id) with the digest \(found)",
      expected: "the digest \(told.map(\.description).joined(separator: " or ")) that the journal records")
  }

  private func misfit(ofPruned stored: StoredRun, id: SHA256Digest) -> RunMisfit? {
    let reading = stored.run.reading
    if prunings[id] == nil {
      return RunMisfit(
        found: "run \(id) without its values", expected: "an entry of the journal that prunes it")
    }
    return reading.measurements.isEmpty && reading.distributions.isEmpty && reading.thresholds.isEmpty
      ? nil : RunMisfit(found: "values of run \(id), which was pruned", expected: "none")
  }

  /// The first recording of what a run holds; nil where none is of that.
  func recording(of stored: StoredRun, _ digests: RunDigests, id: SHA256Digest) -> JournalEntry? {
    recordings[id]?.first { entry in
      guard let told = entry.runDigests else { return false }
      return told.header == digests.header && (stored.pruned != nil || told.values == digests.values)
    }
  }

  /// The order of recordings; it rests on content alone.
  static func isEarlier(_ left: JournalEntry, _ right: JournalEntry) -> Bool {
    func digests(_ entry: JournalEntry) -> [UInt8] {
      entry.runDigests.map { $0.header.bytes + $0.values.bytes } ?? []
    }
    return left.at == right.at
      ? digests(left).lexicographicallyPrecedes(digests(right)) : left.at < right.at
  }
}
