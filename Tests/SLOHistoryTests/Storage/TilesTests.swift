import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Tiles")
struct TilesTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Any runs of any series come back whole, in their order, and series by series", arguments: 0..<6)
  func roundTrip(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let runs = generator.wideRuns()
    let history = try folder.history(of: runs)
    for run in runs { #expect(try history.run(run.id) == run) }
    var expected: [Series: [Double]] = [:]
    for run in runs where run.profile == "baseline" {
      for measurement in run.reading.measurements {
        expected[measurement.series, default: []].append(measurement.value)
      }
    }
    var query = SeriesQuery()
    query.profile = "baseline"
    let found = try #require(try history.cohorts(query).first).series
    #expect(found.map(\.series) == expected.keys.sorted())
    for series in found {
      #expect(series.values.flatMap { $0.repetitions.map(\.value) } == expected[series.series])
    }
  }

  @Test("A recording writes a row for each 64 series, a known series keeps its slot")
  func slots() throws {
    var (first, second) = (Sample.run("c1"), Sample.run("c2"))
    first.reading.measurements = (0..<130).map(measurement)
    second.reading.measurements = [measurement(200), measurement(129), measurement(0)]
    let database = try folder.history(of: [first, second]).database
    func count(_ condition: String) throws -> Int64? {
      try database.integer("SELECT count(*) FROM " + condition)
    }
    #expect(try count("tiles JOIN runs ON id = run WHERE sha = 'c1'") == 3)
    #expect(try count("tiles JOIN runs ON id = run WHERE sha = 'c2'") == 2)
    #expect(try count("series WHERE endpoint = 'e200' AND slot = 130") == 1)
    #expect(try count("series WHERE endpoint = 'e' || slot") == 130)
  }

  @Test("The values of one run are deleted, and of no other")
  func deletion() throws {
    var generator = SeededGenerator(seed: 9)
    var runs = generator.wideRuns()
    for index in runs.indices { runs[index].reading.distributions = [Sample.distribution([1, 2, 3])] }
    let history = try folder.history(of: runs)
    let row = try history.database.prepare("SELECT id, cohort FROM runs WHERE digest = ?1")
    try row.bind(.blob(runs[0].id.bytes))
    try #require(try row.step())
    try ValueStore(database: history.database).deleteValues(
      run: row.integerOrZero(0), cohort: row.integerOrZero(1))
    var emptied = runs[0]
    emptied.reading.measurements = []
    emptied.reading.distributions = []
    #expect(try history.run(runs[0].id) == emptied)
    for run in runs.dropFirst() { #expect(try history.run(run.id) == run) }
  }

  @Test(
    "A damaged tile is an error, never a wrong value",
    arguments: ["x'01'", "zeroblob(600)", "substr(cells, 2)"])
  func damaged(cells: String) throws {
    let run = Sample.run("c1")
    let history = try folder.history(of: [run])
    try folder.tamper("UPDATE tiles SET cells = \(cells)")
    for read in [
      { _ = try history.run(run.id) }, { _ = try history.window(Sample.query()) },
      { _ = try history.cohorts(SeriesQuery()) },
    ] {
      let error = #expect(throws: HistoryError.self) { try read() }
      #expect(error?.kind == .corrupt)
    }
  }

  private func measurement(_ number: Int) -> MetricValue {
    let series = Series(profile: "baseline", endpoint: "e\(number)", metric: "m", statistic: .p95)
    return MetricValue(series: series, value: Double(number), unit: .milliseconds)
  }
}

@Suite("A history from before there were tiles")
struct TilingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("It is read as it is, and gives the same when its values have moved into tiles", arguments: 1...3)
  func migrated(from version: Int) throws {
    var generator = SeededGenerator(seed: UInt64(version))
    let runs = generator.wideRuns()
    let expected = try answers(of: try folder.history(of: runs), runs)
    try folder.takeBack(to: version)
    let before = try folder.bytes(of: "history.sqlite")
    do {
      let reader = try #require(try History.openExisting(path: folder.history))
      #expect(try answers(of: reader, runs) == expected)
    }
    #expect(try folder.bytes(of: "history.sqlite") == before)
    let history = try History.open(path: folder.history)
    #expect(try answers(of: history, runs) == expected)
    #expect(try history.database.integer("SELECT count(*) FROM pragma_foreign_key_check") == 0)
    #expect(
      try history.database.integer(
        "SELECT count(*) FROM sqlite_schema WHERE name IN ('measurements', 'row_series')") == 0)
  }

  @Test("More runs than are moved at once lose nothing")
  func manyRuns() throws {
    let runs = (0..<2_100).map { Sample.run("c\($0)", day: $0, value: Double($0)) }
    _ = try folder.history(of: runs)
    try folder.takeBack(to: 3)
    let series = try #require(try History.open(path: folder.history).cohorts(SeriesQuery()).first).series
    #expect(series.map { $0.values.map { $0.repetitions[0].value } } == [(0..<2_100).map(Double.init)])
  }

  @Test("A migration that fails leaves the file as it was")
  func impossibleCount() throws {
    let run = Sample.run("c1")
    _ = try folder.history(of: [run])
    try folder.takeBack(to: 3)
    try folder.tamper("UPDATE measurements SET samples = -1")
    let error = #expect(throws: HistoryError.self) { try History.open(path: folder.history) }
    #expect(error?.kind == .corrupt)
    let reader = try #require(try History.openExisting(path: folder.history))
    #expect(try reader.run(run.id)?.reading.measurements.map(\.samples) == [-1])
  }

  private struct Answers: Equatable {
    var runs: [Run?]
    var cohorts: [CohortHistory]
    var windows: [ReferenceWindow]
  }

  private func answers(of history: History, _ runs: [Run]) throws -> Answers {
    Answers(
      runs: try runs.map { try history.run($0.id) }, cohorts: try history.cohorts(SeriesQuery()),
      windows: try runs.map { try history.window(WindowQuery(for: $0, referenceBranch: "main")) })
  }
}

extension SeededGenerator {
  /// Runs of some of 150 series, in any order, under two profiles.
  fileprivate mutating func wideRuns() -> [Run] {
    (0..<8).map { number in
      var run = Sample.run("c\(number)", day: number, profile: number % 3 == 0 ? "spike" : "baseline")
      let series = (0..<150).shuffled(using: &self).prefix(Int.random(in: 1...150, using: &self))
      run.reading.measurements = series.map { index in
        MetricValue(
          series: Series(
            profile: run.profile, endpoint: "e\(index / 8)", metric: "m",
            statistic: Statistic(rawValue: "p\(index % 8)")),
          value: Double.random(in: -1e6...1e6, using: &self), unit: .milliseconds,
          better: Bool.random(using: &self) ? .lower : nil,
          samples: maybe { Int.random(in: 0...1_000, using: &$0) })
      }
      return run
    }
  }
}
