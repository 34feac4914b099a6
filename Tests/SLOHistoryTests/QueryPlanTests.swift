import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Query plans")
struct QueryPlanTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The tables that stay small, and the two walks through the journal's past that a migration takes once.
  private func mayScan(_ scans: [String], _ sql: String) -> Bool {
    scans.allSatisfy { $0.hasPrefix("SCAN cohorts") || $0 == "SCAN journal_heads" }
      || sql.contains("ORDER BY recorded_at, ")
  }

  @Test("No statement walks a table that grows")
  func noScans() throws {
    let history = try everyStatementUsed()
    let statements = history.database.keptStatements.filter {
      !["BEGIN", "COMMI", "PRAGM"].contains($0.prefix(5))
    }
    #expect(statements.count >= 20)
    for sql in statements {
      let steps = try plan(of: sql, in: history.database)
      let scans = steps.filter {
        $0.hasPrefix("SCAN") && !["SCAN CONSTANT ROW", "SCAN sqlite_master"].contains($0)
      }
      #expect(scans.isEmpty || mayScan(scans, sql), "\(sql): \(steps)")
      #expect(!steps.contains { $0.contains("AUTOMATIC") }, "\(sql): \(steps)")
    }
  }

  @Test("The newest runs come from the index already in order")
  func ordered() throws {
    let history = try everyStatementUsed()
    let newest = try #require(history.database.keptStatements.first { $0.contains("ORDER BY position DESC") })
    #expect(
      try plan(of: newest, in: history.database) == [
        "SEARCH runs USING INDEX runs_by_position (cohort=? AND branch=? AND position>? AND position<?)"
      ])
  }

  private func everyStatementUsed() throws -> History {
    var runs = (0..<5).map { (day: Int) in Sample.run("c\(day)", day: day) }
    runs[0].reading.distributions = [Sample.distribution([1, 2])]
    let history = try folder.history(of: runs)
    let verdict = RecordedVerdict(
      commit: runs[0].commit, environment: Sample.perf, verdict: "pass", exitCode: 0)
    try history.record(runs, verdict: verdict, at: Sample.day(101))
    _ = try history.window(Sample.query())
    _ = try history.window(Sample.query(ancestors: ["c1", "c2"], size: 1))
    try history.record((0..<90).map { Sample.run("f\($0)", branch: "x") }, verdict: nil, at: Sample.day(102))
    try history.record([Sample.run("c6", day: 6)], verdict: nil, at: Sample.day(103))
    _ = try history.window(Sample.query())
    _ = try history.run(runs[0].id)
    _ = try history.distribution(of: runs[0].id, endpoint: "search", metric: "http_req_duration")
    _ = try history.distributions(
      Sample.query(), endpoint: "search", metric: "http_req_duration", unit: .milliseconds)
    var query = SeriesQuery()
    _ = try history.cohorts(query)
    query.commits = ["c1"]
    query.figures = [.init(metric: "http_req_duration", statistic: .p99)]
    _ = try history.cohorts(query)
    query.endpoints = [EndpointPattern("search")]
    _ = try history.cohorts(query)
    _ = try history.distributions(query, endpoint: "search", metric: "http_req_duration")
    _ = try history.contains(runs[0].id)
    _ = try history.summary()
    _ = try history.acceptances(service: "gateway")
    _ = try history.series(of: "gateway")
    var filter = RunFilter()
    filter.service = "gateway"
    filter.commit = "c1"
    _ = try history.runHeaders(filter)
    _ = try history.checks(commit: "c1")
    _ = try history.commits(measuredBy: ["s"], service: "gateway", until: Sample.day(101))
    return history
  }

  private func plan(of sql: String, in database: Database) throws -> [String] {
    let row = try database.prepare("EXPLAIN QUERY PLAN " + sql)
    var steps: [String] = []
    while try row.step() { steps.append(row.text(3)) }
    return steps
  }
}
