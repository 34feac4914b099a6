internal import SLOSupport
internal import SLOModel
internal import SLOStatistics

/// Writes runs and verdicts, inside a transaction that `History` has begun.
struct Recorder {
  let database: Database
  let now: Timestamp

  /// Writes a run unless it is there, and that it was recorded. One that was pruned stays so.
  /// - Returns: whether it was new.
  func record(_ run: Run, id digest: SHA256Digest, _ digests: RunDigests) throws(SQLiteError) -> Bool {
    try learn(run.commit)
    let isNew = try database.integer("SELECT 1 FROM runs WHERE digest = ?1", .blob(digest.bytes)) == nil
    if isNew {
      try insert(run, id: digest, measured: run.reading.measurements.count)
      try insertValues(of: run, id: digest)
      try journal.append(.record, Subject.record(run, id: digest, digests), at: now)
    }
    try placeRuns(of: run.commit)
    return isNew
  }

  /// Writes a run without its values, in place of what stood under its id.
  /// - Parameter measured: how many values it has, or had.
  func insert(_ run: Run, id digest: SHA256Digest, measured: Int) throws(SQLiteError) {
    let reading = run.reading
    try database.run(
      """
      INSERT INTO runs(
        digest, cohort, sha, branch, position, started_at, recorded_at, failure, measured, environment_name,
        source_path, source_format, source_sha256, source_part, tool_version, duration,
        settings, conditions, facts, endpoint_tags, notices)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
      ON CONFLICT(digest) DO UPDATE SET
        branch = excluded.branch, started_at = excluded.started_at, failure = excluded.failure,
        measured = excluded.measured, environment_name = excluded.environment_name,
        source_path = excluded.source_path, source_format = excluded.source_format,
        tool_version = excluded.tool_version, duration = excluded.duration, settings = excluded.settings,
        conditions = excluded.conditions, facts = excluded.facts, endpoint_tags = excluded.endpoint_tags,
        notices = excluded.notices
      """,
      .blob(digest.bytes), .integer(try cohort(of: run)), .text(run.commit.sha), .text(run.commit.branch),
      .integer((reading.startedAt ?? now).milliseconds), .integer(reading.startedAt?.milliseconds),
      .integer(now.milliseconds), .text(reading.failure), .integer(Int64(measured)),
      .text(run.environment.name), .text(reading.source.path), .text(reading.source.format),
      .text(reading.source.sha256), .integer(Int64(reading.source.part)), .text(reading.toolVersion),
      .real(reading.duration), .text(FlatJSON.text(run.settings)), .text(FlatJSON.text(reading.conditions)),
      .text(FlatJSON.text(reading.facts)), .text(FlatJSON.text(reading.recordedTags)),
      .text(FlatJSON.text(reading.remarks)))
  }

  /// Writes the values of a run that is there without them.
  func insertValues(of run: Run, id digest: SHA256Digest) throws(SQLiteError) {
    let row = try database.prepare("SELECT id, cohort FROM runs WHERE digest = ?1")
    try row.bind(.blob(digest.bytes))
    guard try row.step() else { return }
    let (id, cohort) = (row.integerOrZero(0), row.integerOrZero(1))
    try ValueStore(database: database).insert(run.reading.measurements, run: id, cohort: cohort)
    try insert(run.reading.distributions, run: id, cohort: cohort)
    try insert(run.reading.thresholds, run: id)
  }

  /// Deletes the values of a run.
  func deleteValues(of digest: SHA256Digest) throws(SQLiteError) {
    let row = try database.prepare("SELECT id, cohort FROM runs WHERE digest = ?1")
    try row.bind(.blob(digest.bytes))
    guard try row.step() else { return }
    let (run, cohort) = (row.integerOrZero(0), row.integerOrZero(1))
    try ValueStore(database: database).deleteValues(run: run, cohort: cohort)
    try database.run("DELETE FROM thresholds WHERE run = ?1", .integer(run))
  }

  /// Writes a verdict over runs that are in the history, and that it was given.
  func record(_ verdict: RecordedVerdict, over runs: [SHA256Digest]) throws(SQLiteError) {
    try learn(verdict.commit)
    let subject = Subject.verdict(verdict, over: runs, by: Tool.description)
    let entry = try journal.append(.verdict, subject, at: now)
    try insert(verdict, over: runs, entry: entry)
  }

  /// Writes the verdict of an entry.
  func insert(
    _ verdict: RecordedVerdict, over runs: [SHA256Digest], entry: SHA256Digest
  ) throws(SQLiteError) {
    try know(Commit(sha: verdict.commit.sha))
    let environment = try environment(verdict.environment)
    let id = try database.integer(
      """
      INSERT INTO verdicts(recorded_at, sha, environment, verdict, exit_code, entry, environment_name)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7) RETURNING id
      """,
      .integer(now.milliseconds), .text(verdict.commit.sha), .integer(environment), .text(verdict.verdict),
      .integer(Int64(verdict.exitCode)), .blob(entry.bytes), .text(verdict.environment.name))
    let statement = try database.prepare(
      "INSERT OR IGNORE INTO verdict_runs(verdict, run) SELECT ?1, id FROM runs WHERE digest = ?2")
    for run in runs { try statement.run(.integer(id), .blob(run.bytes)) }
  }

  private var journal: Journal { Journal(database: database) }

