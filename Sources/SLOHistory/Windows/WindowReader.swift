package import SLOModel

/// Which past results a candidate may be compared with.
package struct WindowQuery: Sendable {
  /// The service of the candidate.
  package var service: String
  /// The profile of the candidate. One query is one profile: series of another get no values.
  package var profile: String
  /// `Environment.fingerprint` of the candidate; `unknown` is compared with nothing.
  package var environmentFingerprint: String
  /// The candidate's commit, whose own runs are never its reference.
  package var commit: String
  /// The candidate's branch, nil where it is unknown.
  package var branch: String?
  /// The branch that references come from. Runs whose branch is unknown count only when the candidate's
  /// branch is unknown too.
  package var referenceBranch: String?
  /// The commits reachable from the merge base, newest first; nil where git does not know them. Only runs of
  /// these count, in this order. Each commit costs one look-up until the window is full, so a few hundred
  /// are plenty.
  package var ancestors: [String]?
  /// Only commits at this time or earlier, where git does not know the ancestors: the window of a check of then.
  package var until: Timestamp?
  /// The most commits to take, the newest ones.
  package var size: Int
  /// The series to fetch, with the unit they are compared in: values once measured in another unit are
  /// another series.
  package var series: [Series: MetricUnit]
  /// What the endpoints of these series are besides their names; values recorded of another thing of the same name
  /// are not theirs.
  package var endpoints: [String: EndpointIdentity] = [:]
  /// The metrics of each endpoint that the candidate has: what its references have of others is in
  /// `ReferenceWindow.absent`. Nil: not asked for.
  package var measured: [String: Set<String>]?

  /// How many commits a window holds by default.
  package static let defaultSize = 30

  /// Creates a query.
  package init(
    service: String, profile: String, environmentFingerprint: String, commit: String, branch: String?,
    referenceBranch: String?, ancestors: [String]? = nil, size: Int = WindowQuery.defaultSize,
    series: [Series: MetricUnit]
  ) {
    self.service = service
    self.profile = profile
    self.environmentFingerprint = environmentFingerprint
    self.commit = commit
    self.branch = branch
    self.referenceBranch = referenceBranch
    self.ancestors = ancestors
    self.size = size
    self.series = series
  }

  /// The query for a run that is being judged: for runs like it, and for the series given, else for every
  /// one it measured.
  package init(
    for run: Run, referenceBranch: String?, ancestors: [String]? = nil, size: Int = WindowQuery.defaultSize,
    series: [Series: MetricUnit]? = nil
  ) {
    let measured = run.reading.measurements.map { ($0.series, $0.unit) }
    self.init(
      service: run.service, profile: run.profile, environmentFingerprint: run.environment.fingerprint,
      commit: run.commit.sha, branch: run.commit.branch, referenceBranch: referenceBranch,
      ancestors: ancestors, size: size, series: series ?? Dictionary(measured) { first, _ in first })
    endpoints = EndpointIdentity.identities(of: run.reading)
  }
}

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
    let endpoints = try RecordedEndpoints(references, database)
    window.values = try values(of: references, in: cohort, endpoints)
    for (endpoint, identity) in query.endpoints {
      let tags = endpoints.otherTags(of: endpoint, identity)
      if !tags.isEmpty { window.otherTags[endpoint] = tags }
    }
    try readMethods(of: references, into: &window)
    if let measured = query.measured {
      window.absent = try AbsentReader(
        database: database, cohort: cohort.id, profile: query.profile, references: references,
        endpoints: endpoints, names: FormerNames(query.endpoints, measured: measured)
      ).histories(beside: measured)
    }
    return window
  }

  /// How the runs were measured.
  private func readMethods(of references: References, into window: inout ReferenceWindow) throws(SQLiteError)
  {
    let row = try database.prepare("SELECT tool_version, facts FROM runs WHERE id = ?1")
    var versions: Set<String> = []
    var estimated: Set<Int> = []
    for (run, commit) in references.runs {
      try row.bind(.integer(run.id))
      guard try row.step() else { continue }
      if let version = row.optionalText(0) { versions.insert(version) }
      let facts = try row.words(1, "facts")
      if facts[Reading.percentilesFact] == Reading.estimatedPercentiles { estimated.insert(commit) }
    }
    window.toolVersions = versions.sorted()
    window.estimatedCommits = estimated.count
  }

  /// The values of each series the query names, oldest first.
  private func values(
    of references: References, in cohort: Cohort, _ endpoints: RecordedEndpoints
  ) throws(SQLiteError) -> [Series: [ReferenceValue]] {
    let addresses = try addresses(in: cohort)
    let blocked = try BlockedRuns(references, in: database)
    var reader = try ValueReader(
      database: database, cohort: cohort.id, references: references,
      wanted: addresses.flatMap { $0.value.map(\.address) })
    var values: [Series: [ReferenceValue]] = [:]
    values.reserveCapacity(addresses.count)
    // As they lie in the file, so that each tile is read once.
    for (series, addresses) in addresses.sorted(by: { $0.value[0].address < $1.value[0].address }) {
      var found: [ReferenceValue.Repetition?] = []
      for (address, place) in addresses {
        found.fillGaps(from: endpoints.values(try reader.values(at: address), at: place))
      }
      // A check named the series as it was called then.
      let names = Set([series] + addresses.map { $0.place.named(series) })
      let grouped = references.grouped(found, of: names, blockedIn: blocked)
      if !grouped.isEmpty { values[series] = grouped }
    }
    return values
  }

  private typealias Address = (address: Int64, place: RecordedPlace)

  /// Where the values of each series the query names are: several places where its better direction was once
  /// another, or where it may have had another name.
  private func addresses(in cohort: Cohort) throws(SQLiteError) -> [Series: [Address]] {
    let entries = try entries(in: cohort)
    var addresses: [Series: [Address]] = [:]
    addresses.reserveCapacity(query.series.count)
    for (series, unit) in query.series where series.profile == query.profile {
      let found = RecordedPlace.places(of: series, query.endpoints[series.endpoint]).flatMap { place in
        (entries[place.endpoint]?[place.metric] ?? []).filter {
          $0.statistic == series.statistic && $0.unit == unit
        }
        .map { ($0.address, place) }
      }
      if !found.isEmpty { addresses[series] = found }
    }
    return addresses
  }

  /// What was recorded under the names the query's series may have had, by endpoint and metric.
  private func entries(
    in cohort: Cohort
  ) throws(SQLiteError) -> [String: [String: [SeriesDictionary.Entry]]] {
    let dictionary = try SeriesDictionary(database: database, cohort: cohort.id)
    let names = Set(
      query.series.keys.flatMap { series in
        RecordedPlace.places(of: series, query.endpoints[series.endpoint]).map(\.endpoint)
      })
    var entries: [String: [String: [SeriesDictionary.Entry]]] = [:]
    for name in names {
      for entry in try dictionary.measured(endpoint: name, metric: nil, statistic: nil) {
        entries[name, default: [:]][entry.metric, default: []].append(entry)
      }
    }
    return entries
  }

  /// The distributions of one metric in the runs that may be the candidate's reference.
  func distributions(
    endpoint: String, metric: String, unit: MetricUnit
  ) throws(SQLiteError) -> [ReferenceDistribution] {
    var skipped = SkippedRuns()
    guard let cohort = try cohorts(accountingIn: &skipped) else { return [] }
    let references = try ReferenceReader(database: database, query: query, cohort: cohort)
      .references(accountingIn: &skipped)
    let entries = try SeriesDictionary(database: database, cohort: cohort.id)
      .sketched(endpoint: endpoint, metric: metric)
    return try DistributionReader(database: database)
      .distributions(of: references, series: entries.filter { $0.unit == unit }.map(\.address))
  }

  /// Counts the cohorts that may not be compared with the candidate, and finds the one that may.
  private func cohorts(accountingIn skipped: inout SkippedRuns) throws(SQLiteError) -> Cohort? {
    let pruned = try Journal(database: database).isKept() ? "pruned" : "0"
    let row = try database.prepare(
      """
      SELECT cohorts.id, runs, unnamed, failed, empty, \(pruned), newest, fingerprint, name, sizing
      FROM cohorts JOIN environments ON environments.id = environment
      WHERE service = ?1 AND profile = ?2 ORDER BY newest DESC, fingerprint
      """)
    try row.bind(.text(query.service), .text(query.profile))
    var own: Cohort?
    while try row.step() {
      let cohort = try Cohort(row)
      switch row.text(7) {
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
        environment: Environment(name: row.optionalText(8), sizing: try row.words(9, "sizing")),
        runs: try row.count(1), newest: try row.knownTime(6)))
  }
}

/// The runs of one service under one profile in one environment, counted.
struct Cohort {
  let id: Int64
  let runs: Int
  let unnamed: Int
  let failed: Int
  let empty: Int
  let pruned: Int

  /// Reads the first six columns of a row.
  init(_ row: borrowing Statement) throws(SQLiteError) {
    id = row.integerOrZero(0)
    runs = try row.count(1)
    unnamed = try row.count(2)
    failed = try row.count(3)
    empty = try row.count(4)
    pruned = try row.count(5)
  }

  /// Runs that can be a reference for others.
  var usable: Int { runs - unnamed - failed - empty - pruned }
}
