internal import SLODigest
internal import SLOModel

/// Which of two states of one run stays when histories are merged.
struct RunChoice {
  /// The recordings of the runs in question, the one that counts first.
  let recordings: [SHA256Digest: [JournalEntry]]
  let holds: Holds

  /// Values that are held, before none; else what was recorded first.
  func prefers(_ other: StoredRun, to mine: StoredRun) -> Bool {
    let isHeld = holds.contains(mine.id)
    if isHeld, (other.pruned == nil) != (mine.pruned == nil) { return other.pruned == nil }
    let (otherDigests, myDigests) = (RunDigests(of: other), RunDigests(of: mine))
    guard otherDigests != myDigests, let others = first(otherDigests, other) else { return false }
    guard let mine = first(myDigests, mine) else { return true }
    return RunChoice.isEarlier(others, mine)
  }

  /// The first recording of this content.
  private func first(_ digests: RunDigests, _ stored: StoredRun) -> JournalEntry? {
    recordings[stored.id]?.first { entry in
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

extension RunDigests {
  /// The digests of a run as it is stored; those of its values say nothing where they were pruned.
  init(of stored: StoredRun) {
    self.init(
      header: RunDigests.header(of: stored.run, measured: stored.measured),
      values: RunDigests.values(of: stored.run.reading))
  }
}
