import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Recording")
struct RecordingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A run comes back as it went in", arguments: 0..<40)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let runs = (0..<5).map { generator.run(number: $0) }
    let history = try folder.history(of: runs)
    for run in runs { #expect(try history.run(run.id) == run) }
  }

  @Test("Series of one endpoint keep their places, in whatever order runs list them")
  func anotherOrder() throws {
    let values = (0..<300).map { number in
      MetricValue(
        series: Series(
          profile: "baseline", endpoint: Series.wholeRun, metric: "m\(number % 150)",
          statistic: number < 150 ? .value : .count),
        value: Double(number), unit: .count, better: nil)
    }
    var (first, second, third) = (Sample.run("a1"), Sample.run("a2"), Sample.run("a3"))
    first.reading.measurements = Array(values[10...])
    second.reading.measurements = values.reversed()
    third.reading.measurements = Array(values[..<7] + values[200...])
    for index in values.indices where index % 3 == 0 { second.reading.measurements[index].unit = .unitless }
    let history = try folder.history(of: [first, second, third])
    for run in [first, second, third] { #expect(try history.run(run.id) == run) }
  }

  @Test("A run without a known environment keeps its conditions to itself")
  func unknownEnvironment() throws {
    var run = Sample.run("a1", environment: .unknown)
    run.reading.conditions = ["form factor": "mobile"]
    #expect(try folder.history(of: [run]).run(run.id) == run)
  }

  @Test("The same run twice is stored once, in one recording or in two")
  func idempotent() throws {
    let (first, second) = (Sample.run("a1"), Sample.run("a2"))
    let history = try History.open(path: folder.history)
    let once = try history.record([first, first], verdict: nil, at: Sample.day(1))
    #expect(once == Recording(added: [first.id], known: [first.id]))
    let again = try history.record([first, second], verdict: nil, at: Sample.day(2))
    #expect(again == Recording(added: [second.id], known: [first.id]))
    #expect(try history.summary() == HistorySummary(runs: 2, newest: Sample.day(2)))
    #expect(try history.contains(first.id))
    #expect(try !history.contains(Sample.run("a3").id))
  }

  @Test("What a later recording knows of a commit holds for its earlier runs too")
  func commitFacts() throws {
    let shallow = Sample.run("a1", file: "shallow")
    var deep = Sample.run("a1", day: 3, file: "deep")
    deep.commit.firstParent = "a0"
    let history = try folder.history(of: [shallow, deep])
    #expect(try history.run(shallow.id)?.commit == deep.commit)
    #expect(try history.window(Sample.query()).commits.map(\.time) == [Sample.day(3)])
  }

  @Test("A verdict is kept with the runs it judged, each time it is given")
  func verdicts() throws {
    let runs = [Sample.run("a1"), Sample.run("a1", file: "b")]
    let verdict = RecordedVerdict(
      commit: runs[0].commit, environment: Sample.perf, verdict: "blocked", exitCode: 1)
    let history = try History.open(path: folder.history)
    try history.record(runs, verdict: verdict, at: Sample.day(1))
    try history.record(runs, verdict: verdict, at: Sample.day(2))
    let database = history.database
    #expect(try database.integer("SELECT count(*) FROM verdicts WHERE verdict = 'blocked'") == 2)
    #expect(try database.integer("SELECT count(*) FROM verdict_runs") == 4)
    #expect(try database.integer("SELECT exit_code FROM verdicts WHERE recorded_at > 0") == 1)
  }

  @Test("A recording that fails half-way leaves nothing behind")
  func rollback() throws {
    let history = try folder.history(of: [Sample.run("a1")])
    try history.database.execute(
      """
      CREATE TEMP TRIGGER fault BEFORE INSERT ON runs WHEN NEW.sha = 'a3'
      BEGIN SELECT raise(ABORT, 'injected'); END
      """)
    let before = try contents(of: history)
    let error = #expect(throws: HistoryError.self) {
      try history.record([Sample.run("a2"), Sample.run("a3")], verdict: nil, at: Sample.day(101))
    }
    #expect(error?.kind == .unrecordable)
    #expect(try contents(of: history) == before)
    try history.database.execute("DROP TRIGGER fault")
    try history.record([Sample.run("a2"), Sample.run("a3")], verdict: nil, at: Sample.day(101))
    #expect(try history.summary().runs == 3)
  }

  @Test("A full disk is said so, and leaves nothing behind")
  func fullDisk() throws {
    let history = try folder.history(of: [Sample.run("a1")])
    let pages = try history.database.integer("PRAGMA page_count") ?? 0
    try history.database.run("PRAGMA max_page_count = \(pages)")
    let error = #expect(throws: HistoryError.self) {
      try history.record((0..<500).map { Sample.run("b\($0)") }, verdict: nil, at: Sample.day(101))
    }
    #expect(error?.kind == .unwritable)
    #expect(error?.remedy.contains("free space") == true)
    #expect(try history.summary().runs == 1)
  }

  @Test("Values that are no values are refused by name", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(value: Double) throws {
    let history = try folder.history(of: [])
    let error = #expect(throws: HistoryError.self) {
      try history.record([Sample.run("a1"), Sample.run("a2", value: value)], verdict: nil, at: Sample.day(1))
    }
    #expect(error?.kind == .unrecordable)
    #expect(error?.message.contains("http_req_duration p95 of search") == true)
    #expect(try history.summary().runs == 0)
  }

  @Test("A series twice in a run, or of another profile, is refused")
  func misfits() throws {
    let history = try folder.history(of: [])
    var twice = Sample.run("a1")
    twice.reading.measurements += twice.reading.measurements
    var stray = Sample.run("a2")
    stray.reading.measurements[0].series.profile = "spike"
    var endless = Sample.run("a3")
    endless.reading.duration = .infinity
    var blurred = Sample.run("a4")
    blurred.reading.distributions = [Sample.distribution([1]), Sample.distribution([2])]
    var uncountable = Sample.run("a5")
    uncountable.reading.measurements[0].samples = -1
    for run in [twice, stray, endless, blurred, uncountable] {
      #expect(throws: HistoryError.self) { try history.record([run], verdict: nil, at: Sample.day(1)) }
    }
  }

  private func contents(of history: History) throws -> [Int64?] {
    try ["runs", "commits", "cohorts", "branches", "series", "tiles", "environments", "distributions"]
      .map {
        try history.database.integer("SELECT count(*) FROM \($0)")
      }
  }
}
