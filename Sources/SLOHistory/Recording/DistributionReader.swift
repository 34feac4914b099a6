internal import SLOSupport
internal import SLOModel
internal import SLOStatistics

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
    guard let unit = Unit(rawValue: row.text(2)) else { throw .unexpected(row.text(2), in: "unit") }
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
