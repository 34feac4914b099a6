import SLOModel
package import SLOSupport

/// What a verification found.
package struct Verification: Sendable, Hashable {
  /// One thing that is not as it should be.
  package struct Finding: Sendable, Hashable {
    /// What is looked at.
    package enum Part: String, Sendable, Hashable {
      /// The database file itself.
      case file
      /// An entry of the journal.
      case journal
      /// A run.
      case run
      /// A verdict.
      case verdict
      /// What is known of a commit.
      case commit
      /// The counts of runs kept with them.
      case tally
    }

    /// What is looked at.
    package var part: Part
    /// Which one: a run's id, an entry's number, a commit.
    package var name: String
    /// What was found.
    package var found: String
    /// What should be there.
    package var expected: String

    /// Creates a finding.
    package init(_ part: Part, _ name: String, found: String, expected: String) {
      self.part = part
      self.name = name
      self.found = found
      self.expected = expected
    }
  }

  /// What is wrong: of the journal the first entry that does not fit, of everything else all.
  package var findings: [Finding] = []
  /// How many entries the journal has.
  package var entries = 0
  /// How many runs there are.
  package var runs = 0
  /// How many of them were pruned, so that only their headers could be compared.
  package var pruned = 0
  /// How many verdicts there are.
  package var verdicts = 0
  /// The last entries of the journal. Written down elsewhere, they prove all before them.
  package var heads: [SHA256Digest] = []

  /// Creates a verification that has looked at nothing.
  package init() {}

  /// Whether everything is as it was recorded.
  package var isIntact: Bool { findings.isEmpty }
}

extension History {
  /// Recomputes every hash and compares everything with what the journal says was recorded and decided.
  package func verify() throws(HistoryError) -> Verification {
    let source = try upToDate()
    return try attempt(.read, on: path) { () throws(SQLiteError) in
      try source.read { () throws(SQLiteError) in
        var verifier = Verifier(database: source)
        try verifier.verify()
        return verifier.result
      }
    }
  }
}

/// Compares a history with its journal, inside a transaction that `History` has begun.
struct Verifier {
  let database: Database
  var result = Verification()
  /// The entries that could be read, by kind.
  private var entries: [JournalEntry.Kind: [(hash: SHA256Digest, entry: JournalEntry)]] = [:]

  init(database: Database) { self.database = database }

  /// Checks everything; what a damaged file hides from the rest is reported first.
  mutating func verify() throws(SQLiteError) {
    // Where something else stands for a table, what is read from it says nothing and may have no end.
    guard try verifySchema() else { return }
    try verifyFile()
    try verifyJournal()
    try verifyRuns()
    try verifyVerdicts()
    try verifyCommits()
    try verifyDecisions()
    let mistakes = try RunCounts.mistakes(database)
    if mistakes > 0 {
      find(
        .tally, "cohorts and branches", found: "\(mistakes) counted wrong",
        expected: "the number of their runs")
    }
  }

  mutating func find(_ part: Verification.Finding.Part, _ name: String, found: String, expected: String) {
    result.findings.append(Verification.Finding(part, name, found: found, expected: expected))
  }

  func told(_ kind: JournalEntry.Kind) -> [(hash: SHA256Digest, entry: JournalEntry)] { entries[kind] ?? [] }

  /// - Returns: whether every table is one that slogate made.
  private mutating func verifySchema() throws(SQLiteError) -> Bool {
    let differences = try Schema.differences(in: database)
    for difference in differences {
      find(.file, difference.name, found: difference.found, expected: difference.expected)
    }
    return !differences.contains { $0.name.hasPrefix("table ") || $0.name.hasPrefix("view ") }
  }

  private mutating func verifyFile() throws(SQLiteError) {
    let pages = try database.prepare("PRAGMA integrity_check")
    while try pages.step() {
      if pages.text(0) != "ok" { find(.file, "integrity_check", found: pages.text(0), expected: "ok") }
    }
    let keys = try database.prepare("PRAGMA foreign_key_check")
    while try keys.step() {
      find(
        .file, "foreign_key_check",
        found: "row \(keys.text(1)) of \(keys.text(0)) names a row of \(keys.text(2))",
        expected: "that row to be there")
    }
  }
}

/// The chain.
extension Verifier {
  /// Every entry by its time: the first that does not fit is reported, because those behind it cannot fit either.
  private mutating func verifyJournal() throws(SQLiteError) {
    var numbers: [SHA256Digest: Int64] = [:]
    let places = try database.prepare("SELECT hash, number FROM journal")
    while try places.step() {
      if let hash = SHA256Digest(bytes: places.blob(0)) { numbers[hash] = places.integerOrZero(1) }
    }
    let row = try database.prepare("SELECT \(Journal.columns), number FROM journal ORDER BY at, number")
    var parents: Set<SHA256Digest> = []
    var isBroken = false
    while try row.step() {
      result.entries += 1
      let number = row.integerOrZero(5)
      do {
        let (hash, entry) = try Journal.entry(row)
        entries[entry.kind, default: []].append((hash, entry))
        parents.formUnion(entry.parents)
        guard !isBroken, let misfit = misfit(of: entry, hash: hash, number: number, numbers) else { continue }
        isBroken = true
        find(.journal, name(of: row), found: misfit.found, expected: misfit.expected)
      } catch {
        if !isBroken {
          find(.journal, name(of: row), found: error.message, expected: "an entry as it was written")
        }
        isBroken = true
      }
    }
    try verifyHeads(Set(numbers.keys).subtracting(parents))
  }

  private func name(of row: borrowing Statement) -> String {
    let hash = SHA256Digest(bytes: row.blob(0))?.description ?? "without a hash"
    return "\(row.text(5)) (\(hash), \(row.text(2)), \(Timestamp(milliseconds: row.integerOrZero(1))))"
  }

  private func misfit(
    of entry: JournalEntry, hash: SHA256Digest, number: Int64, _ numbers: [SHA256Digest: Int64]
  ) -> (found: String, expected: String)? {
    let computed = entry.hash
    guard computed == hash else { return ("content of the hash \(computed)", "of the hash \(hash)") }
    for parent in entry.parents {
      guard let place = numbers[parent] else { return ("no entry \(parent)", "its parent of this hash") }
      guard place < number else { return ("its parent \(parent) as entry \(place)", "the parent before it") }
    }
    return nil
  }

  private mutating func verifyHeads(_ expected: Set<SHA256Digest>) throws(SQLiteError) {
    result.heads = try Journal(database: database).heads()
    for missing in result.heads where !expected.contains(missing) {
      find(
        .journal, "its end", found: "no entry \(missing) that is nobody's parent",
        expected: "it to be the last")
    }
    for loose in expected.sorted() where !result.heads.contains(loose) {
      find(
        .journal, "its end", found: "the entry \(loose) that is nobody's parent",
        expected: "every entry but the last to be a parent")
    }
  }
}
