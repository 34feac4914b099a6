internal import SLOSupport
internal import SLOModel

/// The runs that must keep their values: those with a hold that no release names.
struct Holds {
  /// The holds in force, by run, in the order of the journal.
  private(set) var byRun: [SHA256Digest: [(hash: SHA256Digest, entry: JournalEntry)]] = [:]

  init(_ journal: Journal) throws(SQLiteError) {
    let released = Set(try journal.decisions(.release).flatMap { $0.entry.digests("holds") ?? [] })
    for hold in try journal.decisions(.hold) where !released.contains(hold.hash) {
      if let run = hold.entry.digest("run") { byRun[run, default: []].append(hold) }
    }
  }

  /// Whether a run is held.
  func contains(_ run: SHA256Digest) -> Bool { byRun[run] != nil }

  /// Why a run is held: what was said last.
  func reason(_ run: SHA256Digest) -> String? {
    byRun[run]?.max { ($0.entry.at, $0.hash) < ($1.entry.at, $1.hash) }?.entry.subject["reason"]
  }
}
