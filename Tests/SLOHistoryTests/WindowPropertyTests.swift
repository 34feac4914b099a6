import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Reference windows of any history")
struct WindowPropertyTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("Runs in any order, with any repetition, give the same windows", arguments: 0..<15)
  func orderOfRecording(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let runs = generator.history()
    let queries = (0..<6).map { _ in generator.query() }
    let expected = try windows(of: runs, in: "once.sqlite", batches: [runs], queries)
    var shuffled = (runs + runs.filter { _ in Bool.random(using: &generator) }).shuffled(using: &generator)
    var batches: [[Run]] = []
    while !shuffled.isEmpty {
      let size = Int.random(in: 1...6, using: &generator)
      batches.append(Array(shuffled.prefix(size)))
      shuffled = Array(shuffled.dropFirst(size))
    }
    #expect(try windows(of: runs, in: "again.sqlite", batches: batches, queries) == expected)
  }

  @Test("The window is what the rules say, and every other run is counted", arguments: 0..<30)
  func rules(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(1_000 + seed))
    let runs = generator.history()
    let history = try folder.history(of: runs)
    for _ in 0..<6 {
      let query = generator.query()
      let window = try history.window(query)
      let expected = expectation(query, over: runs)
      #expect(window.commits.map(\.sha) == expected.shas)
      #expect(window.commits.map { Set($0.runs) } == expected.shas.map { Set(expected.runs[$0] ?? []) })
      let inScope = runs.count { $0.service == query.service && $0.profile == query.profile }
      #expect(window.commits.reduce(0) { $0 + $1.runs.count } + window.skipped.total == inScope)
      #expect(window.skipped.counts.values.allSatisfy { $0 > 0 })
    }
  }

  private func windows(
    of runs: [Run], in name: String, batches: [[Run]], _ queries: [WindowQuery]
  ) throws -> [ReferenceWindow] {
    let history = try History.open(path: folder.path + "/" + name)
    for batch in batches { try history.record(batch, verdict: nil, at: Sample.day(100)) }
    #expect(try history.summary().runs == Set(runs.map(\.id)).count)
    return try queries.map(history.window)
  }

  /// The rules written down a second time, the slow way.
  private func expectation(
    _ query: WindowQuery, over runs: [Run]
  ) -> (shas: [String], runs: [String: [SHA256Digest]]) {
    let eligible = runs.filter { run in
      run.service == query.service && run.profile == query.profile && run.environment.isKnown
        && run.environment.fingerprint == query.environmentFingerprint && run.commit.isKnown
        && run.commit.sha != query.commit && run.reading.failure == nil && !run.reading.measurements.isEmpty
        && (run.commit.branch == nil
          ? query.branch == nil : run.commit.branch == query.referenceBranch)
        && query.ancestors?.contains(run.commit.sha) != false
    }
    func position(_ sha: String) -> Timestamp {
      let all = runs.filter { $0.commit.sha == sha }
      return all.compactMap(\.commit.committedAt).min()
        ?? all.map { $0.reading.startedAt ?? Sample.day(100) }.min() ?? Sample.day(100)
    }
    let groups = Dictionary(grouping: eligible, by: \.commit.sha)
    let byTime = groups.keys.sorted { (position($0), $0) < (position($1), $1) }
    let ordered = query.ancestors.map { $0.reversed().filter { groups[$0] != nil } } ?? byTime
    return (Array(ordered.suffix(query.size)), groups.mapValues { $0.map(\.id) })
  }
}

extension SeededGenerator {
  /// Up to 60 runs of few commits, branches and environments, so that everything collides.
  fileprivate mutating func history() -> [Run] {
    let times = (0..<12).map { _ in maybe { Int.random(in: 0...9, using: &$0) } }
    return (0..<Int.random(in: 0...60, using: &self)).map { number in
      let commit = Int.random(in: 0..<12, using: &self)
      return Sample.run(
        commit == 11 ? Commit.unknownSHA : "c\(commit)", day: commit == 11 ? nil : times[commit],
        value: Int.random(in: 0..<8, using: &self) == 0 ? nil : Double(number), file: "\(number)",
        branch: branch(), environment: environment(),
        failure: Int.random(in: 0..<8, using: &self) == 0 ? "failed" : nil,
        startedAt: maybe { Sample.day(Int.random(in: 0...9, using: &$0)) },
        profile: maybe { _ in "spike" } ?? "baseline")
    }
  }

  fileprivate mutating func query() -> WindowQuery {
    let candidate = Sample.run(
      "c\(Int.random(in: 0..<14, using: &self))", branch: branch(), environment: environment(),
      profile: maybe { _ in "spike" } ?? "baseline")
    let commits = (0..<11).shuffled(using: &self).prefix(Int.random(in: 0...11, using: &self))
    return Sample.query(
      for: candidate, ancestors: maybe { _ in commits.map { "c\($0)" } },
      size: Int.random(in: 0...8, using: &self))
  }

  private mutating func branch() -> String? {
    [nil, "main", "main", "main", "feature"].randomElement(using: &self) ?? nil
  }

  private mutating func environment() -> Environment {
    [.unknown, Sample.perf, Sample.perf, Sample.perf, Sample.small].randomElement(using: &self) ?? .unknown
  }
}
