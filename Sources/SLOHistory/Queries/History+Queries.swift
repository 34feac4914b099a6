internal import SLOModel

extension History {
  /// The recorded series that are asked for, commit by commit.
  ///
  /// Only runs that others may be compared with count: of a known commit, not failed, with values. A percentile
  /// that a run did not measure, but whose samples it kept a sketch of, is read off the sketch, one value a run.
  /// `med` and `p50` are the same figure and stand in for each other.
  /// - Returns: every cohort that has anything of what is asked, by service and profile; of several sizings the
  ///   one recorded last stands first.
  public func cohorts(_ query: SeriesQuery) throws(HistoryError) -> [CohortHistory] {
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
  public func distributions(
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
        for unit in Unit.allCases {
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
