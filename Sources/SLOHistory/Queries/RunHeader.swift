package import SLOModel
package import SLOSupport

/// What a history says of a run without its values: enough to list it.
package struct RunHeader: Sendable, Hashable {
  /// `Run.id`.
  package var id: SHA256Digest
  /// The service measured.
  package var service: String
  /// The profile.
  package var profile: String
  /// The commit measured.
  package var commit: Commit
  /// The sizing it was measured at, conditions included.
  package var environment: Environment
  /// Tuning knobs and versions.
  package var settings: [String: String]
  /// Where the result came from.
  package var source: Reading.Source
  /// When the measured run started, where that is known.
  package var startedAt: Timestamp?
  /// When it was recorded.
  package var recordedAt: Timestamp
  /// Why the run gave no values; nil for a good run.
  package var failure: String?
  /// How many values it had when it was recorded.
  package var measured: Int
  /// Whether its values were pruned.
  package var isPruned: Bool
  /// Why it is held, and so never pruned; nil for a run that is not.
  package var hold: String?

  /// Creates a header.
  package init(
    id: SHA256Digest, service: String, profile: String, commit: Commit, environment: Environment,
    settings: [String: String], source: Reading.Source, startedAt: Timestamp?, recordedAt: Timestamp,
    failure: String?, measured: Int, isPruned: Bool, hold: String?
  ) {
    self.id = id
    self.service = service
    self.profile = profile
    self.commit = commit
    self.environment = environment
    self.settings = settings
    self.source = source
    self.startedAt = startedAt
    self.recordedAt = recordedAt
    self.failure = failure
    self.measured = measured
    self.isPruned = isPruned
    self.hold = hold
  }
}

/// Which runs are asked for. What is left out restricts nothing.
package struct RunFilter: Sendable, Hashable {
  /// The service.
  package var service: String?
  /// The profile.
  package var profile: String?
  /// The branch.
  package var branch: String?
  /// `Environment.fingerprint` of the sizing, conditions included.
  package var environmentFingerprint: String?
  /// The name the sizing was last recorded under.
  package var environmentName: String?
  /// Facts of the sizing, all of them.
  package var sizing: [String: String] = [:]
  /// The commit, or the beginning of its SHA.
  package var commit: String?
  /// The beginning of the run's id, in hexadecimal digits.
  package var run: String?
  /// Only runs recorded at this time or later.
  package var since: Timestamp?
  /// The most runs to give, the newest ones.
  package var limit: Int?

  /// Asks for every run.
  package init() {}
}

/// Reads the headers of runs, inside a transaction that `History` has begun.
struct HeaderReader {
  let database: Database
  let filter: RunFilter

  /// The headers of the runs that the filter lets through, the last recorded first.
  func headers() throws(SQLiteError) -> [RunHeader] {
    let journal = Journal(database: database)
    let holds = try Holds(journal)
    let pruned = try journal.isKept() ? "runs.pruned, pruned_at" : "0, NULL"
    let (conditions, values) = try restrictions()
    let row = try database.prepare(
      """
      SELECT digest, service, profile, runs.sha, branch, committed_at, first_parent, environment_name, sizing,
        settings, source_path, source_format, source_sha256, source_part, started_at, recorded_at, failure,
        measured, \(pruned)
      FROM runs JOIN cohorts ON cohorts.id = cohort JOIN environments ON environments.id = environment
        JOIN commits ON commits.sha = runs.sha
      \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
      ORDER BY recorded_at DESC, digest LIMIT \(filter.limit ?? -1)
      """)
    try row.bind(values)
    var headers: [RunHeader] = []
    while try row.step() { headers.append(try header(row, holds)) }
    return headers
  }

  private func header(_ row: borrowing Statement, _ holds: Holds) throws(SQLiteError) -> RunHeader {
    let id = try row.digest(0)
    return RunHeader(
      id: id, service: row.text(1), profile: row.text(2),
      commit: Commit(
        sha: row.text(3), branch: row.optionalText(4), committedAt: try row.time(5),
        firstParent: row.optionalText(6)),
      environment: Environment(name: row.optionalText(7), sizing: try row.words(8, "sizing")),
      settings: try row.words(9, "settings"),
      source: Reading.Source(
        path: row.text(10), format: row.text(11), sha256: row.text(12), part: try row.count(13)),
      startedAt: try row.time(14), recordedAt: try row.knownTime(15),
      failure: row.optionalText(16), measured: try row.count(17) + row.count(18), isPruned: !row.isNull(19),
      hold: holds.reason(id))
  }

  private func restrictions() throws(SQLiteError) -> (conditions: [String], values: [Value]) {
    var conditions: [String] = []
    var values: [Value] = []
    func restrict(_ column: String, _ relation: String, _ value: Value) {
      values.append(value)
      conditions.append("\(column) \(relation) ?\(values.count)")
    }
    if let branch = filter.branch { restrict("branch", "=", .text(branch)) }
    if let since = filter.since { restrict("recorded_at", ">=", .integer(since.milliseconds)) }
    if let commit = filter.commit {
      restrict("runs.sha", ">=", .text(commit))
      restrict("runs.sha", "<", .text(commit + "\u{10FFFF}"))
    }
    if let run = filter.run {
      restrict("hex(digest)", "LIKE", .text(run + "%"))
    }
    if filter.restrictsCohorts {
      conditions.append("cohort IN (\(try cohorts().map(String.init).joined(separator: ", ")))")
    }
    return (conditions, values)
  }

  /// Cohorts are few, and their sizing is JSON: they are looked through here.
  private func cohorts() throws(SQLiteError) -> [Int64] {
    let row = try database.prepare(
      """
      SELECT cohorts.id, service, profile, fingerprint, name, sizing
      FROM cohorts JOIN environments ON environments.id = environment
      """)
    try row.bind()
    var found: [Int64] = []
    while try row.step() {
      let sizing = try row.words(5, "sizing")
      let isMeant =
        (filter.service ?? row.text(1)) == row.text(1) && (filter.profile ?? row.text(2)) == row.text(2)
        && (filter.environmentFingerprint ?? row.text(3)) == row.text(3)
        && (filter.environmentName == nil || filter.environmentName == row.optionalText(4))
        && filter.sizing.allSatisfy { sizing[$0.key] == $0.value }
      if isMeant { found.append(row.integerOrZero(0)) }
    }
    return found
  }
}

extension RunFilter {
  fileprivate var restrictsCohorts: Bool {
    service != nil || profile != nil || environmentFingerprint != nil || environmentName != nil
      || !sizing.isEmpty
  }
}
