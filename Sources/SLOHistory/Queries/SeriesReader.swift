import SLOModel
import SLOStatistics

/// Reads the series of one cohort that a query asks for, over some commits.
struct SeriesReader {
  let database: Database
  let cohort: NamedCohort
  let references: References
  let query: SeriesQuery

  private struct Key: Hashable {
    var series: Series
    var unit: MetricUnit
  }

  /// Where the values of a series lie: the addresses of its entries in the dictionaries, the first first.
  private struct Sources {
    var better: Direction?
    /// Several where the better direction was once another, or where the series has two names.
    var measured: [Int64] = []
    var sketched: [Int64] = []

    var start: Int64 { measured.first ?? 0 }
  }

  /// The series that have any value, in order.
  func histories() throws(SQLiteError) -> [SeriesHistory] {
    guard !references.runs.isEmpty else { return [] }
    let sources = try sources()
    var reader = try ValueReader(
      database: database, cohort: cohort.id, references: references,
      wanted: sources.values.flatMap(\.measured))
    let blocked = try BlockedRuns(references, in: database)
    var histories: [SeriesHistory] = []
    // As they lie in the file, so that each tile is read once.
    for (key, sources) in sources.sorted(by: { $0.value.start < $1.value.start }) {
      var found: [ReferenceValue.Repetition?] = []
      for address in sources.measured { found.fillGaps(from: try reader.values(at: address)) }
      let estimates = try estimates(of: key.series.statistic, from: sources.sketched, besides: found)
      found.fillGaps(from: estimates)
      let values = references.grouped(found, of: [key.series], blockedIn: blocked)
      guard !values.isEmpty else { continue }
      histories.append(
        SeriesHistory(
          series: key.series, unit: key.unit, better: sources.better, values: values,
          isEstimated: estimates.contains { $0 != nil }))
    }
    return histories.sorted { left, right in
      left.series == right.series
        ? left.unit.rawValue < right.unit.rawValue : left.series < right.series
    }
  }

  /// What the sketches say of a percentile in the runs that have no value of it.
  private func estimates(
    of statistic: Statistic, from sketched: [Int64], besides found: [ReferenceValue.Repetition?]
  ) throws(SQLiteError) -> [ReferenceValue.Repetition?] {
    guard let percentile = statistic.percentile, !sketched.isEmpty else { return [] }
    let reader = DistributionReader(database: database)
    var estimates = [ReferenceValue.Repetition?](repeating: nil, count: references.runs.count)
    for index in estimates.indices where found.isEmpty || found[index] == nil {
      for id in sketched where estimates[index] == nil {
        guard let sketch = try reader.sketch(ofSeries: id, run: references.runs[index].run.id),
          let value = sketch.quantile(percentile / 100), value.isFinite
        else { continue }
        estimates[index] = ReferenceValue.Repetition(value: value, samples: sketch.count)
      }
    }
    return estimates
  }
}

/// What the dictionaries have of what is asked for.
extension SeriesReader {
  private func sources() throws(SQLiteError) -> [Key: Sources] {
    let dictionary = try SeriesDictionary(database: database, cohort: cohort.id)
    var sources: [Key: Sources] = [:]
    for endpoint in endpoints {
      for figure in figures {
        for statistic in figure.map(\.statistic.names) ?? [nil] {
          let entries = try dictionary.measured(
            endpoint: endpoint, metric: figure?.metric, statistic: statistic)
          for entry in entries.newestFirst where isAsked(entry.endpoint) {
            sources[key(of: entry, as: figure), default: Sources(better: entry.better)].measured
              .append(entry.address)
          }
        }
        guard let figure, figure.statistic.percentile != nil else { continue }
        let entries = try dictionary.sketched(endpoint: endpoint, metric: figure.metric)
        for entry in entries.newestFirst
        where isAsked(entry.endpoint) {
          sources[key(of: entry, as: figure), default: Sources(better: entry.better)].sketched
            .append(entry.address)
        }
      }
    }
    return sources
  }

  /// The endpoints to look up; nil: all, to be matched one by one.
  private var endpoints: [String?] {
    let isEachNamed = !query.endpoints.isEmpty && query.endpoints.allSatisfy(\.isExact)
    return isEachNamed ? Array(Set(query.endpoints.map(\.text))) : [nil]
  }

  /// The figures to look up; nil: all.
  private var figures: [MetricFigure?] { query.figures.isEmpty ? [nil] : Array(Set(query.figures)) }

  private func isAsked(_ endpoint: String) -> Bool {
    query.endpoints.isEmpty || query.endpoints.contains { $0.matches(endpoint) }
  }

  private func key(of entry: SeriesDictionary.Entry, as figure: MetricFigure?) -> Key {
    let statistic = figure?.statistic ?? entry.statistic ?? Statistic(rawValue: "")
    let series = Series(
      profile: cohort.profile, endpoint: entry.endpoint, metric: entry.metric, statistic: statistic)
    return Key(series: series, unit: entry.unit)
  }
}

extension [SeriesDictionary.Entry] {
  /// The newest first, whose better direction is the one that counts.
  var newestFirst: [SeriesDictionary.Entry] { sorted { $0.address > $1.address } }
}

extension Statistic {
  /// Every name of the same figure, this one first.
  fileprivate var names: [Statistic?] {
    switch self {
    case .median: [.median, .p50]
    case .p50: [.p50, .median]
    default: [self]
    }
  }
}

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
