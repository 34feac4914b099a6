package import SLOSupport
package import SLOModel

/// The past results of all services, in one SQLite file.
///
/// Many processes may use a file at once. A value belongs to one thread. When the last user of a file lets
/// go of it, everything is in that one file: a CI cache needs to save no other.
///
///     let history = try History.openExisting(path: path)
///     let window = try history?.window(WindowQuery(for: run, referenceBranch: "main"))
///     try (history ?? History.open(path: path)).record([run], verdict: nil, at: now)
package final class History {
  /// The file as it was named.
  package let path: String
  let database: Database

  /// How long to wait for other processes by default.
  package static let defaultBusyTimeout = Duration.seconds(30)

  init(path: String, database: Database) {
    self.path = path
    self.database = database
  }

  /// Opens a history to record into; makes the file, and the folders it lies in, when it is not there.
  package static func open(
    path: String, busyTimeout: Duration = defaultBusyTimeout
  ) throws(HistoryError) -> History {
    let file = HistoryFile(path: path, busyTimeout: busyTimeout)
    return History(path: path, database: try file.create())
  }

  /// Opens a history that is there. It can also be recorded into where the file can be written.
  /// - Returns: nil when there is no file, or one without any content.
  package static func openExisting(
    path: String, busyTimeout: Duration = defaultBusyTimeout
  ) throws(HistoryError) -> History? {
    let file = HistoryFile(path: path, busyTimeout: busyTimeout)
    return try file.openExisting().map { History(path: path, database: $0) }
  }

  /// Records runs, and the verdict over them, in one transaction: all of it, or on any error nothing.
  ///
  /// A run that the history knows stays as it was first recorded; the facts of its commit are completed.
  /// A verdict is an event, so a check that is repeated leaves another one.
  /// - Parameters:
  ///   - runs: the runs of one check, or any others.
  ///   - verdict: the verdict over `runs`.
  ///   - now: the time of the recording.
  @discardableResult
  package func record(
    _ runs: [Run], verdict: RecordedVerdict?, at now: Timestamp
  ) throws(HistoryError) -> Recording {
    for run in runs {
      guard let flaw = run.flaw else { continue }
      throw HistoryError(
        path: path, kind: .unrecordable, message: "refused \(run.reading.source.path): \(flaw)",
        remedy: "check the result file; nothing was recorded")
    }
    let ids = runs.map(\.id)
    let digests = runs.map(RunDigests.init)
    return try write { () throws(SQLiteError) in
      let recorder = Recorder(database: database, now: now)
      var recording = Recording()
      for (run, (id, digests)) in zip(runs, zip(ids, digests)) {
        if try recorder.record(run, id: id, digests) {
          recording.added.append(id)
        } else {
          recording.known.append(id)
        }
      }
      if let verdict { try recorder.record(verdict, over: ids) }
      return recording
    }
  }

  /// The past results that a candidate may be compared with.
  package func window(_ query: WindowQuery) throws(HistoryError) -> ReferenceWindow {
    try read { () throws(SQLiteError) in try WindowReader(database: database, query: query).window() }
  }

  /// Whether a run is recorded.
  package func contains(_ id: SHA256Digest) throws(HistoryError) -> Bool {
    try read { () throws(SQLiteError) in
      try database.integer("SELECT 1 FROM runs WHERE digest = ?1", .blob(id.bytes)) != nil
    }
  }

  /// A run as it was recorded, with all that is known of its commit; nil when it is not in the history.
  package func run(_ id: SHA256Digest) throws(HistoryError) -> Run? {
    try read { () throws(SQLiteError) in try RunReader(database: database).run(id) }
  }

  /// The distribution of one metric in one run.
  /// - Parameters:
  ///   - id: `Run.id`.
  ///   - endpoint: the endpoint, or `Series.wholeRun`.
  ///   - metric: the metric, spelled as in `Series.metric`.
  /// - Returns: nil where the run is not in the history, or was recorded without this distribution.
  package func distribution(
    of id: SHA256Digest, endpoint: String, metric: String
  ) throws(HistoryError) -> Distribution? {
    try read { () throws(SQLiteError) in
      try DistributionReader(database: database).distribution(of: id, endpoint: endpoint, metric: metric)
    }
  }

  /// The distributions of one metric in the past results that a candidate may be compared with.
  /// - Parameters:
  ///   - query: which results; its series do not matter.
  ///   - endpoint: the endpoint, or `Series.wholeRun`.
  ///   - metric: the metric, spelled as in `Series.metric`.
  ///   - unit: the unit they are compared in.
  /// - Returns: one for each commit of the window that has any, oldest first.
  package func distributions(
    _ query: WindowQuery, endpoint: String, metric: String, unit: MetricUnit
  ) throws(HistoryError) -> [ReferenceDistribution] {
    try read { () throws(SQLiteError) in
      try WindowReader(database: database, query: query)
        .distributions(endpoint: endpoint, metric: metric, unit: unit)
    }
  }

  /// How much the history holds.
  package func summary() throws(HistoryError) -> HistorySummary {
    try read { () throws(SQLiteError) in
      let row = try database.prepare("SELECT coalesce(sum(runs), 0), max(newest) FROM cohorts")
      return try row.step()
        ? HistorySummary(runs: try row.count(0), newest: try row.time(1))
        : HistorySummary(runs: 0, newest: nil)
    }
  }

  func read<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(HistoryError) -> Result {
    try attempt(.read, on: path) { () throws(SQLiteError) in try database.read(body) }
  }

  /// Writes in one transaction, to a file that is first brought to the newest version.
  func write<Result>(
    _ body: () throws(SQLiteError) -> Result
  ) throws(HistoryError) -> Result {
    try attempt(.write, on: path) { () throws(SQLiteError) in
      try database.write { () throws(SQLiteError) in
        try Schema.migrate(database)
        return try body()
      }
    }
  }
}
