internal import SLOSupport
internal import SLOModel

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

  /// Decisions that speak of nothing: a hold or prune of a run that nobody recorded, a release of no hold, a
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
