internal import SLOModel

/// Looks up what series a cohort has, inside a transaction that `History` has begun.
struct SeriesDictionary {
  let database: Database
  let cohort: Int64
  private let version: Int

  init(database: Database, cohort: Int64) throws(SQLiteError) {
    self.database = database
    self.cohort = cohort
    version = try Schema.version(of: database)
  }

  /// A name under which values are recorded. A series has several where its better direction was once another.
  struct Entry {
    /// Where they are: the slot of a measured series (its id in a file without tiles), the id of a sketched one.
    let address: Int64
    let endpoint: String
    let metric: String
    let unit: MetricUnit
    let better: Direction?
    /// Nil of a distribution.
    let statistic: Statistic?
  }

  /// The measured series, in no order.
  /// - Parameters: what they are to be; nil: anything.
  func measured(
    endpoint: String?, metric: String?, statistic: Statistic?
  ) throws(SQLiteError) -> [Entry] {
    let address = version < Schema.versionWithTiles ? "id" : "slot"
    return try entries(
      "SELECT \(address), endpoint, metric, unit, better, statistic FROM series",
      where: ["endpoint": endpoint, "metric": metric, "statistic": statistic?.rawValue])
  }

  /// The metrics of each endpoint that anything was measured of.
  func names() throws(SQLiteError) -> [String: [String]] {
    let row = try database.prepare("SELECT DISTINCT endpoint, metric FROM series WHERE cohort = ?1")
    try row.bind(.integer(cohort))
    var names: [String: [String]] = [:]
    while try row.step() { names[row.text(0), default: []].append(row.text(1)) }
    return names
  }

  /// The metrics with sketches, in no order.
  /// - Parameters: what they are to be; nil: anything.
  func sketched(endpoint: String?, metric: String?) throws(SQLiteError) -> [Entry] {
    // Not before the first recording by a slogate that knows them.
    guard version >= Schema.versionWithDistributions else { return [] }
    return try entries(
      "SELECT id, endpoint, metric, unit, better, NULL FROM distribution_series",
      where: ["endpoint": endpoint, "metric": metric])
  }

  /// Conditions that hold for everything are left out, so that an index serves the others.
  private func entries(
    _ select: String, where conditions: KeyValuePairs<String, String?>
  ) throws(SQLiteError) -> [Entry] {
    var sql = select + " WHERE cohort = ?"
    var values: [Value] = [.integer(cohort)]
    for case (let column, let value?) in conditions {
      sql += " AND \(column) = ?"
      values.append(.text(value))
    }
    let row = try database.prepare(sql)
    try row.bind(values)
    var entries: [Entry] = []
    while try row.step() {
      guard let unit = MetricUnit(rawValue: row.text(3)) else { throw .unexpected(row.text(3), in: "unit") }
      entries.append(
        Entry(
          address: Int64(try row.count(0)), endpoint: row.text(1), metric: row.text(2), unit: unit,
          better: Direction(rawValue: row.text(4)),
          statistic: try row.statistic(5)))
    }
    return entries
  }
}
