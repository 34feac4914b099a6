import SLOModel
import SLOSupport

/// Runs against the entries of their recording.
extension Verifier {
  mutating func verifyRuns() throws(SQLiteError) {
    var told = Dictionary(grouping: told(.record).map(\.entry)) { $0.digest("run") }
    let prunings = try Journal(database: database).prunings()
    let holds = try Holds(Journal(database: database))
    let row = try database.prepare(
      "SELECT digest, recorded_at, pruned_at, measured, pruned FROM runs ORDER BY recorded_at, id")
    while try row.step() {
      result.runs += 1
      if !row.isNull(2) { result.pruned += 1 }
      guard let id = SHA256Digest(bytes: row.blob(0)) else {
        find(.run, "of \(row.blob(0).count) bytes", found: "an id that is no digest", expected: "32 bytes")
        continue
      }
      let entries = told.removeValue(forKey: id) ?? []
      verify(
        id, recordedAt: row.integerOrZero(1), counted: [row.integerOrZero(3), row.integerOrZero(4)],
        told: entries)
      let isPruned = !row.isNull(2)
      if isPruned, prunings[id] == nil {
        find(.run, "\(id)", found: "no values, and no prune that names it", expected: "its values")
      } else if !isPruned, prunings[id] != nil, !holds.contains(id) {
        find(.run, "\(id)", found: "values, though it was pruned", expected: "none")
      }
    }
    for (id, entries) in told {
      guard let id, let entry = entries.first else { continue }
      find(
        .run, "\(id)",
        found: "no run, though entry of \(entry.at) records one of \(entry.subject["profile"] ?? "?"), "
          + "commit \(entry.subject["commit"] ?? "?")", expected: "the run")
    }
  }

  /// - Parameter counted: how many values the run is said to have, and to have had before they were pruned.
  private mutating func verify(
    _ id: SHA256Digest, recordedAt: Int64, counted: [Int64], told entries: [JournalEntry]
  ) {
    guard let first = entries.map(\.at).min() else {
      return find(.run, "\(id)", found: "no entry that records it", expected: "an entry for every run")
    }
    if first.milliseconds != recordedAt {
      find(
        .run, "\(id)", found: "recorded at \(Timestamp(milliseconds: recordedAt))", expected: "at \(first)")
    }
    do {
      guard let stored = try RunReader(database: database).stored(id) else {
        return find(
          .run, "\(id)", found: "no cohort, environment or commit to it", expected: "what it hangs on")
      }
      let expected = [stored.run.reading.measurements.count, stored.pruned ?? 0].map(Int64.init)
      if counted != expected {
        find(
          .run, "\(id)", found: "\(counted[0]) values counted and \(counted[1]) pruned",
          expected: "\(expected[0]) and \(expected[1])")
      }
      verify(stored, as: id, told: entries.compactMap(\.runDigests))
    } catch {
      find(.run, "\(id)", found: error.message, expected: "what was recorded")
    }
  }

  private mutating func verify(_ stored: StoredRun, as id: SHA256Digest, told digests: [RunDigests]) {
    guard stored.id == id else {
      return find(
        .run, "\(id)", found: "source, commit, profile, sizing or service of the run \(stored.id)",
        expected: "those of its id")
    }
    let found = RunDigests(of: stored)
    if !digests.contains(where: { $0.header == found.header }) {
      find(
        .run, "\(id)", found: "a header with the digest \(found.header)",
        expected: "the digest \(digests.map(\.header.description).joined(separator: " or "))")
    }
    if stored.pruned == nil, !digests.contains(where: { $0.values == found.values }) {
      find(
        .run, "\(id)", found: "values with the digest \(found.values)",
        expected: "the digest \(digests.map(\.values.description).joined(separator: " or "))")
    }
  }
}

/// Verdicts, commits and decisions against their entries.
extension Verifier {
  mutating func verifyVerdicts() throws(SQLiteError) {
    var told = Dictionary(told(.verdict).map { ($0.hash, $0.entry) }) { first, _ in first }
    let row = try database.prepare(
      """
      SELECT verdicts.id, recorded_at, verdict, exit_code, sha, NULL, NULL, environment_name, sizing, entry
      FROM verdicts LEFT JOIN environments ON environments.id = environment ORDER BY recorded_at, verdicts.id
      """)
    while try row.step() {
      result.verdicts += 1
      let name = "\(row.text(0)) of \(Timestamp(milliseconds: row.integerOrZero(1)))"
      guard let entry = SHA256Digest(bytes: row.blob(9)).flatMap({ told.removeValue(forKey: $0) }) else {
        find(.verdict, name, found: "no entry that gives it", expected: "an entry for every verdict")
        continue
      }
      var check: RecordedCheck
      do { check = try RecordedCheck(row) } catch {
        find(.verdict, name, found: error.message, expected: "what was recorded")
        continue
      }
      check.runs = try runs(of: check.id)
      let found = check.words
      let expected = entry.verdict.map {
        RecordedCheck(id: check.id, $0, over: entry.digests("runs") ?? [], at: entry.at)
      }
      if found != expected?.words {
        find(
          .verdict, name, found: found,
          expected: expected?.words ?? "what its entry says, which cannot be read")
      }
    }
    for (hash, entry) in told.sorted(by: { ($0.value.at, $0.key) < ($1.value.at, $1.key) }) {
      find(
        .verdict, "of \(entry.at)", found: "no verdict, though entry \(hash) gives one",
        expected: "the verdict")
    }
  }

