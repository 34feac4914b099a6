internal import SLOModel
internal import SLOSupport

/// What a server knows of its tables: rows as it estimates them, and how they were scanned
/// (<https://www.postgresql.org/docs/current/monitoring-stats.html>). Of several snapshots the rows are those of the
/// last, and the scans those between the first and the last.
struct TableStatistics: DatabaseView {
  static let title = "a snapshot of pg_stat_user_tables"
  static let format = "pg-stat-user-tables"
  static let query = "SELECT * FROM pg_stat_user_tables"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  static func isOne(ofColumns names: Set<String>) -> Bool {
    names.contains("relname") && !names.contains("indexrelname")
      && !names.isDisjoint(with: ["n_live_tup", "seq_scan"])
  }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    var (scans, indexScans) = (GrowingCounters(), GrowingCounters())
    var last: [(name: String, live: Double?, dead: Double?)] = []
    for (results, _) in opened {
      last = []
      var seen: Set<String> = []
      try results.table.forEachRow { row throws(InputError) in
        guard let name = try TableName.of(row) else { return }
        guard seen.insert(name).inserted else { throw TableName.twice(name, row) }
        last.append(
          (name, try row.number(.count, "n_live_tup"), try row.number(.count, "n_dead_tup")))
        scans.add(try row.number(.count, "seq_scan"), of: name)
        indexScans.add(try row.number(.count, "idx_scan"), of: name)
      }
      scans.endSnapshot()
      indexScans.endSnapshot()
    }
    for (name, live, dead) in last {
      if let live { figures.add("rows", live, of: name) }
      if let live, let dead, live + dead > 0 { figures.add("dead_rows", dead / (live + dead), of: name) }
      let (whole, byIndex) = (scans.growth[name], indexScans.growth[name])
      if let whole { figures.add("seq_scan", whole, of: name) }
      if let byIndex { figures.add("idx_scan", byIndex, of: name) }
      if let whole, let byIndex, whole + byIndex > 0 {
        figures.add("index_use", byIndex / (whole + byIndex), of: name, samples: whole + byIndex)
      }
    }
    figures.addTotal(last.compactMap(\.live))
    figures.warn(ofRestarted: scans.restarted.union(indexScans.restarted).count, "tables")
    return [figures.reading]
  }
}

/// The rows of tables, counted one by one: `table,rows`.
struct TableCounts: DatabaseView {
  static let title = "row counts of tables"
  static let format = "row-counts"
  static let query = "SELECT 'orders' AS table, count(*) AS rows FROM orders"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  static func isOne(ofColumns names: Set<String>) -> Bool {
    !names.isDisjoint(with: ["table", "table_name"])
      && !names.isDisjoint(with: ["rows", "count", "row_count"])
  }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    guard let last = opened.last?.results.table else { return [] }
    var (counts, seen): ([Double], Set<String>) = ([], [])
    try last.forEachRow { row throws(InputError) in
      guard let name = try TableName.of(row), let count = try row.number(.count, "rows", "count", "row_count")
      else { return }
      guard seen.insert(name).inserted else { throw TableName.twice(name, row) }
      figures.add("rows", count, of: name)
      counts.append(count)
    }
    figures.addTotal(counts)
    return [figures.reading]
  }
}

/// What a table is called as a subject: `table public.orders`.
enum TableName {
  /// The table that a row is of; nil where it names none.
  static func of(_ row: ViewRow) throws(InputError) -> String? {
    guard let name = try row.text("relname", "table", "table_name") else { return nil }
    let schema = try row.text("schemaname", "schema", "table_schema").map { $0 + "." } ?? ""
    return Series.subject(ofTable: ComposedText.composed(VisibleText.escaped(schema + name)))
  }

  /// `table orders` of `table public.orders`.
  static func withoutSchema(_ subject: String) -> String {
    let name = Series(profile: "", endpoint: subject, metric: "", statistic: .value).table
    guard let name, let dot = name.firstIndex(of: ".") else { return subject }
    return Series.subject(ofTable: String(name[name.index(after: dot)...]))
  }

  /// That a table is there twice: the tables of two schemas, or of two databases.
  static func twice(_ name: String, _ row: ViewRow) -> InputError {
    row.error(
      found: "\(UntrustedText.quoted(name)) a second time", expected: "each table once",
      remedy:
        "select schemaname as well; pass each database under a name of its own, as in --evidence NAME=FILE")
  }
}

/// Counters of several subjects, by what they grew between snapshots; of one snapshot alone by what they are.
struct GrowingCounters {
  private(set) var growth: [String: Double] = [:]
  /// The subjects whose counter began again.
  private(set) var restarted: Set<String> = []
  private var now: [String: Double] = [:]
  private var before: [String: Double]?
  private var isSecond = false

  /// Adds the value that a snapshot has of a subject; nil where it has none.
  mutating func add(_ value: Double?, of subject: String) {
    guard let value else { return }
    now[subject, default: 0] += value
  }

  /// Ends a snapshot.
  mutating func endSnapshot() {
    if let before {
      if !isSecond { growth = [:] }
      isSecond = true
      for (subject, value) in now {
        let earlier = before[subject] ?? 0
        if value < earlier { restarted.insert(subject) }
        growth[subject, default: 0] += value < earlier ? value : value - earlier
      }
    } else {
      growth = now
    }
    (before, now) = (now, [:])
  }
}

extension DatabaseFigures {
  /// Adds the rows of all tables together.
  mutating func addTotal(_ rows: [Double]) {
    if !rows.isEmpty { add("table_rows", rows.reduce(0, +)) }
  }

  /// Says that counters fell between snapshots.
  mutating func warn(ofRestarted count: Int, _ noun: String) {
    guard count > 0 else { return }
    reading.warnings.append(
      "the statistics of \(count) \(noun) were reset between the snapshots, or these are not in their order: what came"
        + " before is lost")
  }
}
