import SLOModel

/// Keeps the values of runs, inside a transaction that `History` has begun.
///
/// The series of a cohort are numbered in the order of their first recording: these are their slots. The values of
/// 64 slots side by side are one row a run, a *tile*, and the runs of a tile lie side by side. So a recording writes
/// a page for each tile and not for each series, and a window of any series is a few neighbouring pages.
struct ValueStore {
  let database: Database

  /// Writes the values of a run that has none.
  func insert(_ measurements: [MetricValue], run: Int64, cohort: Int64) throws(SQLiteError) {
    var book = try SlotBook(database: database, cohort: cohort)
    var tiles: [Int: [Cells.Cell]] = [:]
    for (place, measurement) in measurements.enumerated() {
      let slot = try book.slot(of: measurement)
      tiles[slot / Cells.width, default: []].append(
        Cells.Cell(
          slot: slot % Cells.width, value: measurement.value, samples: measurement.samples, place: place))
    }
    for (tile, cells) in tiles.sorted(by: { $0.key < $1.key }) {
      try insert(Cells(cells), tile: tile, run: run, cohort: cohort)
    }
  }

  /// Writes one tile of a run.
  func insert(_ cells: Cells, tile: Int, run: Int64, cohort: Int64) throws(SQLiteError) {
    let insert = try database.prepare("INSERT INTO tiles(cohort, tile, run, cells) VALUES(?1, ?2, ?3, ?4)")
    try insert.run(.integer(cohort), .integer(Int64(tile)), .integer(run), .blob(cells.encoded))
  }

  /// The values of a run, each with the address of its series in the cohort's dictionary, in their order.
  func values(run: Int64, cohort: Int64) throws(SQLiteError) -> [Cells.Cell] {
    guard try Schema.version(of: database) >= Schema.versionWithTiles else {
      return try rows(run: run, cohort: cohort)
    }
    let row = try database.prepare("SELECT cells FROM tiles WHERE cohort = ?1 AND tile = ?2 AND run = ?3")
    var values: [Cells.Cell] = []
    for tile in try tiles(of: cohort) {
      try row.bind(.integer(cohort), .integer(tile), .integer(run))
      guard try row.step() else { continue }
      for var cell in try row.cells(0).list {
        cell.slot += Int(tile) * Cells.width
        values.append(cell)
      }
    }
    return values.sorted { $0.place < $1.place }
  }

  /// The same of a file without tiles.
  private func rows(run: Int64, cohort: Int64) throws(SQLiteError) -> [Cells.Cell] {
    let row = try database.prepare(
      """
      SELECT id, value, samples, place FROM series JOIN measurements ON series = id AND run = ?1
      WHERE cohort = ?2 ORDER BY place
      """)
    try row.bind(.integer(run), .integer(cohort))
    var values: [Cells.Cell] = []
    while try row.step() {
      values.append(
        Cells.Cell(
          slot: try row.count(0), value: row.realOrZero(1), samples: row.integer(2).map(Int.init),
          place: try row.count(3)))
    }
    return values
  }

  /// Deletes the values and distributions of a run; the run itself and the names of its series stay.
  func deleteValues(run: Int64, cohort: Int64) throws(SQLiteError) {
    let delete = try database.prepare("DELETE FROM tiles WHERE cohort = ?1 AND tile = ?2 AND run = ?3")
    for tile in try tiles(of: cohort) {
      try delete.run(.integer(cohort), .integer(tile), .integer(run))
    }
    try database.run(
      """
      DELETE FROM distributions
      WHERE series IN (SELECT id FROM distribution_series WHERE cohort = ?1) AND run = ?2
      """,
      .integer(cohort), .integer(run))
  }

  /// The numbers of the tiles a cohort has.
  private func tiles(of cohort: Int64) throws(SQLiteError) -> Range<Int64> {
    let slots = try SlotBook.count(database, cohort: cohort)
    return 0..<Int64((slots + Cells.width - 1) / Cells.width)
  }
}

extension Statement {
  /// Some cells of a tile.
  func cells(_ column: Int32, wanted: UInt64 = .max) throws(SQLiteError) -> Cells {
    let bytes = blob(column)
    guard let cells = Cells(encoded: bytes, wanted: wanted) else {
      throw .unexpected("\(bytes.count) bytes", in: "cells")
    }
    return cells
  }
}

/// The slots of a cohort's series, while a run is recorded: looked up by endpoint, and given to new series.
struct SlotBook {
  private let dictionary: SeriesDictionary
  private var known: [String: EndpointSlots] = [:]
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
  mutating func slot(of measurement: MetricValue) throws(SQLiteError) -> Int {
    let endpoint = measurement.series.endpoint
    if known[endpoint] == nil { known[endpoint] = try slots(of: endpoint) }
    if let slot = known[endpoint]?.slot(of: measurement) { return slot }
    let entry = try newEntry(of: measurement)
    known[endpoint]?.append(entry)
    return Int(entry.address)
  }

  private func slots(of endpoint: String) throws(SQLiteError) -> EndpointSlots {
    let entries = try dictionary.measured(endpoint: endpoint, metric: nil, statistic: nil)
    return EndpointSlots(entries: entries.sorted { $0.address < $1.address })
  }

  private mutating func newEntry(
    of measurement: MetricValue
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

/// The series of one endpoint by slot, and where the next is looked for first: runs list them in the same order.
private struct EndpointSlots {
  private var entries: [SeriesDictionary.Entry] = []
  private var places: [Name: Int] = [:]
  private var next = 0

  /// What tells the series of one endpoint apart.
  private struct Name: Hashable {
    let metric: String
    let statistic: Statistic?
    let unit: MetricUnit
    let better: Direction?
  }

  init(entries: [SeriesDictionary.Entry]) {
    for entry in entries { append(entry) }
  }

  mutating func append(_ entry: SeriesDictionary.Entry) {
    let name = Name(
      metric: entry.metric, statistic: entry.statistic, unit: entry.unit, better: entry.better)
    if places[name] == nil { places[name] = entries.count }
    entries.append(entry)
  }

  /// The slot of a measurement's series; nil of a new one.
  mutating func slot(of measurement: MetricValue) -> Int? {
    guard !entries.isEmpty else { return nil }
    if next == entries.count { next = 0 }
    if !entries[next].isName(of: measurement) {
      let series = measurement.series
      let name = Name(
        metric: series.metric, statistic: series.statistic, unit: measurement.unit,
        better: measurement.better)
      guard let place = places[name] else { return nil }
      next = place
    }
    next += 1
    return Int(entries[next - 1].address)
  }
}

extension SeriesDictionary.Entry {
  /// Whether a measurement of its endpoint is recorded under it.
  fileprivate func isName(of measurement: MetricValue) -> Bool {
    statistic == measurement.series.statistic && metric == measurement.series.metric
      && unit == measurement.unit && better == measurement.better
  }
}
