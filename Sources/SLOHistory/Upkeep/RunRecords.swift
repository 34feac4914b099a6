internal import SLOSupport
internal import SLOModel

/// How a run differs from what the journal says of it.
public struct RunMisfit: Sendable, Hashable {
  /// What was found.
  public var found: String
  /// What the journal says.
  public var expected: String
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
