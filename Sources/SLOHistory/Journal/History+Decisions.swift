package import SLOModel
package import SLOSupport

/// What people decided about the results, and the reasons they gave.
extension History {
  /// The whole journal, in the order in which its entries came to this file: none stands before its parents.
  package func journal() throws(HistoryError) -> [JournalEntry] {
    try read { () throws(SQLiteError) in try Journal(database: database).entries().map(\.entry) }
  }

  /// The acceptances of a service that are in force, newest decision first.
  package func acceptances(service: String) throws(HistoryError) -> [Acceptance] {
    try recordedAcceptances().filter { $0.acceptance.service == service && $0.revocation == nil }
      .map(\.acceptance)
  }

  /// The acceptances of every service, with those that were taken back, newest decision first.
  package func recordedAcceptances() throws(HistoryError) -> [RecordedAcceptance] {
    try read { () throws(SQLiteError) in try storedAcceptances() }
  }

  /// The same inside a transaction.
  func storedAcceptances() throws(SQLiteError) -> [RecordedAcceptance] {
    var found: [RecordedAcceptance] = []
    for (hash, entry, revocation) in try Journal(database: database).acceptances() {
      let since = try start(of: entry.subject["commit"] ?? "") ?? entry.at
      guard let acceptance = entry.acceptance(since: since) else {
        throw .unexpected(FlatJSON.text(entry.subject), in: "subject of an acceptance")
      }
      found.append(
        RecordedAcceptance(id: hash, acceptance: acceptance, revocation: revocation.map(\.revocation)))
    }
    return found.sorted { ($1.acceptance.at, $1.id) < ($0.acceptance.at, $0.id) }
  }

  /// Writes down that the level since a commit is the new normal.
  /// - Parameters:
  ///   - acceptance: what is accepted; its `since` is found anew.
  ///   - commit: what is known of the commit it names.
  /// - Returns: the acceptance as the history gives it from now on.
  @discardableResult
  package func accept(
    _ acceptance: Acceptance, of commit: Commit
  ) throws(HistoryError) -> RecordedAcceptance {
    try write { () throws(SQLiteError) in
      let recorder = Recorder(database: database, now: acceptance.at)
      try recorder.learn(commit)
      try recorder.placeRuns(of: commit)
      let hash = try Journal(database: database)
        .append(.accept, Subject.accept(acceptance), at: acceptance.at)
      var written = acceptance
      written.since = try start(of: acceptance.commit) ?? acceptance.at
      return RecordedAcceptance(id: hash, acceptance: written)
    }
  }

  /// Takes acceptances back: older runs are a reference again. Both decisions stay in the journal.
  /// - Parameter ids: `RecordedAcceptance.id`.
  /// - Returns: those that were in force, as given.
  @discardableResult
  package func revoke(
    _ ids: [SHA256Digest], by person: String, reason: String, at now: Timestamp
  ) throws(HistoryError) -> [SHA256Digest] {
    try write { () throws(SQLiteError) in
      let journal = Journal(database: database)
      let inForce = Set(try journal.acceptances().filter { $0.revocation == nil }.map(\.hash))
      let revoked = ids.filter { inForce.contains($0) }
      guard !revoked.isEmpty else { return [] }
      try journal.append(.revoke, Subject.revoke(revoked, by: person, reason: reason), at: now)
      return revoked
    }
  }

  /// Protects the values of runs from pruning, each with an entry of its own. What was pruned has none to protect: a
  /// hold is a promise that a later merge can keep.
  /// - Returns: the runs that are held now, as given; not those that were pruned or are not in the history.
  @discardableResult
  package func hold(
    _ runs: [SHA256Digest], by person: String, reason: String, at now: Timestamp
  ) throws(HistoryError) -> [SHA256Digest] {
    try write { () throws(SQLiteError) in
      let journal = Journal(database: database)
      var held: [SHA256Digest] = []
      for run in runs {
        let hasValues = try database.integer(
          "SELECT 1 FROM runs WHERE digest = ?1 AND pruned_at IS NULL", .blob(run.bytes))
        guard hasValues != nil else { continue }
        try journal.append(.hold, Subject.hold(run, by: person, reason: reason), at: now)
        held.append(run)
      }
      return held
    }
  }

  /// Lifts every protection of runs. What a prune had named while they were held loses its values now.
  /// - Returns: the runs that were held, as given.
  @discardableResult
  package func release(
    _ runs: [SHA256Digest], by person: String, reason: String, at now: Timestamp
  ) throws(HistoryError) -> [SHA256Digest] {
    try write { () throws(SQLiteError) in
      let journal = Journal(database: database)
      let holds = try Holds(journal)
      let held = runs.filter { holds.contains($0) }
      for run in held {
        let hashes = holds.byRun[run]?.map(\.hash) ?? []
        try journal.append(.release, Subject.release(run, holds: hashes, by: person, reason: reason), at: now)
      }
      try Pruner(database: database).settle()
      return held
    }
  }

  /// When a commit was made, else when it was first measured; nil where nothing is known of it.
  private func start(of sha: String) throws(SQLiteError) -> Timestamp? {
    let row = try database.prepare(
      """
      SELECT coalesce(
        (SELECT committed_at FROM commits WHERE sha = ?1), (SELECT min(position) FROM runs WHERE sha = ?1)) AS start
      """)
    try row.bind(.text(sha))
    return try row.step() ? try row.time(0) : nil
  }
}

extension JournalEntry {
  /// What a revoke entry says to each acceptance it names.
  fileprivate var revocation: RecordedAcceptance.Revocation {
    RecordedAcceptance.Revocation(by: subject["by"] ?? "", reason: subject["reason"] ?? "", at: at)
  }
}

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
