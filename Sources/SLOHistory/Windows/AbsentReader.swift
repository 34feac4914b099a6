internal import SLOModel

/// Reads what some commits measured of endpoints and metrics that a candidate has nothing of. A run like those before
/// it costs a look at the names alone.
struct AbsentReader {
  let database: Database
  let cohort: Int64
  let profile: String
  let references: References
  let endpoints: RecordedEndpoints
  let names: FormerNames

  /// The series that have a value in any of the commits, in order.
  /// - Parameter measured: the metrics of each endpoint that the candidate has.
  func histories(beside measured: [String: Set<String>]) throws(SQLiteError) -> [SeriesHistory] {
    guard !references.runs.isEmpty else { return [] }
    let dictionary = try SeriesDictionary(database: database, cohort: cohort)
    var entries: [SeriesDictionary.Entry] = []
    for (endpoint, metrics) in try dictionary.names() {
      for metric in metrics where measured[endpoint]?.contains(metric) != true {
        entries += try dictionary.measured(endpoint: endpoint, metric: metric, statistic: nil)
      }
    }
    guard !entries.isEmpty else { return [] }
    var reader = try ValueReader(
      database: database, cohort: cohort, references: references, wanted: entries.map(\.address))
    let blocked = try BlockedRuns(references, in: database)
    var histories: [SeriesHistory] = []
    for entry in entries.sorted(by: { $0.address < $1.address }) {
      guard let statistic = entry.statistic else { continue }
      let series = Series(
        profile: profile, endpoint: entry.endpoint, metric: entry.metric, statistic: statistic)
      let found = endpoints.missed(
        try reader.values(at: entry.address), of: entry.endpoint, entry.metric, names)
      let values = references.grouped(found, of: [series], blockedIn: blocked)
      guard !values.isEmpty else { continue }
      histories.append(
        SeriesHistory(series: series, unit: entry.unit, better: entry.better, values: values))
    }
    return histories.sorted { $0.series < $1.series }
  }
}
