internal import SLOModel

/// Keeps the values of runs, inside a transaction that `History` has begun.
///
/// The series of a cohort are numbered in the order of their first recording: these are their slots. The values of
/// 64 slots side by side are one row a run, a *tile*, and the runs of a tile lie side by side. So a recording writes
/// a page for each tile and not for each series, and a window of any series is a few neighbouring pages.
struct ValueStore {
  let database: Database

  /// Writes the values of a run that has none.
  func insert(_ measurements: [Measurement], run: Int64, cohort: Int64) throws(SQLiteError) {
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
