public import SLOSupport
public import SLOModel

/// Which runs and verdicts there are.
extension History {
  /// The runs that a filter lets through without their values, the last recorded first.
  public func runHeaders(_ filter: RunFilter) throws(HistoryError) -> [RunHeader] {
    try read { () throws(SQLiteError) in try HeaderReader(database: database, filter: filter).headers() }
  }

  /// Runs as they were recorded, in the order asked for; those that are not in the history are left out.
  public func runs(_ ids: [SHA256Digest]) throws(HistoryError) -> [Run] {
    try read { () throws(SQLiteError) in
      let reader = RunReader(database: database)
      var runs: [Run] = []
      for id in ids { if let run = try reader.run(id) { runs.append(run) } }
      return runs
    }
  }

  /// The services that anything was recorded of, by name.
  public func services() throws(HistoryError) -> [String] {
    try read { () throws(SQLiteError) in
      let row = try database.prepare("SELECT DISTINCT service FROM cohorts ORDER BY service")
      var services: [String] = []
      while try row.step() { services.append(row.text(0)) }
      return services
    }
  }

  /// The verdicts that were given, the last first.
  /// - Parameters:
  ///   - limit: the most to give; nil: all.
  ///   - commit: the commit they judged, by its full SHA; nil: any.
  public func checks(limit: Int? = nil, commit: String? = nil) throws(HistoryError) -> [RecordedCheck] {
    try checks(where: commit == nil ? "" : "WHERE sha = ?1", commit.map { [.text($0)] } ?? [], limit: limit)
  }

  /// The verdicts over a run, the last first.
  public func checks(of run: SHA256Digest) throws(HistoryError) -> [RecordedCheck] {
    let condition = """
      WHERE verdicts.id IN (SELECT verdict FROM verdict_runs JOIN runs ON runs.id = run WHERE digest = ?1)
      """
    return try checks(where: condition, [.blob(run.bytes)], limit: nil)
  }

  private func checks(
    where condition: String, _ values: [Value], limit: Int?
  ) throws(HistoryError) -> [RecordedCheck] {
    try read { () throws(SQLiteError) in
      let runs = try database.prepare(
        "SELECT digest FROM verdict_runs JOIN runs ON id = run WHERE verdict = ?1 ORDER BY digest")
      let row = try database.prepare(
        """
        SELECT verdicts.id, recorded_at, verdict, exit_code, sha, committed_at, first_parent, name, sizing
        FROM verdicts JOIN commits USING (sha) JOIN environments ON environments.id = environment
        \(condition) ORDER BY recorded_at DESC, verdicts.id DESC LIMIT \(limit ?? -1)
        """)
      try row.bind(values)
      var checks: [RecordedCheck] = []
      while try row.step() {
        try runs.bind(.integer(row.integerOrZero(0)))
        var check = try RecordedCheck(row)
        while try runs.step() { check.runs.append(try runs.digest(0)) }
        checks.append(check)
      }
      return checks
    }
  }
}
