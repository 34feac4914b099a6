import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Numbers that slogate cannot have written")
struct DamagedNumbersTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let history = try History.open(path: folder.history)
    let runs = (0..<3).map { (day: Int) in Sample.run("c\(day)", day: day) }
    let verdict = RecordedVerdict(
      commit: runs[0].commit, environment: Sample.perf, verdict: "pass", exitCode: 0)
    try history.record(runs, verdict: verdict, at: Sample.day(100))
  }

  @Test(
    "They are an error or a finding wherever they are read, never a crash",
    arguments: [
      "runs.pruned", "runs.measured", "runs.source_part", "runs.position", "runs.started_at",
      "runs.recorded_at",
      "runs.pruned_at", "series.slot", "cohorts.runs", "cohorts.unnamed", "cohorts.failed", "cohorts.empty",
      "cohorts.pruned", "cohorts.newest", "branches.runs", "verdicts.exit_code", "verdicts.recorded_at",
      "commits.committed_at",
    ], [Int64.min, -1, 1 << 60, .max])
  func everywhere(column: String, number: Int64) throws {
    let parts = column.split(separator: ".")
    try folder.tamper("UPDATE \(parts[0]) SET \(parts[1]) = \(number)")
    let history = try #require(try History.openExisting(path: folder.history))
    let verification = try? history.verify()
    #expect(verification?.isIntact != true || parts[0] == "series")
    let readings: [() throws -> Void] = [
      { _ = try history.window(Sample.query()) }, { _ = try history.window(Sample.query(ancestors: ["c1"])) },
      { _ = try history.window(Sample.query(for: Sample.run("c1"))) }, { _ = try history.summary() },
      { _ = try history.runHeaders(RunFilter()).map { "\($0.recordedAt) \($0.commit)" } },
      { _ = try history.cohorts(SeriesQuery()) }, { _ = try history.checks() },
      { for id in try history.runIDs() { _ = try history.stored(id) } },
      { _ = try history.pruningPlan(rule).values },
    ]
    for read in readings {
      do { try read() } catch {
        let error = try #require(error as? HistoryError)
        #expect(error.kind == .corrupt, "\(error)")
      }
    }
  }

  private var rule: PruningRule {
    var rule = PruningRule()
    rule.keptCommits = 1
    return rule
  }

  @Test(
    "A statistic that slogate never wrote is reported", arguments: ["pzzzzzzzzzzzzzzzzzzzzzzz", "", "p101"])
  func statistic(name: String) throws {
    try folder.tamper("UPDATE series SET statistic = '\(name)' WHERE slot = 0")
    let history = try #require(try History.openExisting(path: folder.history))
    let readings: [() throws -> Void] = [
      { _ = try history.cohorts(SeriesQuery()) }, { _ = try history.series(of: "gateway") },
      { for id in try history.runIDs() { _ = try history.stored(id) } },
    ]
    let errors = readings.compactMap { read in #expect(throws: HistoryError.self) { try read() } }
    #expect(errors.allSatisfy { $0.kind == .corrupt })
  }

  @Test("A count is reported with its column")
  func named() throws {
    try folder.tamper("UPDATE runs SET pruned = -7")
    let history = try #require(try History.openExisting(path: folder.history))
    let error = #expect(throws: HistoryError.self) { try history.runHeaders(RunFilter()) }
    #expect(error?.kind == .corrupt && error?.message == "is damaged: pruned holds -7")
  }

  @Test("A version below 0 is a damaged file")
  func version() throws {
    try folder.tamper("PRAGMA user_version = -1")
    for open in [History.openExisting, { try History.open(path: $0, busyTimeout: $1) }] {
      let error = #expect(throws: HistoryError.self) { _ = try open(folder.history, .seconds(1)) }
      #expect(error?.kind == .corrupt && error?.message.contains("schema version -1") == true)
    }
  }
}
