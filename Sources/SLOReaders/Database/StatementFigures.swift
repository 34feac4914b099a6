internal import SLOModel
internal import SLOSupport

/// The figures of a window: of the run as a whole, and of the queries that matter to it.
struct StatementFigures {
  /// A query by its name, and what it did.
  private typealias Named = (name: String, did: StatementWindow.Query)

  private let window: StatementWindow
  /// Those with a name, by their total time.
  private let queries: [Named]

  init(_ window: StatementWindow) {
    var window = window
    window.close()
    self.window = window
    queries = window.queries.compactMap { name, query in name.map { ($0, query) } }
      .sorted { ($0.did.counters.total, $1.name) > ($1.did.counters.total, $0.name) }
  }

  /// How much of the time the queries that are always recorded make up.
  private static let recordedShare = 0.99
  /// The most of them.
  private static let mostRecorded = 200
  /// How many of the worst by each metric a limit on every query needs: of these one exceeds it where any does.
  private static let worst = 20

  /// Adds all figures, notices and warnings.
  func add(to figures: inout DatabaseFigures, _ demand: SampleDemand) {
    addWhole(to: &figures)
    let recorded = recorded(demand)
    for (name, query) in queries where recorded.contains(name) {
      add(query, name, to: &figures)
    }
    figures.reading.notices += notices(leftOut: queries.filter { !recorded.contains($0.name) })
    figures.reading.warnings += warnings
    if window.queries.isEmpty {
      figures.reading.failure =
        window.snapshots > 1
        ? "no query ran between the snapshots" : "the snapshot has no query that was called"
    } else if window.restarted * 2 > window.kept {
      figures.reading.failure =
        "most queries count less in a snapshot than in the one before it, or from 0 again: the statistics were reset"
        + " within the run, or the snapshots are not in their order; pass BEFORE,AFTER, and reset before the run"
    }
  }

  private func addWhole(to figures: inout DatabaseFigures) {
    let whole = window.whole
    guard whole.calls > 0 else { return }
    figures.add("calls", whole.calls)
    figures.add("total", whole.total)
    figures.add("mean", whole.total / whole.calls, samples: whole.calls)
    figures.add("queries", Double(queries.count))
    if let hit = whole.hit, let read = whole.read, hit + read > 0 {
      figures.add("hit_ratio", hit / (hit + read))
    }
    guard window.snapshots > 1 else { return }
    for (metric, count) in [("new_in_top", 20), ("new_in_top_10", 10)] {
      let new = queries.prefix(count).filter(\.did.isNew).map(\.name)
      figures.add(metric, Double(new.count), details: new)
    }
  }

  private func add(_ query: StatementWindow.Query, _ name: String, to figures: inout DatabaseFigures) {
    let counters = query.counters
    figures.add("mean", counters.total / counters.calls, of: name, samples: counters.calls)
    figures.add("calls", counters.calls, of: name)
    figures.add("total", counters.total, of: name)
    if let max = query.max { figures.add("max", max, of: name, samples: counters.calls) }
    if let rows = counters.rows { figures.add("rows", rows, of: name) }
    if window.whole.total > 0 {
      figures.add("share", min(1, counters.total / window.whole.total), of: name)
    }
  }

  // MARK: What is recorded

  private func recorded(_ demand: SampleDemand) -> Set<String> {
    if demand.takesEverySubject { return Set(queries.map(\.name)) }
    var recorded: Set<String> = []
    let all = queries.reduce(0) { $0 + $1.did.counters.total }
    var covered = 0.0
    for query in queries.prefix(StatementFigures.mostRecorded) {
      recorded.insert(query.name)
      covered += query.did.counters.total
      if covered >= all * StatementFigures.recordedShare { break }
    }
    let patterns = demand.subjects.filter { $0.text != "*" }
    recorded.formUnion(
      queries.lazy.map(\.name).filter { name in patterns.contains { $0.matches(name) } })
    guard patterns.count < demand.subjects.count else { return recorded }
    for (metric, value) in StatementFigures.ranked
    where demand.figures.contains(where: { $0.metric == metric }) {
      let sorted = queries.sorted { (value($0.did), $1.name) > (value($1.did), $0.name) }
      recorded.formUnion(sorted.prefix(StatementFigures.worst).map(\.name))
      // Of a number of calls or rows a limit may be the least that is allowed.
      let hasFloor = MetricCatalogue.traits(of: metric, in: .database)?.better == nil
      if hasFloor { recorded.formUnion(sorted.suffix(StatementFigures.worst).map(\.name)) }
    }
    return recorded
  }

  /// The metrics of a query. By the total as well: an entry of its own may allow the heaviest more than all others.
  private static let ranked: [(String, @Sendable (StatementWindow.Query) -> Double)] = [
    ("mean", { $0.counters.total / $0.counters.calls }), ("max", { $0.max ?? 0 }),
    ("calls", { $0.counters.calls }), ("rows", { $0.counters.rows ?? 0 }),
    ("total", { $0.counters.total }), ("share", { $0.counters.total }),
  ]

  // MARK: What is said

  private func notices(leftOut: [(name: String, did: StatementWindow.Query)]) -> [String] {
    let time = leftOut.reduce(0) { $0 + $1.did.counters.total }
    return [
      window.snapshots == 1
        ? "the queries count from the last reset on: a snapshot before the run and one behind it, as in"
          + " db=before.csv,after.csv, give those of the run alone" : nil,
      leftOut.isEmpty
        ? nil
        : "\(counted(leftOut.count, "query", plural: "queries")) with \(percent(of: time)) of the time"
          + " \(leftOut.count == 1 ? "is" : "are") not recorded: those that take most, and those that a budget names,"
          + " are",
      window.nested == 0
        ? nil
        : "\(counted(window.nested, "row")) of statements that functions ran: their time is that of the"
          + " statements that called the functions, and counts once in the run as a whole",
    ].compactMap(\.self)
  }

  private var warnings: [String] {
    let hidden = window.queries[nil]?.counters
    return [
      window.restarted == 0
        ? nil
        : "\(counted(window.restarted, "row")) counted from 0 again between the snapshots: what came before is"
          + " lost. The statistics were reset, rows were evicted, or the snapshots are not in their order",
      window.gone == 0
        ? nil
        : "\(counted(window.gone, "row")) of a snapshot \(window.gone == 1 ? "is" : "are") not in the next: they"
          + " were evicted (pg_stat_statements.max), reset, or left out (LIMIT, WHERE), and the window may lack calls",
      hidden.map {
        "the text of queries with \(percent(of: $0.total)) of the time is hidden from the role that took the snapshot:"
          + " grant it pg_read_all_stats"
      },
    ].compactMap(\.self)
  }

  private func percent(of time: Double) -> String {
    let all = window.queries.values.reduce(0) { $0 + $1.counters.total }
    guard all > 0 else { return "none" }
    let share = (time / all * 1_000).rounded() / 10
    return share < 0.1 ? "less than 0.1 %" : "\(share) %"
  }
}
