package import SLOModel
package import SLOSupport

extension History {
  /// The recorded series that are asked for, commit by commit.
  ///
  /// Only runs that others may be compared with count: of a known commit, not failed, with values. A percentile
  /// that a run did not measure, but whose samples it kept a sketch of, is read off the sketch, one value a run.
  /// `med` and `p50` are the same figure and stand in for each other.
  /// - Returns: every cohort that has anything of what is asked, by service and profile; of several sizings the
  ///   one recorded last is first.
  package func cohorts(_ query: SeriesQuery) throws(HistoryError) -> [CohortHistory] {
    try read { () throws(SQLiteError) in
      let reader = CohortReader(database: database, query: query)
      var histories: [CohortHistory] = []
      for cohort in try reader.cohorts() {
        let references = try reader.references(of: cohort)
        let series = try SeriesReader(
          database: database, cohort: cohort, references: references, query: query
        ).histories()
        guard !series.isEmpty else { continue }
        histories.append(
          CohortHistory(
            service: cohort.service, profile: cohort.profile, environment: cohort.environment,
            commits: references.commits, series: series))
      }
      return histories
    }
  }

  /// The distributions of one metric of one endpoint, commit by commit: for the shift of any quantile.
  /// - Parameters:
  ///   - query: which runs; its endpoints and figures do not matter.
  ///   - endpoint: the endpoint, or `Series.wholeRun`.
  ///   - metric: the metric, spelled as in `Series.metric`.
  /// - Returns: every cohort that has any, in the order of `cohorts`; one for each unit the metric was recorded in.
  package func distributions(
    _ query: SeriesQuery, endpoint: String, metric: String
  ) throws(HistoryError) -> [DistributionHistory] {
    try read { () throws(SQLiteError) in
      let reader = CohortReader(database: database, query: query)
      var histories: [DistributionHistory] = []
      for cohort in try reader.cohorts() {
        let entries = try SeriesDictionary(database: database, cohort: cohort.id)
          .sketched(endpoint: endpoint, metric: metric).newestFirst
        guard !entries.isEmpty else { continue }
        let references = try reader.references(of: cohort)
        for unit in MetricUnit.allCases {
          let entries = entries.filter { $0.unit == unit }
          let distributions = try DistributionReader(database: database)
            .distributions(of: references, series: entries.map(\.address))
          guard let entry = entries.first, !distributions.isEmpty else { continue }
          histories.append(
            DistributionHistory(
              service: cohort.service, profile: cohort.profile, environment: cohort.environment,
              endpoint: endpoint, metric: metric, unit: unit, better: entry.better,
              distributions: distributions))
        }
      }
      return histories
    }
  }
}

/// Which runs and verdicts there are.
extension History {
  /// The runs that a filter lets through without their values, the last recorded first.
  package func runHeaders(_ filter: RunFilter) throws(HistoryError) -> [RunHeader] {
    try read { () throws(SQLiteError) in try HeaderReader(database: database, filter: filter).headers() }
  }

  /// Runs as they were recorded, in the order asked for; those that are not in the history are left out.
  package func runs(_ ids: [SHA256Digest]) throws(HistoryError) -> [Run] {
    try read { () throws(SQLiteError) in
      let reader = RunReader(database: database)
      var runs: [Run] = []
      for id in ids { if let run = try reader.run(id) { runs.append(run) } }
      return runs
    }
  }

  /// The services that anything was recorded of, by name.
  package func services() throws(HistoryError) -> [String] {
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
  package func checks(limit: Int? = nil, commit: String? = nil) throws(HistoryError) -> [RecordedCheck] {
    try checks(where: commit == nil ? "" : "WHERE sha = ?1", commit.map { [.text($0)] } ?? [], limit: limit)
  }

  /// The verdicts over a run, the last first.
  package func checks(of run: SHA256Digest) throws(HistoryError) -> [RecordedCheck] {
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
      let hasJournal = try Journal(database: database).isKept()
      let row = try database.prepare(
        """
        SELECT verdicts.id, recorded_at, verdict, exit_code, sha, committed_at, first_parent, name, sizing,
          \(hasJournal ? "ifnull((SELECT subject FROM journal WHERE hash = verdicts.entry), '{}')" : "'{}'")
        FROM verdicts JOIN commits USING (sha) JOIN environments ON environments.id = environment
        \(condition) ORDER BY recorded_at DESC, verdicts.id DESC LIMIT \(limit ?? -1)
        """)
      try row.bind(values)
      var checks: [RecordedCheck] = []
      while try row.step() {
        try runs.bind(.integer(row.integerOrZero(0)))
        var check = try RecordedCheck(row)
        while try runs.step() { check.runs.append(try runs.digest(0)) }
        check.learn(from: try row.words(9, "subject"))
        checks.append(check)
      }
      return checks
    }
  }
}

extension History {
  /// The profiles that were ever recorded of a service.
  package func profiles(of service: String) throws(HistoryError) -> Set<String> {
    try read { () throws(SQLiteError) in
      let row = try database.prepare("SELECT DISTINCT profile FROM cohorts WHERE service = ?1")
      try row.bind(.text(service))
      var profiles: Set<String> = []
      while try row.step() { profiles.insert(row.text(0)) }
      return profiles
    }
  }

  /// The series that were ever recorded of a service, in order; those too of which every value was pruned since.
  package func series(of service: String) throws(HistoryError) -> [Series] {
    try read { () throws(SQLiteError) in
      let row = try database.prepare(
        """
        SELECT DISTINCT profile, endpoint, metric, statistic
        FROM cohorts JOIN series ON series.cohort = cohorts.id WHERE service = ?1
        """)
      try row.bind(.text(service))
      var series: [Series] = []
      while try row.step() {
        guard let statistic = try row.statistic(3) else { throw .unexpected("nothing", in: "statistic") }
        series.append(
          Series(profile: row.text(0), endpoint: row.text(1), metric: row.text(2), statistic: statistic))
      }
      return series.sorted()
    }
  }
}

extension History {
  /// The commits of a service that the same result was recorded for: a file of another build that still lay there.
  /// - Parameters:
  ///   - sources: `Reading.Source.sha256` of the results.
  ///   - service: the service measured.
  ///   - end: what was recorded later does not count.
  /// - Returns: the known commits by source, the last recorded first; a source that was not recorded has none.
  package func commits(
    measuredBy sources: Set<String>, service: String, until end: Timestamp
  ) throws(HistoryError) -> [String: [Commit]] {
    try read { () throws(SQLiteError) in
      let row = try database.prepare(
        """
        SELECT sha, branch, committed_at, first_parent
        FROM runs JOIN commits USING (sha) JOIN cohorts ON cohorts.id = cohort
        WHERE source_sha256 = ?1 AND service = ?2 AND recorded_at <= ?3 AND sha <> 'unknown'
        ORDER BY recorded_at DESC, sha
        """)
      var found: [String: [Commit]] = [:]
      for source in sources {
        try row.bind(.text(source), .text(service), .integer(end.milliseconds))
        while try row.step() {
          let commit = Commit(
            sha: row.text(0), branch: row.optionalText(1), committedAt: try row.time(2),
            firstParent: row.optionalText(3))
          if found[source, default: []].contains(where: { $0.sha == commit.sha }) { continue }
          found[source, default: []].append(commit)
        }
      }
      return found
    }
  }
}
