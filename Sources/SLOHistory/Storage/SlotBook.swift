internal import SLOModel

/// The slots of a cohort's series, while a run is recorded: looked up by endpoint, and given to new series.
struct SlotBook {
  private let dictionary: SeriesDictionary
  private var pages: [String: Page] = [:]
  /// How many slots are taken; nil until a new series asks.
  private var taken: Int?

  init(database: Database, cohort: Int64) throws(SQLiteError) {
    dictionary = try SeriesDictionary(database: database, cohort: cohort)
  }

  /// How many slots of a cohort are taken: they are numbered without a gap.
  static func count(_ database: Database, cohort: Int64) throws(SQLiteError) -> Int {
    Int(try database.integer("SELECT count(*) FROM series WHERE cohort = ?1", .integer(cohort)) ?? 0)
  }

  /// The slot of a measurement's series.
  mutating func slot(of measurement: Measurement) throws(SQLiteError) -> Int {
    let endpoint = measurement.series.endpoint
    if pages[endpoint] == nil { pages[endpoint] = try page(of: endpoint) }
    if let known = pages[endpoint]?.slot(of: measurement) { return known }
    let entry = try newEntry(of: measurement)
    pages[endpoint]?.entries.append(entry)
    return Int(entry.address)
  }

  private func page(of endpoint: String) throws(SQLiteError) -> Page {
    let entries = try dictionary.measured(endpoint: endpoint, metric: nil, statistic: nil)
    return Page(entries: entries.sorted { $0.address < $1.address })
  }

  private mutating func newEntry(
    of measurement: Measurement
  ) throws(SQLiteError) -> SeriesDictionary.Entry {
    let slot =
      if let taken { taken } else { try SlotBook.count(dictionary.database, cohort: dictionary.cohort) }
    taken = slot + 1
    let series = measurement.series
    try dictionary.database.run(
      """
      INSERT INTO series(cohort, endpoint, metric, statistic, unit, better, slot)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      .integer(dictionary.cohort), .text(series.endpoint), .text(series.metric),
      .text(series.statistic.rawValue), .text(measurement.unit.rawValue),
      .text(measurement.better?.rawValue ?? "neither"), .integer(Int64(slot)))
    return SeriesDictionary.Entry(
      address: Int64(slot), endpoint: series.endpoint, metric: series.metric, unit: measurement.unit,
      better: measurement.better, statistic: series.statistic)
  }
}

/// The series of one endpoint by slot, and where the next is looked for: runs list them in the same order.
private struct Page {
  var entries: [SeriesDictionary.Entry]
  var next = 0

  /// The slot of a measurement's series; nil of a new one.
  mutating func slot(of measurement: Measurement) -> Int? {
    for _ in entries.indices {
      let entry = entries[next]
      next = next + 1 == entries.count ? 0 : next + 1
      if entry.isName(of: measurement) { return Int(entry.address) }
    }
    return nil
  }
}

extension SeriesDictionary.Entry {
  /// Whether a measurement of its endpoint is recorded under it.
  fileprivate func isName(of measurement: Measurement) -> Bool {
    statistic == measurement.series.statistic && metric == measurement.series.metric
      && unit == measurement.unit && better == measurement.better
  }
}
