public import SLOModel

extension History {
  /// The profiles that were ever recorded of a service.
  public func profiles(of service: String) throws(HistoryError) -> Set<String> {
    try read { () throws(SQLiteError) in
      let row = try database.prepare("SELECT DISTINCT profile FROM cohorts WHERE service = ?1")
      try row.bind(.text(service))
      var profiles: Set<String> = []
      while try row.step() { profiles.insert(row.text(0)) }
      return profiles
    }
  }

  /// The series that were ever recorded of a service, in order; those too of which every value was pruned since.
  public func series(of service: String) throws(HistoryError) -> [Series] {
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
