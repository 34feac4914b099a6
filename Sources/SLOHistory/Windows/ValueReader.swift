internal import SLOModel

/// Reads what the runs of some commits measured of some series.
struct ValueReader {
  private let database: Database
  private let cohort: Int64
  private let references: References
  private let reads: [ClosedRange<Int64>]
  private let ranks: [Int64: Int]
  private let isTiled: Bool
  /// The slots that are wanted of each tile, a bit each.
  private let wanted: [Int64: UInt64]
  /// The tile that was read last.
  private var tile: Int64?
  private var columns: [[ReferenceValue.Repetition?]] = []

  /// A tile holds a row for every run of its cohort, one that is asked for or not. Up to this many for each run
  /// asked for it is cheaper to read them in one sweep than to look each run up.
  private static let densest = 8

  /// Prepares to read the series at some addresses of a cohort's dictionary.
  init(
    database: Database, cohort: Int64, references: References, wanted: [Int64]
  ) throws(SQLiteError) {
    self.database = database
    self.cohort = cohort
    self.references = references
    let ids = references.runs.map(\.run.id)
    ranks = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    reads = try ValueReader.reads(of: ids, in: cohort, database)
    isTiled = try Schema.version(of: database) >= Schema.versionWithTiles
    self.wanted = wanted.reduce(into: [:]) { wanted, slot in
      wanted[slot / Int64(Cells.width), default: 0] |= 1 << UInt64(slot % Int64(Cells.width))
    }
  }

  private static func reads(
    of ids: [Int64], in cohort: Int64, _ database: Database
  ) throws(SQLiteError) -> [ClosedRange<Int64>] {
    guard let first = ids.min(), let last = ids.max() else { return [] }
    let limit = ids.count * densest
    let row = try database.prepare("SELECT 1 FROM runs WHERE cohort = ?1 AND id BETWEEN ?2 AND ?3")
    try row.bind(.integer(cohort), .integer(first), .integer(last))
    var count = 0
    while count <= limit, try row.step() { count += 1 }
    return count <= limit ? [first...last] : ids.map { $0...$0 }
  }

  /// The values at one of the wanted addresses, one place for each of `references.runs`. Addresses in rising order
  /// read each tile once.
  mutating func values(at address: Int64) throws(SQLiteError) -> [ReferenceValue.Repetition?] {
    guard isTiled else { return try rows(of: address) }
    let (tile, slot) = address.quotientAndRemainder(dividingBy: Int64(Cells.width))
    if self.tile != tile {
      columns = try columns(of: tile)
      self.tile = tile
    }
    return columns[Int(slot)]
  }

  /// The values of each slot of a tile; none of those that are not wanted.
  private func columns(of tile: Int64) throws(SQLiteError) -> [[ReferenceValue.Repetition?]] {
    let wanted = wanted[tile] ?? 0
    var columns = (0..<UInt64(Cells.width)).map { slot in
      [ReferenceValue.Repetition?](
        repeating: nil, count: wanted >> slot & 1 == 1 ? references.runs.count : 0)
    }
    let row = try database.prepare(
      "SELECT run, cells FROM tiles WHERE cohort = ?1 AND tile = ?2 AND run BETWEEN ?3 AND ?4")
    for range in reads {
      try row.bind(
        .integer(cohort), .integer(tile), .integer(range.lowerBound), .integer(range.upperBound))
      while try row.step() {
        guard let rank = ranks[row.integerOrZero(0)] else { continue }
        for cell in try row.cells(1, wanted: wanted).list {
          columns[cell.slot][rank] = ReferenceValue.Repetition(value: cell.value, samples: cell.samples)
        }
      }
    }
    return columns
  }

  /// The values of a series in a file without tiles.
  private func rows(of series: Int64) throws(SQLiteError) -> [ReferenceValue.Repetition?] {
    var found = [ReferenceValue.Repetition?](repeating: nil, count: references.runs.count)
    let row = try database.prepare(
      "SELECT run, value, samples FROM measurements WHERE series = ?1 AND run BETWEEN ?2 AND ?3")
    for range in reads {
      try row.bind(.integer(series), .integer(range.lowerBound), .integer(range.upperBound))
      while try row.step() {
        guard let rank = ranks[row.integerOrZero(0)] else { continue }
        found[rank] = ReferenceValue.Repetition(
          value: row.realOrZero(1), samples: row.integer(2).map(Int.init))
      }
    }
    return found
  }
}

extension References {
  /// Values of a series, under whatever name, by commit, oldest first, given one place for each of `runs`.
  func grouped(
    _ found: [ReferenceValue.Repetition?], of names: Set<Series>, blockedIn blocked: BlockedRuns
  ) -> [ReferenceValue] {
    var values: [ReferenceValue] = []
    for (repetition, place) in zip(found, runs) {
      guard var repetition else { continue }
      repetition.block = blocked.block(of: names, run: place.run.id)
      if values.last?.commit == place.commit {
        values[values.count - 1].repetitions.append(repetition)
      } else {
        values.append(ReferenceValue(commit: place.commit, repetitions: [repetition]))
      }
    }
    return values
  }
}

extension [ReferenceValue.Repetition?] {
  /// Takes from another source what is not there yet.
  mutating func fillGaps(from other: [ReferenceValue.Repetition?]) {
    if isEmpty {
      self = other
    } else {
      for (index, value) in zip(indices, other) where self[index] == nil { self[index] = value }
    }
  }
}
