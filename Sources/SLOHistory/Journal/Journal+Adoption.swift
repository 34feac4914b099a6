internal import SLOSupport
internal import SLOModel

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
