import SLOModel
import SLOStatistics
import SLOSupport

/// Reads runs and verdicts back as they were recorded, inside a transaction that `History` has begun.
struct RunReader {
  let database: Database

  /// The run of this id; nil when it is not in the history.
  func run(_ digest: SHA256Digest) throws(SQLiteError) -> Run? {
    let row = try database.prepare(
      """
      SELECT runs.id, cohort, service, profile, runs.sha, branch, committed_at, first_parent,
        environment_name, sizing, settings,
        source_path, source_format, source_sha256, source_part, tool_version, started_at, duration, failure,
        conditions, facts, endpoint_tags, notices
      FROM runs JOIN cohorts ON cohorts.id = cohort JOIN environments ON environments.id = environment
        JOIN commits ON commits.sha = runs.sha
      WHERE digest = ?1
      """)
    try row.bind(.blob(digest.bytes))
    guard try row.step() else { return nil }
    let environment = Environment(name: row.optionalText(8), sizing: try row.words(9, "sizing"))
    var run = Run(
      service: row.text(2),
      commit: Commit(
        sha: row.text(4), branch: row.optionalText(5), committedAt: try row.time(6),
        firstParent: row.optionalText(7)),
      environment: environment, settings: try row.words(10, "settings"), reading: try reading(row))
    // The sizing was stored with the reading's conditions in it.
    run.environment = environment
    return run
  }

  private func reading(_ row: borrowing Statement) throws(SQLiteError) -> Reading {
    let source = Reading.Source(
      path: row.text(11), format: row.text(12), sha256: row.text(13), part: try row.count(14))
    var reading = Reading(profile: row.text(3), source: source)
    reading.toolVersion = row.optionalText(15)
    reading.startedAt = try row.time(16)
    reading.duration = row.real(17)
    reading.failure = row.optionalText(18)
    reading.conditions = try row.words(19, "conditions")
    reading.facts = try row.words(20, "facts")
    reading.recordedTags = try row.words(21, "endpoint_tags")
    guard let notices = FlatJSON.array(row.text(22)) else { throw .unexpected(row.text(22), in: "notices") }
    reading.notices = notices
    reading.measurements = try measurements(
      run: row.integerOrZero(0), cohort: row.integerOrZero(1), profile: reading.profile)
    reading.distributions = try DistributionReader(database: database)
      .distributions(run: row.integerOrZero(0), cohort: row.integerOrZero(1))
    reading.thresholds = try thresholds(run: row.integerOrZero(0))
    reading.observeThresholds()
    return reading
  }

  private func measurements(
    run: Int64, cohort: Int64, profile: String
  ) throws(SQLiteError) -> [MetricValue] {
    let values = try ValueStore(database: database).values(run: run, cohort: cohort)
    guard !values.isEmpty else { return [] }
    let names = try SeriesDictionary(database: database, cohort: cohort)
      .measured(endpoint: nil, metric: nil, statistic: nil)
    let entries = Dictionary(names.map { (Int($0.address), $0) }) { first, _ in first }
    var measurements: [MetricValue] = []
    for value in values {
      guard let entry = entries[value.slot], let statistic = entry.statistic else {
        throw .unexpected("slot \(value.slot)", in: "tiles")
      }
      let series = Series(
        profile: profile, endpoint: entry.endpoint, metric: entry.metric, statistic: statistic)
      measurements.append(
        MetricValue(
          series: series, value: value.value, unit: entry.unit, better: entry.better, samples: value.samples))
    }
    return measurements
  }

  private func thresholds(run: Int64) throws(SQLiteError) -> [Reading.Threshold] {
    let row = try database.prepare(
      "SELECT endpoint, metric, expression, passed FROM thresholds WHERE run = ?1 ORDER BY place")
    try row.bind(.integer(run))
    var thresholds: [Reading.Threshold] = []
    while try row.step() {
      thresholds.append(
        Reading.Threshold(
          endpoint: row.text(0), metric: row.text(1), expression: row.text(2),
          passed: row.integer(3).map { $0 != 0 }))
    }
    return thresholds
  }
}

extension Statement {
  /// A time in milliseconds; nil where there is none.
  func time(_ column: Int32) throws(SQLiteError) -> Timestamp? {
    isNull(column) ? nil : try knownTime(column)
  }

  /// A time in milliseconds that has to be there, of a year that slogate can have written.
  func knownTime(_ column: Int32) throws(SQLiteError) -> Timestamp {
    let number = integerOrZero(column)
    guard Timestamp.writable.contains(number) else { throw .unexpected("\(number)", in: name(of: column)) }
    return Timestamp(milliseconds: number)
  }

