internal import SLOModel

/// Builds the reference window of one query, inside a transaction that `History` has begun.
struct WindowReader {
  let database: Database
  let query: WindowQuery

  /// The window: the runs of the candidate's cohort that may be its reference, and their values.
  func window() throws(SQLiteError) -> ReferenceWindow {
    var window = ReferenceWindow()
    guard let cohort = try cohorts(accountingIn: &window.skipped) else { return window }
    let references = try ReferenceReader(database: database, query: query, cohort: cohort)
      .references(accountingIn: &window.skipped)
    window.commits = references.commits
    window.values = try ValueReader(database: database, cohort: cohort.id, references: references)
      .values(of: query)
    return window
  }

  /// The distributions of one metric in the runs that may be the candidate's reference.
  func distributions(
    endpoint: String, metric: String, unit: Unit
  ) throws(SQLiteError) -> [ReferenceDistribution] {
    var skipped = SkippedRuns()
    guard let cohort = try cohorts(accountingIn: &skipped) else { return [] }
    let references = try ReferenceReader(database: database, query: query, cohort: cohort)
      .references(accountingIn: &skipped)
    return try DistributionReader(database: database)
      .distributions(of: references, cohort: cohort.id, endpoint: endpoint, metric: metric, unit: unit)
  }

  /// Counts the cohorts that may not be compared with the candidate, and finds the one that may.
  private func cohorts(accountingIn skipped: inout SkippedRuns) throws(SQLiteError) -> Cohort? {
    let row = try database.prepare(
      """
      SELECT cohorts.id, runs, unnamed, failed, empty, newest, fingerprint, name, sizing
      FROM cohorts JOIN environments ON environments.id = environment
      WHERE service = ?1 AND profile = ?2 ORDER BY newest DESC, fingerprint
      """)
    try row.bind(.text(query.service), .text(query.profile))
    var own: Cohort?
    while try row.step() {
      let cohort = Cohort(row)
      switch row.text(6) {
      case Environment.unknown.fingerprint: skipped[.unknownEnvironment] += cohort.runs
      case query.environmentFingerprint: own = cohort
      default:
        skipped[.otherSizing] += cohort.runs
        try name(row, in: &skipped)
      }
    }
    return own
  }

  private func name(_ row: borrowing Statement, in skipped: inout SkippedRuns) throws(SQLiteError) {
    guard skipped.otherSizings.count < SkippedRuns.sizingLimit else { return }
    skipped.otherSizings.append(
      SkippedRuns.OtherSizing(
        environment: Environment(name: row.optionalText(7), sizing: try row.words(8, "sizing")),
        runs: row.count(1), newest: Timestamp(milliseconds: row.integerOrZero(5))))
  }
}

/// The runs of one service under one profile in one environment, counted.
struct Cohort {
  let id: Int64
  let runs: Int
  let unnamed: Int
  let failed: Int
  let empty: Int

  /// Reads the first five columns of a row.
  init(_ row: borrowing Statement) {
    id = row.integerOrZero(0)
    runs = row.count(1)
    unnamed = row.count(2)
    failed = row.count(3)
    empty = row.count(4)
  }

  /// Runs that can be a reference for others.
  var usable: Int { runs - unnamed - failed - empty }
}
