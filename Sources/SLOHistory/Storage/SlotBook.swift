internal import SLOModel

/// The slots of a cohort's series, while runs are recorded: looked up by endpoint, and given to new series.
struct SlotBook {
  private struct Key: Hashable {
    var endpoint: String
    var metric: String
    var statistic: Statistic?
    var unit: Unit
    var better: Direction?
  }

  private let dictionary: SeriesDictionary
  private var endpoints: Set<String> = []
  private var slots: [Key: Int] = [:]
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
    let series = measurement.series
    if endpoints.insert(series.endpoint).inserted { try learn(series.endpoint) }
    let key = Key(
      endpoint: series.endpoint, metric: series.metric, statistic: series.statistic, unit: measurement.unit,
      better: measurement.better)
    if let known = slots[key] { return known }
    let slot =
      if let taken { taken } else { try SlotBook.count(dictionary.database, cohort: dictionary.cohort) }
    taken = slot + 1
    try dictionary.database.run(
      """
      INSERT INTO series(cohort, endpoint, metric, statistic, unit, better, slot)
      VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7)
      """,
      .integer(dictionary.cohort), .text(series.endpoint), .text(series.metric),
      .text(series.statistic.rawValue), .text(measurement.unit.rawValue),
      .text(measurement.better?.rawValue ?? "neither"), .integer(Int64(slot)))
    slots[key] = slot
    return slot
  }

  private mutating func learn(_ endpoint: String) throws(SQLiteError) {
    for entry in try dictionary.measured(endpoint: endpoint, metric: nil, statistic: nil) {
      let key = Key(
        endpoint: entry.endpoint, metric: entry.metric, statistic: entry.statistic, unit: entry.unit,
        better: entry.better)
      slots[key] = Int(entry.address)
    }
  }
}
