internal import SLOModel
internal import SLOSupport

/// How often each index was used: an index that no scan has used costs every write, and may serve a constraint alone.
struct IndexStatistics: DatabaseView {
  static let title = "a snapshot of pg_stat_user_indexes"
  static let format = "pg-stat-user-indexes"
  static let query = "SELECT * FROM pg_stat_user_indexes"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  static func isOne(ofColumns names: Set<String>) -> Bool {
    names.isSuperset(of: ["indexrelname", "idx_scan"])
  }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    var scans = GrowingCounters()
    var last: [(table: String, index: String)] = []
    for (results, _) in opened {
      last = []
      try results.table.forEachRow { row throws(InputError) in
        guard let index = try row.text("indexrelname") else { return }
        let table = try TableName.of(row) ?? "table"
        let name = VisibleText.escaped(index)
        last.append((table, name))
        scans.add(try row.number(.count, "idx_scan"), of: table + "\0" + name)
      }
      scans.endSnapshot()
    }
    let unused = last.filter { scans.growth[$0.table + "\0" + $0.index] == 0 }
    figures.add("unused", Double(unused.count), details: unused.map { "\($0.index) of \($0.table)" })
    let byTable = Dictionary(grouping: unused, by: \.table)
    for table in Set(last.map(\.table)).sorted() {
      let names = (byTable[table] ?? []).map(\.index)
      figures.add("unused", Double(names.count), of: table, details: names)
    }
    figures.warn(ofRestarted: scans.restarted.count, "indexes")
    return [figures.reading]
  }
}
