import SLOModel

/// The names that a candidate's endpoints may have had, so that what was recorded under them is not missed.
struct FormerNames {
  /// The endpoints that may have had a name, and whether one of both names has the host.
  private var owners: [String: [(endpoint: String, tellsHost: Bool)]] = [:]
  private let endpoints: [String: EndpointIdentity]
  private let measured: [String: Set<String>]

  /// Looks at what a candidate measured.
  init(_ endpoints: [String: EndpointIdentity], measured: [String: Set<String>]) {
    (self.endpoints, self.measured) = (endpoints, measured)
    for (endpoint, identity) in endpoints {
      let hasHost = identity.names(withHost: true).contains(endpoint)
      for withHost in [false, true] {
        for name in identity.names(withHost: withHost).subtracting([endpoint]) {
          owners[name, default: []].append((endpoint, withHost || hasHost))
        }
      }
    }
  }

  /// Whether the candidate has a metric that a run recorded under another name.
  /// - Parameter recorded: what the run recorded of the endpoint; nil where nothing is known of it.
  func hasOther(nameFor endpoint: String, _ metric: String, _ recorded: EndpointIdentity?) -> Bool {
    if endpoint == Series.wholeRun {
      let name = MetricName(parsing: metric)
      guard name.tags.count == 1, let (tag, value) = name.tags.first else { return false }
      return endpoints[value]?.tag == tag && has(name.base, at: value)
    }
    guard let recorded else { return false }
    if let tag = recorded.tag,
      has(MetricName(base: metric, tags: [tag: endpoint]).description, at: Series.wholeRun)
    {
      return true
    }
    return (owners[endpoint] ?? []).contains { owner, tellsHost in
      has(metric, at: owner)
        && endpoints[owner]?.isAddress(of: recorded, tellingHost: tellsHost) == true
    }
  }

  private func has(_ metric: String, at endpoint: String) -> Bool {
    measured[endpoint]?.contains(metric) == true
  }
}

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
