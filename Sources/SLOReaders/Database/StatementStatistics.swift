internal import SLOModel
internal import SLOSupport

/// What PostgreSQL counted of each query (<https://www.postgresql.org/docs/current/pgstatstatements.html>): one snapshot
/// since the last reset, or several, between which a run lies.
///
/// Times are in milliseconds. Up to version 12 the columns are `total_time`, `mean_time` and `max_time`, from then on
/// `total_exec_time` and so on.
struct StatementStatistics: DatabaseView {
  static let title = "a snapshot of pg_stat_statements"
  static let format = "pg-stat-statements"
  static let query = "SELECT * FROM pg_stat_statements"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  private static let times = ["total_exec_time", "total_time", "mean_exec_time", "mean_time"]

  static func isOne(ofColumns names: Set<String>) -> Bool {
    names.contains("calls") && !names.isDisjoint(with: times)
      && !names.isDisjoint(with: ["query", "queryid"])
  }

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    if let title = start.withBytes(UnreadableLayout.titleOfQueries) {
      throw UnreadableLayout.error(title, file: file.path, query: query)
    }
    if let layout = start.withBytes(UnreadableLayout.init(startOf:)), isOne(ofColumns: layout.columns) {
      throw layout.error(file: file.path, query: query)
    }
    guard let table = try ViewTable(file, startingWith: start), isOne(table) else { return nil }
    return .results(StatementStatistics(table))
  }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let identity = StatementIdentity(commonTo: opened.map(\.results.table))
    var window = StatementWindow()
    for (results, _) in opened { window.add(try StatementSnapshot(results.table, identity)) }
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    StatementFigures(window).add(to: &figures, options.demand())
    return [figures.reading]
  }
}

/// The columns that tell the rows of a snapshot apart, those that all snapshots of a run have.
struct StatementIdentity {
  private static let columns: [StaticString] = [
    "userid", "user", "usename", "rolname", "dbid", "database", "datname", "toplevel", "queryid",
  ]
  private let columns: [StaticString]
  private let hasName: Bool

  /// Takes what some tables have in common. One id may be of a statement and of the query inside it, which the column
  /// `toplevel` tells apart; without it, and without ids, what a query is called does.
  init(commonTo tables: [ViewTable]) {
    columns = StatementIdentity.columns.filter { name in tables.allSatisfy { $0.hasAny([name.description]) } }
    hasName = !Set(columns.map(\.description)).isSuperset(of: ["queryid", "toplevel"])
  }

  /// What tells a row from the others.
  func key(of row: ViewRow, _ name: String?) throws(InputError) -> String {
    var parts: [String] = []
    for column in columns { parts.append(try row.text(column) ?? "") }
    if hasName { parts.append(name ?? "") }
    return parts.joined(separator: "\0")
  }
}

/// The counters of one row: since its beginning, or between two snapshots.
struct StatementCounters {
  /// What the query is called; nil where its text may not be read.
  var name: String?
  /// Whether a client sent it; else a function ran it, and its time is in that of another row as well.
  var isTopLevel = true
  /// When it began to count, where the server says it: from PostgreSQL 17 on.
  var since: String?
  var calls = 0.0
  /// Milliseconds of all calls.
  var total = 0.0
  /// Milliseconds of the slowest call; nil where it is not known.
  var max: Double?
  var rows: Double?
  /// Blocks found in the shared buffers, and those that were not.
  var hit: Double?
  var read: Double?

  /// Adds what another row of the same query counted.
  mutating func add(_ other: StatementCounters) {
    calls += other.calls
    total += other.total
    rows = StatementCounters.sum(rows, other.rows)
    hit = StatementCounters.sum(hit, other.hit)
    read = StatementCounters.sum(read, other.read)
  }

  static func sum(_ left: Double?, _ right: Double?) -> Double? {
    guard let left, let right else { return left ?? right }
    return left + right
  }
}

/// One snapshot: a row for each identity, in the order of the file.
struct StatementSnapshot {
  private(set) var rows: [String: StatementCounters] = [:]
  /// The identities, in the order of the file.
  private(set) var keys: [String] = []

  /// Reads the rows of a table.
  /// - Throws: `malformed` for values that cannot be.
  init(_ table: ViewTable, _ identity: StatementIdentity) throws(InputError) {
    var names: [String: String?] = [:]
    try table.forEachRow { row throws(InputError) in
      guard let (counters, text) = try StatementSnapshot.counters(of: row) else { return }
      let query = try row.text("queryid")
      let written = text ?? query.map { "queryid " + $0 } ?? ""
      let name: String?
      if let known = names[written] {
        name = known
      } else {
        name = StatementSnapshot.name(text, queryid: query)
        names[written] = name
      }
      var own = counters
      own.name = name
      add(own, try identity.key(of: row, name))
    }
  }

  private mutating func add(_ counters: StatementCounters, _ key: String) {
    guard var known = rows[key] else {
      keys.append(key)
      rows[key] = counters
      return
    }
    known.add(counters)
    if known.since != counters.since { known.since = nil }
    if let other = counters.max { known.max = known.max.map { Swift.max($0, other) } }
    rows[key] = known
  }

  /// The counters of a row and the text of its query; nil for a row that counted nothing.
  private static func counters(
    of row: ViewRow
  ) throws(InputError) -> (counters: StatementCounters, text: String?)? {
    guard let calls = try row.number(.count, "calls") else {
      throw row.error(in: "calls", found: "no number of calls", expected: "how often the query was called")
    }
    guard calls > 0 else { return nil }
    let mean = try row.number(.milliseconds, "mean_exec_time", "mean_time")
    guard
      let total = try row.number(.milliseconds, "total_exec_time", "total_time") ?? mean.map({ $0 * calls })
    else {
      throw row.error(found: "a query without the time of its calls", expected: "its total or mean time")
    }
    var counters = StatementCounters(calls: calls, total: total)
    counters.max = try row.number(.milliseconds, "max_exec_time", "max_time")
    counters.rows = try row.number(.count, "rows")
    counters.hit = try row.number(.count, "shared_blks_hit")
    counters.read = try row.number(.count, "shared_blks_read")
    counters.since = try row.text("stats_since")
    counters.isTopLevel = try row.text("toplevel").map { !["f", "false"].contains($0.lowercased()) } ?? true
    return (counters, try row.text("query"))
  }

  /// What a query is called; nil where its text is hidden from the role that asked.
  private static func name(_ text: String?, queryid: String?) -> String? {
    if let text { return text == "<insufficient privilege>" ? nil : NormalizedQuery(text).name }
    guard let queryid, queryid.utf8.allSatisfy({ $0.isDigit || $0 == UInt8(ascii: "-") }) else { return nil }
    return "queryid \(queryid)"
  }
}