  /// Keeps what is known of a commit, and writes down what was not known before.
  func learn(_ commit: Commit) throws(SQLiteError) {
    let facts = commit.isKnown ? commit : Commit(sha: commit.sha)
    if try know(facts), facts.hasFacts { try journal.append(.commit, Subject.commit(facts), at: now) }
  }

  // What is known of a commit is known for all its runs. Two recordings that disagree cannot both be right;
  // taking the smaller keeps the result independent of their order.

  /// Keeps what is known of a commit.
  /// - Returns: whether any of it is new.
  @discardableResult
  func know(_ commit: Commit) throws(SQLiteError) -> Bool {
    try database.integer(
      """
      INSERT INTO commits(sha, committed_at, first_parent) VALUES(?1, ?2, ?3)
      ON CONFLICT DO UPDATE SET
        committed_at = coalesce(min(committed_at, excluded.committed_at), committed_at, excluded.committed_at),
        first_parent = coalesce(min(first_parent, excluded.first_parent), first_parent, excluded.first_parent)
      WHERE committed_at IS NULL AND excluded.committed_at IS NOT NULL
        OR excluded.committed_at < committed_at
        OR first_parent IS NULL AND excluded.first_parent IS NOT NULL
        OR excluded.first_parent < first_parent
      RETURNING 1
      """,
      .text(commit.sha), .integer(commit.committedAt?.milliseconds), .text(commit.firstParent)) != nil
  }

  // All runs of a commit stand where the commit stands: at its commit time, else at its earliest run.
  func placeRuns(of commit: Commit) throws(SQLiteError) {
    guard commit.isKnown else { return }
    let position = try database.integer(
      """
      SELECT coalesce(
        (SELECT committed_at FROM commits WHERE sha = ?1),
        (SELECT min(coalesce(started_at, recorded_at)) FROM runs WHERE sha = ?1))
      """, .text(commit.sha))
    try database.run(
      "UPDATE runs SET position = ?2 WHERE sha = ?1 AND position <> ?2", .text(commit.sha), .integer(position)
    )
  }

  /// Gives every environment the name it was last recorded under.
  func nameEnvironments() throws(SQLiteError) {
    try database.execute(
      """
      UPDATE environments SET name = (
        SELECT name FROM (
          SELECT environment, environment_name AS name, recorded_at
          FROM runs JOIN cohorts ON cohorts.id = cohort
          UNION ALL SELECT environment, environment_name, recorded_at FROM verdicts)
        WHERE environment = environments.id AND name IS NOT NULL ORDER BY recorded_at DESC, name LIMIT 1)
      """)
  }

  private func cohort(of run: Run) throws(SQLiteError) -> Int64 {
    let environment = try environment(run.environment)
    try database.run(
      "INSERT INTO cohorts(service, profile, environment) VALUES(?1, ?2, ?3) ON CONFLICT DO NOTHING",
      .text(run.service), .text(run.profile), .integer(environment))
    return try database.id(
      "SELECT id FROM cohorts WHERE service = ?1 AND profile = ?2 AND environment = ?3",
      .text(run.service), .text(run.profile), .integer(environment))
  }

  private func environment(_ environment: Environment) throws(SQLiteError) -> Int64? {
    let fingerprint = environment.fingerprint
    try database.run(
      """
      INSERT INTO environments(fingerprint, name, sizing) VALUES(?1, ?2, ?3)
      ON CONFLICT DO UPDATE SET name = excluded.name
      WHERE excluded.name IS NOT NULL AND excluded.name IS NOT name
      """,
      .text(fingerprint), .text(environment.name), .text(FlatJSON.text(environment.sizing)))
    return try database.integer("SELECT id FROM environments WHERE fingerprint = ?1", .text(fingerprint))
  }

  private func insert(
    _ distributions: [Distribution], run: Int64, cohort: Int64
  ) throws(SQLiteError) {
    let series = try database.prepare(
      """
      INSERT INTO distribution_series(cohort, endpoint, metric, unit, better) VALUES(?1, ?2, ?3, ?4, ?5)
      ON CONFLICT DO NOTHING
      """)
    let insert = try database.prepare(
      """
      INSERT INTO distributions(series, run, place, sketch)
      SELECT id, ?6, ?7, ?8 FROM distribution_series
      WHERE cohort = ?1 AND endpoint = ?2 AND metric = ?3 AND unit = ?4 AND better = ?5
      """)
    for (place, distribution) in distributions.enumerated() {
      let key: [Value] = [
        .integer(cohort), .text(distribution.endpoint), .text(distribution.metric),
        .text(distribution.unit.rawValue), .text(distribution.better?.rawValue ?? "neither"),
      ]
      try series.run(key)
      try insert.run(
        key + [.integer(run), .integer(Int64(place)), .blob(distribution.sketch.encoded)])
    }
  }

  private func insert(_ thresholds: [Reading.Threshold], run: Int64) throws(SQLiteError) {
    let statement = try database.prepare(
      """
      INSERT INTO thresholds(run, place, endpoint, metric, expression, passed) VALUES(?1, ?2, ?3, ?4, ?5, ?6)
      """)
    for (place, threshold) in thresholds.enumerated() {
      try statement.run(
        .integer(run), .integer(Int64(place)), .text(threshold.endpoint), .text(threshold.metric),
        .text(threshold.expression), .integer(threshold.passed.map { $0 ? 1 : 0 }))
    }
  }
}
