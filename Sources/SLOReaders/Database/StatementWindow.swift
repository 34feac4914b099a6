/// What each query did between the first and the last of some snapshots; of one alone, since its counters began.
struct StatementWindow {
  /// What one query did.
  struct Query {
    var counters: StatementCounters
    /// Whether no snapshot but a later one has it.
    var isNew: Bool
    /// The slowest call that is known to be of the window, and what the slowest can be of rows where it is not known.
    fileprivate var slowest: Double?
    fileprivate var bound = 0.0
    fileprivate var lacksMaximum = false

    /// The slowest call; nil where it cannot be told: a maximum is since the beginning, and says something of the window
    /// only where it rose.
    var max: Double? { lacksMaximum ? nil : slowest.flatMap { $0 >= bound ? $0 : nil } }
  }

  /// By name; the one without a name is all queries whose text is hidden.
  private(set) var queries: [String?: Query] = [:]
  /// What statements that clients sent did, all together.
  private(set) var whole = StatementCounters()
  /// The rows of statements that functions ran.
  private(set) var nested = 0
  /// The queries that the first snapshot has.
  private var known: Set<String?> = []
  private(set) var snapshots = 0
  /// How many rows were in a snapshot and in the next.
  private(set) var kept = 0
  /// How many of them counted from 0 again.
  private(set) var restarted = 0
  /// How many rows were in a snapshot and not in the next.
  private(set) var gone = 0
  private var last: StatementSnapshot?

  /// Adds a snapshot, taken after those before.
  mutating func add(_ snapshot: StatementSnapshot) {
    snapshots += 1
    if let before = last {
      for key in snapshot.keys {
        guard let now = snapshot.rows[key] else { continue }
        add(now, since: before.rows[key])
      }
      gone += before.keys.count { snapshot.rows[$0] == nil }
    } else {
      known = Set(snapshot.rows.values.map(\.name))
    }
    last = snapshot
  }

  /// The window of a single snapshot is everything in it.
  mutating func close() {
    guard snapshots == 1, let last else { return }
    for key in last.keys {
      if let now = last.rows[key] { add(now, since: nil) }
    }
  }

  private mutating func add(_ now: StatementCounters, since before: StatementCounters?) {
    var grown = now
    var isOld = false
    if let before {
      kept += 1
      if StatementWindow.beganAgain(now, before) {
        restarted += 1
      } else {
        grown = StatementWindow.growth(of: now, since: before)
        isOld = true
      }
    }
    guard grown.calls > 0 else { return }
    if now.isTopLevel { whole.add(grown) } else { nested += 1 }
    var query =
      queries[now.name]
      ?? Query(counters: StatementCounters(name: now.name), isNew: !known.contains(now.name))
    query.counters.add(grown)
    if let slowest = now.max {
      if !isOld || slowest > before?.max ?? .infinity {
        query.slowest = Swift.max(query.slowest ?? 0, slowest)
      } else {
        query.bound = Swift.max(query.bound, slowest)
      }
    } else {
      query.lacksMaximum = true
    }
    queries[now.name] = query
  }

  /// Whether a row counts from 0 again: after a reset, or because it was evicted and came back. Nothing that it counts
  /// falls otherwise, its maximum neither, and no time is added without a call. Times are sums of doubles, and may
  /// differ in their last digits where nothing was added.
  private static func beganAgain(_ now: StatementCounters, _ before: StatementCounters) -> Bool {
    if let since = now.since, let earlier = before.since { return since != earlier }
    let tolerance = 1e-9 * Swift.max(1, before.total)
    let fell = { (later: Double?, earlier: Double?) in
      later.flatMap { later in earlier.map { later < $0 } } ?? false
    }
    return now.calls < before.calls || now.total < before.total - tolerance
      || now.calls == before.calls && now.total > before.total + tolerance
      || fell(now.rows, before.rows) || fell(now.max, before.max)
  }

  private static func growth(of now: StatementCounters, since before: StatementCounters) -> StatementCounters
  {
    let between = { (later: Double?, earlier: Double?) in
      later.flatMap { later in earlier.map { Swift.max(0, later - $0) } }
    }
    var grown = now
    grown.calls = now.calls - before.calls
    grown.total = Swift.max(0, now.total - before.total)
    grown.rows = between(now.rows, before.rows)
    grown.hit = between(now.hit, before.hit)
    grown.read = between(now.read, before.read)
    return grown
  }
}