  private func runs(of verdict: Int64) throws(SQLiteError) -> [SHA256Digest] {
    let row = try database.prepare(
      "SELECT digest FROM verdict_runs JOIN runs ON runs.id = run WHERE verdict = ?1 ORDER BY digest")
    try row.bind(.integer(verdict))
    var runs: [SHA256Digest] = []
    while try row.step() { runs.append(try row.digest(0)) }
    return runs
  }

  mutating func verifyCommits() throws(SQLiteError) {
    var told: [String: Commit] = [:]
    for commit in self.told(.commit).compactMap(\.entry.commit) {
      let known = told[commit.sha] ?? commit
      told[commit.sha] = Commit(
        sha: commit.sha,
        committedAt: [known.committedAt, commit.committedAt].compactMap { $0 }.min(),
        firstParent: [known.firstParent, commit.firstParent].compactMap { $0 }.min())
    }
    let row = try database.prepare("SELECT sha, committed_at, first_parent FROM commits ORDER BY sha")
    while try row.step() {
      let found = Commit(sha: row.text(0), committedAt: try row.time(1), firstParent: row.optionalText(2))
      let expected = told.removeValue(forKey: found.sha) ?? Commit(sha: found.sha)
      if found != expected { find(.commit, found.sha, found: found.facts, expected: expected.facts) }
    }
    for commit in told.values.sorted(by: { $0.sha < $1.sha }) {
      find(.commit, commit.sha, found: "nothing", expected: commit.facts)
    }
    try verifyPositions()
  }

  private mutating func verifyPositions() throws(SQLiteError) {
    let row = try database.prepare(
      """
      SELECT digest, position, coalesce(committed_at, began) FROM runs JOIN commits USING (sha) JOIN (
        SELECT sha, min(coalesce(started_at, recorded_at)) AS began FROM runs GROUP BY sha) USING (sha)
      WHERE sha <> 'unknown' AND position <> coalesce(committed_at, began) ORDER BY digest
      """)
    while try row.step() {
      find(
        .run, SHA256Digest(bytes: row.blob(0))?.description ?? "?",
        found: "its place in history at \(Timestamp(milliseconds: row.integerOrZero(1)))",
        expected: "at \(Timestamp(milliseconds: row.integerOrZero(2)))")
    }
  }

  /// Decisions without a subject: a hold or prune of a run that was never recorded, a release of no hold, a
  /// revocation of no acceptance.
  mutating func verifyDecisions() throws(SQLiteError) {
    let recorded = Set(told(.record).compactMap { $0.entry.digest("run") })
    for (hash, entry) in told(.hold) + told(.prune) {
      let named = entry.kind == .hold ? entry.digest("run").map { [$0] } : entry.digests("runs")
      for run in named ?? [] where !recorded.contains(run) {
        find(
          .journal, "\(entry.kind.rawValue) \(hash)", found: "the run \(run), which nobody recorded",
          expected: "a run that was recorded")
      }
    }
    verify(.release, ofEach: .hold, under: "holds")
    verify(.revoke, ofEach: .accept, under: "acceptances")
  }

  /// Decisions that undo others: these have to be there.
  private mutating func verify(
    _ undoing: JournalEntry.Kind, ofEach undone: JournalEntry.Kind, under key: String
  ) {
    let known = Set(told(undone).map(\.hash))
    for (hash, entry) in told(undoing) {
      for named in entry.digests(key) ?? [] where !known.contains(named) {
        find(
          .journal, "\(undoing.rawValue) \(hash)",
          found: "the \(undone.rawValue) \(named), which is not there",
          expected: "an entry of it")
      }
    }
  }
}

extension Commit {
  fileprivate var facts: String {
    "made at \(committedAt.map { "\($0)" } ?? "an unknown time"), first parent \(firstParent ?? "unknown")"
  }
}

extension RecordedCheck {
  fileprivate init(id: Int64, _ verdict: RecordedVerdict, over runs: [SHA256Digest], at time: Timestamp) {
    self.init(
      id: id, recordedAt: time, verdict: verdict.verdict, exitCode: verdict.exitCode, commit: verdict.commit,
      environment: verdict.environment, runs: runs.sorted())
  }

  fileprivate var words: String {
    "\(verdict) (\(exitCode)) at \(recordedAt) on commit \(commit.sha) in \(environment.name ?? "no name") "
      + "\(environment.sizing.isEmpty ? "unknown" : FlatJSON.text(environment.sizing)) over "
      + "\(runs.map(\.description).joined(separator: " "))"
  }
}
