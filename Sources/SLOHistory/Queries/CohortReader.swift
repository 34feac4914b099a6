internal import SLOModel

/// A cohort by name.
struct NamedCohort {
  let id: Int64
  let service: String
  let profile: String
  let environment: Environment
}

/// Finds the cohorts a query asks for, and their commits, inside a transaction that `History` has begun.
struct CohortReader {
  let database: Database
  let query: SeriesQuery

  /// The cohorts by service and profile, the one recorded last first.
  func cohorts() throws(SQLiteError) -> [NamedCohort] {
    let row = try database.prepare(
      """
      SELECT cohorts.id, service, profile, name, sizing
      FROM cohorts JOIN environments ON environments.id = environment
      WHERE service = ifnull(?1, service) AND profile = ifnull(?2, profile)
        AND fingerprint = ifnull(?3, fingerprint)
      ORDER BY service, profile, newest DESC, fingerprint
      """)
    try row.bind(.text(query.service), .text(query.profile), .text(query.environmentFingerprint))
    var cohorts: [NamedCohort] = []
    while try row.step() {
      let environment = Environment(name: row.optionalText(3), sizing: try row.words(4, "sizing"))
      cohorts.append(
        NamedCohort(
          id: row.integerOrZero(0), service: row.text(1), profile: row.text(2), environment: environment))
    }
    return cohorts
  }

  /// The commits of a cohort that count, with their runs.
  func references(of cohort: NamedCohort) throws(SQLiteError) -> References {
    let reader = CommitReader(
      database: database, cohort: cohort.id, branches: query.branch.map { [$0] }, since: query.since,
      limit: max(0, query.limit ?? .max))
    guard let commits = query.commits else { return References(try reader.newest()) }
    return References(try reader.runs(of: commits).reversed())
  }
}