  /// A statistic; nil where there is none.
  func statistic(_ column: Int32) throws(SQLiteError) -> Statistic? {
    guard let name = optionalText(column) else { return nil }
    guard let statistic = Statistic(recorded: name) else { throw .unexpected("'\(name)'", in: "statistic") }
    return statistic
  }

  /// A JSON object of strings.
  func words(_ column: Int32, _ name: String) throws(SQLiteError) -> [String: String] {
    guard let words = FlatJSON.dictionary(text(column)) else { throw .unexpected(text(column), in: name) }
    return words
  }

  /// The digest of a run.
  func digest(_ column: Int32) throws(SQLiteError) -> SHA256Digest {
    guard let digest = SHA256Digest(bytes: blob(column)) else {
      throw .unexpected("\(blob(column).count) bytes", in: "digest")
    }
    return digest
  }
}

/// Reads distributions, inside a transaction that `History` has begun.
struct DistributionReader {
  let database: Database

  /// All distributions of a run, in their order.
  func distributions(run: Int64, cohort: Int64) throws(SQLiteError) -> [Distribution] {
    guard try isKept() else { return [] }
    let row = try database.prepare(
      """
      SELECT \(DistributionReader.columns)
      FROM distribution_series JOIN distributions ON series = id AND run = ?1
      WHERE cohort = ?2 ORDER BY place
      """)
    try row.bind(.integer(run), .integer(cohort))
    var distributions: [Distribution] = []
    while try row.step() { distributions.append(try distribution(row)) }
    return distributions
  }

  /// One distribution of a run; nil where either is not there.
  func distribution(
    of digest: SHA256Digest, endpoint: String, metric: String
  ) throws(SQLiteError) -> Distribution? {
    guard try isKept() else { return nil }
    let row = try database.prepare(
      """
      SELECT \(DistributionReader.columns)
      FROM runs JOIN distribution_series ON distribution_series.cohort = runs.cohort
        JOIN distributions ON series = distribution_series.id AND run = runs.id
      WHERE digest = ?1 AND endpoint = ?2 AND metric = ?3
      """)
    try row.bind(.blob(digest.bytes), .text(endpoint), .text(metric))
    return try row.step() ? distribution(row) : nil
  }

  /// The distributions of a metric in the runs of some commits, by commit, oldest first.
  /// - Parameter series: the ids of the metric's entries; several where its better direction was once another.
  func distributions(
    of references: References, series: [Int64]
  ) throws(SQLiteError) -> [ReferenceDistribution] {
    var repetitions = [[QuantileSketch]](repeating: [], count: references.commits.count)
    for (run, commit) in references.runs {
      for id in series {
        if let sketch = try sketch(ofSeries: id, run: run.id) { repetitions[commit].append(sketch) }
      }
    }
    return zip(references.commits, repetitions).compactMap { commit, repetitions in
      repetitions.isEmpty ? nil : ReferenceDistribution(commit: commit, repetitions: repetitions)
    }
  }

  /// The sketch of a run under one entry of the dictionary; nil where there is none.
  func sketch(ofSeries id: Int64, run: Int64) throws(SQLiteError) -> QuantileSketch? {
    let row = try database.prepare("SELECT sketch FROM distributions WHERE series = ?1 AND run = ?2")
    try row.bind(.integer(id), .integer(run))
    return try row.step() ? row.sketch(0) : nil
  }

  /// Whether the file has the tables: not before the first recording by a slogate that knows them.
  private func isKept() throws(SQLiteError) -> Bool {
    try Schema.version(of: database) >= Schema.versionWithDistributions
  }

  /// The columns that `distribution` reads, in their order.
  private static let columns = "endpoint, metric, unit, better, sketch"

  private func distribution(_ row: borrowing Statement) throws(SQLiteError) -> Distribution {
    guard let unit = MetricUnit(rawValue: row.text(2)) else { throw .unexpected(row.text(2), in: "unit") }
    return Distribution(
      endpoint: row.text(0), metric: row.text(1), unit: unit, better: Direction(rawValue: row.text(3)),
      sketch: try row.sketch(4))
  }
}

extension Statement {
  /// A sketch as it was encoded.
  fileprivate func sketch(_ column: Int32) throws(SQLiteError) -> QuantileSketch {
    guard let sketch = QuantileSketch(encoded: blob(column)) else {
      throw .unexpected("\(blob(column).count) bytes", in: "sketch")
    }
    return sketch
  }
}
