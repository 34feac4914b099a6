import SLOModel
import SLOSupport

/// The journal's tables, inside a transaction that `History` has begun.
struct Journal {
  let database: Database

  /// Writes that something happened, after everything that is there.
  /// - Returns: the hash of the entry.
  @discardableResult
  func append(
    _ kind: JournalEntry.Kind, _ subject: [String: String], at now: Timestamp
  ) throws(SQLiteError) -> SHA256Digest {
    let entry = JournalEntry(at: now, kind: kind, subject: subject, parents: try heads())
    return try insert(entry)
  }

  /// Writes an entry whose parents are there.
  @discardableResult
  func insert(_ entry: JournalEntry) throws(SQLiteError) -> SHA256Digest {
    let hash = entry.hash
    try database.run(
      "INSERT INTO journal(hash, at, kind, subject, parents) VALUES(?1, ?2, ?3, ?4, ?5)",
      .blob(hash.bytes), .integer(entry.at.milliseconds), .text(entry.kind.rawValue),
      .text(FlatJSON.text(entry.subject)), .blob(entry.parents.flatMap(\.bytes)))
    for parent in entry.parents {
      try database.run("DELETE FROM journal_heads WHERE hash = ?1", .blob(parent.bytes))
    }
    try database.run("INSERT INTO journal_heads(hash) VALUES(?1)", .blob(hash.bytes))
    return hash
  }

  /// Whether an entry is there.
  func contains(_ hash: SHA256Digest) throws(SQLiteError) -> Bool {
    try database.integer("SELECT 1 FROM journal WHERE hash = ?1", .blob(hash.bytes)) != nil
  }

  /// The entries that are no entry's parent: one, but for the moment in which histories are joined.
  func heads() throws(SQLiteError) -> [SHA256Digest] {
    let row = try database.prepare("SELECT hash FROM journal_heads ORDER BY hash")
    try row.bind()
    var heads: [SHA256Digest] = []
    while try row.step() { heads.append(try row.digest(0)) }
    return heads
  }

  /// Every entry, or every one of a kind, in the order of arrival.
  func entries(
    _ kind: JournalEntry.Kind? = nil
  ) throws(SQLiteError) -> [(hash: SHA256Digest, entry: JournalEntry)] {
    guard try isKept() else { return [] }
    let row = try database.prepare(
      "SELECT \(Journal.columns) FROM journal WHERE kind = ifnull(?1, kind) ORDER BY number")
    try row.bind(.text(kind?.rawValue))
    var entries: [(SHA256Digest, JournalEntry)] = []
    while try row.step() { entries.append(try Journal.entry(row)) }
    return entries
  }

  /// The entries that another journal does not have, in the order of arrival.
  func entries(
    missingIn other: Journal
  ) throws(SQLiteError) -> [(hash: SHA256Digest, entry: JournalEntry)] {
    let row = try database.prepare("SELECT \(Journal.columns) FROM journal ORDER BY number")
    var entries: [(SHA256Digest, JournalEntry)] = []
    while try row.step() {
      if try !other.contains(row.digest(0)) { entries.append(try Journal.entry(row)) }
    }
    return entries
  }

  /// The decisions of a kind with their hashes, in the order of arrival. A file from before there were such holds
  /// none.
  func decisions(
    _ kind: JournalEntry.Kind
  ) throws(SQLiteError) -> [(hash: SHA256Digest, entry: JournalEntry)] {
    let isRevocation = kind == .revoke
    let first = isRevocation ? Schema.versionWithRevocations : Schema.versionWithJournal
    guard try Schema.version(of: database) >= first else { return [] }
    let row = try database.prepare(
      """
      SELECT \(Journal.columns) FROM journal
      WHERE kind = ?1 AND \(isRevocation ? Schema.revocation : Schema.decision) ORDER BY number
      """)
    try row.bind(.text(kind.rawValue))
    var found: [(SHA256Digest, JournalEntry)] = []
    while try row.step() { found.append(try Journal.entry(row)) }
    return found
  }

  /// The acceptances with their hashes, each with what took it back: of several entries the first.
  func acceptances() throws(SQLiteError) -> [(
    hash: SHA256Digest, entry: JournalEntry, revocation: JournalEntry?
  )] {
    var revocations: [SHA256Digest: JournalEntry] = [:]
    let decisions = try decisions(.revoke).sorted { ($0.entry.at, $0.hash) < ($1.entry.at, $1.hash) }
    for (_, entry) in decisions {
      for accepted in entry.digests("acceptances") ?? [] where revocations[accepted] == nil {
        revocations[accepted] = entry
      }
    }
    return try self.decisions(.accept).map { ($0.hash, $0.entry, revocations[$0.hash]) }
  }

