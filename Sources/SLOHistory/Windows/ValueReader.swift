internal import SLOModel

/// Reads what the runs of some commits measured, series by series.
struct ValueReader {
  let database: Database
  let references: References
  private let reads: [ClosedRange<Int64>]
  private let ranks: [Int64: Int]

  /// A series holds a value for every run of its cohort, one that is asked for or not. Up to this many for each
  /// run asked for it is cheaper to read them in one sweep than to look each run up.
  private static let densest = 8

  init(database: Database, cohort: Int64, references: References) throws(SQLiteError) {
    self.database = database
    self.references = references
    let ids = references.runs.map(\.run.id)
    ranks = Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
    guard let first = ids.min(), let last = ids.max() else {
      reads = []
      return
    }
    let limit = ids.count * ValueReader.densest
    let row = try database.prepare("SELECT 1 FROM runs WHERE cohort = ?1 AND id BETWEEN ?2 AND ?3")
    try row.bind(.integer(cohort), .integer(first), .integer(last))
    var count = 0
    while count <= limit, try row.step() { count += 1 }
    reads = count <= limit ? [first...last] : ids.map { $0...$0 }
  }

  /// The values of a series by the id of its dictionary entry, one place for each of `references.runs`.
  func values(ofSeries id: Int64) throws(SQLiteError) -> [ReferenceValue.Repetition?] {
    let row = try database.prepare(
      "SELECT run, value, samples FROM measurements WHERE series = ?1 AND run BETWEEN ?2 AND ?3")
    var found = [ReferenceValue.Repetition?](repeating: nil, count: references.runs.count)
    for range in reads {
      try row.bind(.integer(id), .integer(range.lowerBound), .integer(range.upperBound))
      while try row.step() {
        if let rank = ranks[row.integerOrZero(0)] { found[rank] = row.repetition }
      }
    }
    return found
  }
}

extension References {
  /// Values by commit, oldest first, given one place for each of `runs`.
  func grouped(_ found: [ReferenceValue.Repetition?]) -> [ReferenceValue] {
    var values: [ReferenceValue] = []
    for (repetition, place) in zip(found, runs) {
      guard let repetition else { continue }
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

extension Statement {
  /// The columns run, value, samples.
  fileprivate var repetition: ReferenceValue.Repetition {
    ReferenceValue.Repetition(value: realOrZero(1), samples: integer(2).map(Int.init))
  }
}
