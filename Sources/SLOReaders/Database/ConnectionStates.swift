internal import SLOModel
internal import SLOSupport

/// The connections of clients by what they are doing, from rows of `pg_stat_activity` or numbers by state. Of several
/// snapshots each figure is the largest.
struct ConnectionStates: DatabaseView {
  static let title = "a snapshot of pg_stat_activity"
  static let format = "pg-stat-activity"
  static let query = "SELECT * FROM pg_stat_activity"

  private let table: ViewTable

  init(_ table: ViewTable) { self.table = table }

  private static let counts = ["count", "connections"]

  static func isOne(ofColumns names: Set<String>) -> Bool {
    names.contains("state") && (!names.isDisjoint(with: counts) || names.contains("pid"))
  }

  static func readings(
    ofSnapshots opened: [Opened], profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var figures = try DatabaseFigures(of: opened.map(\.file), format: format, profile: profile)
    var (most, all, hidden): ([String: Double], Double, Double) = ([:], 0, 0)
    for (results, _) in opened {
      let count = try Count(results.table)
      for (state, number) in count.states { most[state] = max(most[state] ?? 0, number) }
      all = max(all, count.all)
      hidden = max(hidden, count.withoutState)
    }
    figures.add("connections", all)
    for (state, number) in most.sorted(by: { $0.key < $1.key }) {
      figures.add("connections", number, of: "state " + state)
    }
    if hidden > 0 {
      figures.reading.notices.append(
        "\(Int(saturating: hidden)) processes without a state are not counted: they serve no client, or their state is hidden from the"
          + " role that took the snapshot")
    }
    return [figures.reading]
  }

  /// The connections of one snapshot.
  private struct Count {
    private(set) var states: [String: Double] = [:]
    private(set) var all = 0.0
    private(set) var withoutState = 0.0

    /// What a backend waits for where another one keeps it waiting.
    private static let obstacles: Set<String> = ["Lock", "LWLock", "BufferPin"]

    init(_ table: ViewTable) throws(InputError) {
      let areGrouped = table.hasAny(ConnectionStates.counts)
      let knowsWaits = table.hasAny(["wait_event_type"])
      try table.forEachRow { row throws(InputError) in
        let number = areGrouped ? try row.number(.count, "count", "connections") ?? 0 : 1
        if let type = try row.text("backend_type"), type != "client backend" { return }
        guard let state = try row.text("state"), state.lowercased() != "null" else {
          withoutState += number
          return
        }
        guard let name = ConnectionStates.known.first(where: { $0 == state }) else {
          throw row.error(
            in: "state", found: "a state of another name",
            expected: ConnectionStates.known.joined(separator: ", "))
        }
        states[name, default: 0] += number
        all += number
        guard knowsWaits else { return }
        let obstacle = try row.text("wait_event_type")
        let isWaiting = state == "active" && obstacle.map(Count.obstacles.contains) ?? false
        states["waiting", default: 0] += isWaiting ? number : 0
      }
    }
  }

  private static let known = [
    "active", "idle", "idle in transaction", "idle in transaction (aborted)", "fastpath function call",
    "disabled",
    "starting",
  ]
}
