internal import SLOModel

/// What the server says of its statistics of queries: how many rows it has evicted, and when it last reset them.
struct StatementHistory: DatabaseView {
  static let title = "a snapshot of pg_stat_statements_info"
  static let format = "pg-stat-statements-info"
  static let query = "SELECT * FROM pg_stat_statements_info"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  static func isOne(ofColumns names: Set<String>) -> Bool {
    names.contains("dealloc") && names.contains("stats_reset")
  }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    var (evictions, resets, last) = (0.0, 0, (evicted: 0.0, reset: String?.none))
    for (index, results) in opened.map(\.results).enumerated() {
      var now = last
      try results.table.forEachRow { row throws(InputError) in
        now = (try row.number(.count, "dealloc") ?? 0, try row.text("stats_reset"))
      }
      let isReset = index > 0 && (now.reset != last.reset || now.evicted < last.evicted)
      if isReset { resets += 1 }
      evictions += isReset || index == 0 ? now.evicted : now.evicted - last.evicted
      if index == 0, opened.count > 1 { evictions = 0 }
      last = now
    }
    figures.add("evictions", evictions)
    if resets > 0 {
      figures.reading.warnings.append(
        "the statistics of queries were reset between the snapshots: what came before is lost")
    }
    return [figures.reading]
  }
}