  /// Whether the file has a journal: not before the first recording by a slogate that knows it.
  func isKept() throws(SQLiteError) -> Bool {
    try Schema.version(of: database) >= Schema.versionWithJournal
  }

  /// The columns that `entry` reads, in their order.
  static let columns = "hash, at, kind, subject, parents"

  /// Reads an entry and the hash it is stored under.
  static func entry(
    _ row: borrowing Statement
  ) throws(SQLiteError) -> (hash: SHA256Digest, entry: JournalEntry) {
    guard let kind = JournalEntry.Kind(rawValue: row.text(2)) else {
      throw .unexpected(row.text(2), in: "kind")
    }
    let entry = JournalEntry(
      at: try row.knownTime(1), kind: kind, subject: try row.words(3, "subject"),
      parents: try row.digests(4))
    return (try row.digest(0), entry)
  }
}

extension Statement {
  /// Digests, one behind the other.
  func digests(_ column: Int32) throws(SQLiteError) -> [SHA256Digest] {
    let bytes = blob(column)
    let digests = stride(from: 0, to: bytes.count, by: 32).compactMap {
      SHA256Digest(bytes: Array(bytes[$0..<min($0 + 32, bytes.count)]))
    }
    guard digests.count * 32 == bytes.count else { throw .unexpected("\(bytes.count) bytes", in: "parents") }
    return digests
  }
}

/// The journal of what happened before there was one.
extension Journal {
  /// Writes the entries of every commit, run and verdict that is there, in the order of their recording. They
  /// rest on content alone, so that two copies of a file come to the same entries.
  func adopt() throws(SQLiteError) {
    var known: Set<String> = []
    let reader = RunReader(database: database)
    for (run, at) in try reader.recordings() {
      guard let stored = try reader.run(run) else { continue }
      if known.insert(stored.commit.sha).inserted { try adopt(stored.commit, at: at) }
      try append(.record, Subject.record(stored, id: run, RunDigests(of: stored)), at: at)
    }
    for (id, verdict, at) in try recordedVerdicts() {
      if known.insert(verdict.commit.sha).inserted { try adopt(verdict.commit, at: at) }
      let entry = try append(.verdict, Subject.verdict(verdict, over: try runs(of: id)), at: at)
      try database.run(
        "UPDATE verdicts SET entry = ?2, environment_name = ?3 WHERE id = ?1", .integer(id),
        .blob(entry.bytes),
        .text(verdict.environment.name))
    }
  }

  private func adopt(_ commit: Commit, at time: Timestamp) throws(SQLiteError) {
    guard commit.hasFacts else { return }
    try append(.commit, Subject.commit(commit), at: time)
  }

  private func recordedVerdicts() throws(SQLiteError) -> [(Int64, RecordedVerdict, Timestamp)] {
    let row = try database.prepare(
      """
      SELECT verdicts.id, sha, committed_at, first_parent, name, sizing, verdict, exit_code, recorded_at
      FROM verdicts JOIN commits USING (sha) JOIN environments ON environments.id = environment
      ORDER BY recorded_at, verdicts.id
      """)
    try row.bind()
    var verdicts: [(Int64, RecordedVerdict, Timestamp)] = []
    while try row.step() {
      let commit = Commit(sha: row.text(1), committedAt: try row.time(2), firstParent: row.optionalText(3))
      let environment = Environment(name: row.optionalText(4), sizing: try row.words(5, "sizing"))
      let verdict = RecordedVerdict(
        commit: commit, environment: environment, verdict: row.text(6), exitCode: try row.count(7))
      verdicts.append((row.integerOrZero(0), verdict, try row.knownTime(8)))
    }
    return verdicts
  }

  private func runs(of verdict: Int64) throws(SQLiteError) -> [SHA256Digest] {
    let row = try database.prepare("SELECT digest FROM verdict_runs JOIN runs ON id = run WHERE verdict = ?1")
    try row.bind(.integer(verdict))
    var runs: [SHA256Digest] = []
    while try row.step() { runs.append(try row.digest(0)) }
    return runs
  }
}

extension Commit {
  /// Whether more is known of it than its name.
  var hasFacts: Bool { isKnown && (committedAt != nil || firstParent != nil) }
}
