import SLOSupport
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Distributions")
struct DistributionTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A percentile nobody recorded can be asked of any old run")
  func percentileOfOldRun() throws {
    var generator = SeededGenerator(seed: 1)
    let samples = (0..<3).map { _ in generator.latencies(5_000) }
    let runs = samples.enumerated().map { index, values in run("c\(index)", day: index, values) }
    let history = try folder.history(of: runs)
    for (run, values) in zip(runs, samples) {
      let distribution = try #require(
        try history.distribution(of: run.id, endpoint: "search", metric: metric))
      #expect(distribution == run.reading.distributions[0])
      let exact = try #require(SortedSample(values)).percentile(99.9)
      let asked = try #require(distribution.sketch.quantile(0.999))
      #expect(abs(asked - exact) <= 0.01001 * exact)
    }
  }

  @Test("Repetitions of a commit are pooled, commits stand oldest first")
  func window() throws {
    let runs = [
      run("c2", day: 2, [7, 8, 9]), run("c1", day: 1, [1, 2]), run("c1", day: 1, [3], file: "b"),
      Sample.run("c3", day: 3), run("x1", day: 4, [99], branch: "topic"),
    ]
    let history = try folder.history(of: runs)
    let found = try history.distributions(
      Sample.query(), endpoint: "search", metric: metric, unit: .milliseconds)
    #expect(found.map(\.commit) == Array(try history.window(Sample.query()).commits.prefix(2)))
    #expect(found.map(\.commit.sha) == ["c1", "c2"])
    #expect(found.map(\.repetitions.count) == [2, 1])
    #expect(
      found.map(\.pooled) == [QuantileSketch(sorted: [1, 2, 3]), QuantileSketch(sorted: [7, 8, 9])])
  }

  @Test("Two runs are compared quantile by quantile")
  func comparison() throws {
    let values = (1...1_000).map(Double.init)
    let runs = [run("c1", day: 1, values), run("c2", day: 2, values.map { $0 <= 980 ? $0 : $0 * 2 })]
    let history = try folder.history(of: runs)
    let sketches = try runs.compactMap {
      try history.distribution(of: $0.id, endpoint: "search", metric: metric)?.sketch
    }
    let shifts = sketches[1].shift(from: sketches[0], at: [0.5, 0.99])
    #expect(shifts[0].relative == 0)
    #expect(shifts[1].relativeBounds?.contains(1) == true)
  }

  @Test("What is not there is nil, or absent")
  func absent() throws {
    let (with, without) = (run("c1", day: 1, [1]), Sample.run("c2", day: 2))
    let history = try folder.history(of: [with, without])
    #expect(try history.distribution(of: without.id, endpoint: "search", metric: metric) == nil)
    #expect(try history.distribution(of: with.id, endpoint: "search", metric: "other") == nil)
    #expect(try history.distribution(of: with.id, endpoint: "*", metric: metric) == nil)
    #expect(
      try history.distribution(of: Sample.run("c3").id, endpoint: "search", metric: metric) == nil)
    #expect(
      try history.distributions(Sample.query(), endpoint: "search", metric: metric, unit: .bytes).isEmpty)
  }

  @Test("A sketch that was damaged is an error, never a wrong answer")
  func damaged() throws {
    let run = run("c1", day: 1, [1, 2, 3])
    let history = try folder.history(of: [run])
    try folder.tamper("UPDATE distributions SET sketch = x'010A00FF'")
    let error = #expect(throws: HistoryError.self) {
      try history.distribution(of: run.id, endpoint: "search", metric: metric)
    }
    #expect(error?.kind == .corrupt)
    #expect(throws: HistoryError.self) { try history.run(run.id) }
  }

  private var metric: String { Sample.latency.metric }

  private func run(
    _ sha: String, day: Int, _ values: [Double], file: String = "a", branch: String = "main"
  ) -> Run {
    var run = Sample.run(sha, day: day, file: file, branch: branch)
    run.reading.distributions = [Sample.distribution(values)]
    return run
  }
}

/// Files written before there were distributions.
@Suite("A history of schema version 1")
struct FirstSchemaTests {
  let folder: TemporaryFolder
  let old = Sample.run("c1", day: 1)

  init() throws {
    folder = try TemporaryFolder()
    _ = try folder.history(of: [old])
    try folder.takeBack(to: 1)
  }

  private let released = "790e73854cb38ddfcf0d83c0579d1016811ab3c269d334d20fdf0491cef76058"

  @Test("Its first step is as it was released")
  func firstStep() {
    #expect(SHA256Digest(of: Schema.steps[0]).description == released)
  }

  @Test("It is read, without distributions, and left as it is")
  func read() throws {
    let before = try folder.bytes(of: "history.sqlite")
    do {
      let history = try #require(try History.openExisting(path: folder.history))
      #expect(try history.run(old.id) == old)
      #expect(try history.window(Sample.query()).values.count == 1)
      #expect(try history.distribution(of: old.id, endpoint: "search", metric: "http_req_duration") == nil)
      #expect(
        try history.distributions(
          Sample.query(), endpoint: "search", metric: "http_req_duration", unit: .milliseconds
        ).isEmpty)
    }
    #expect(try folder.bytes(of: "history.sqlite") == before)
  }

  @Test("It is brought to the newest version by recording, however it was opened", arguments: [true, false])
  func migrated(byReader: Bool) throws {
    let reader = byReader ? try History.openExisting(path: folder.history) : nil
    _ = try reader?.run(old.id)
    let history = try reader ?? History.open(path: folder.history)
    var new = Sample.run("c2", day: 2)
    new.reading.distributions = [Sample.distribution([1, 2, 3])]
    try history.record([new], verdict: nil, at: Sample.day(101))
    #expect(try history.run(new.id) == new)
    #expect(try history.run(old.id) == old)
    #expect(try Schema.version(of: history.database) == Schema.version)
  }
}

extension SeededGenerator {
  /// Milliseconds with a long tail, in no order.
  fileprivate mutating func latencies(_ count: Int) -> [Double] {
    (0..<count).map { _ in 20 / Double.random(in: 0.001...1, using: &self) }
  }
}
