import SLOHistory
import SLOModel
import SLOStatistics
import Testing

@testable import SLOGate

@Suite("Two sides, side by side")
struct ComparisonTests {
  private let perf = Environment(name: "perf", sizing: ["stage": "perf", "memory": "1Gi"])
  private let small = Environment(name: "small", sizing: ["stage": "perf", "memory": "512Mi"])

  private func measured(
    _ values: [Double], commit: String, in environment: Environment, profile: String = "baseline",
    settings: [String: String] = [:], facts: [String: String] = [:], failure: String? = nil
  ) -> [Run] {
    values.enumerated().map { index, value in
      var reading = Reading(
        profile: profile,
        source: Reading.Source(path: "f", format: "k6-summary-export", sha256: "\(commit)\(profile)\(index)"))
      if failure == nil { reading.measurements = [p95(value, profile: profile)] }
      reading.facts = facts
      reading.failure = failure
      return Run(
        service: "shop", commit: Commit(sha: commit, branch: "main"), environment: environment,
        settings: settings, reading: reading)
    }
  }

  private func side(_ name: String, _ runs: [Run]) -> ComparisonSide {
    ComparisonSide(name: name, kind: .commit, runs: runs)
  }

  /// What calm commits measured, for every pair of a question.
  private func answer(
    _ before: [Run], _ after: [Run], history: [Double] = calm, across: Bool = false
  ) -> SideBySide {
    var question = ComparisonQuestion(
      before: side("a", before), after: side("b", after), isAcrossEnvironments: across)
    for pair in question.pairing.pairs {
      let values = history.enumerated().map {
        ReferenceValue(commit: $0, repetitions: [.init(value: $1, samples: nil)])
      }
      let commits = history.indices.map {
        ReferenceCommit(sha: "c\($0)", branch: "main", time: Timestamp(milliseconds: Int64($0)), runs: [])
      }
      question.histories[pair.key] = CohortHistory(
        service: "shop", profile: pair.key.profile, environment: perf, commits: commits,
        series: [
          SeriesHistory(
            series: p95(0, profile: pair.key.profile).series, unit: .milliseconds, better: .lower,
            values: values)
        ])
    }
    return compare(question)
  }

  @Test("What is worse beyond the noise between commits is a regression")
  func worse() throws {
    let answer = answer(measured([200], commit: "a", in: perf), measured([260], commit: "b", in: perf))
    let finding = try #require(answer.series.first)
    #expect(finding.outcome == .worse && finding.isRegression && finding.isTracked)
    #expect(finding.difference.change?.relative == 0.3)
    #expect(answer.code(failsOnRegression: false) == .compared)
    #expect(answer.code(failsOnRegression: true) == .regression)
  }

  @Test("What is better, and what is like the noise, is none")
  func others() throws {
    let before = measured([200], commit: "a", in: perf)
    let better = answer(before, measured([150], commit: "b", in: perf))
    #expect(better.series.map(\.outcome) == [.better] && better.code(failsOnRegression: true) == .compared)
    let same = answer(before, measured([203], commit: "b", in: perf))
    #expect(same.series.map(\.outcome) == [.same] && same.code(failsOnRegression: true) == .compared)
  }

  @Test("A significant change below the floors of a check is shown and is no regression")
  func floors() throws {
    let flat = (0..<20).map { 200 + 0.01 * Double($0 % 3) }
    let answer = answer(
      measured([200], commit: "a", in: perf), measured([203], commit: "b", in: perf), history: flat)
    #expect(answer.series.map(\.outcome) == [.worse] && answer.series.map(\.isRegression) == [false])
  }

  @Test("Runs of a commit are repetitions of it: their median is compared")
  func repetitions() throws {
    let answer = answer(
      measured([200, 190, 500], commit: "a", in: perf), measured([210, 205, 1], commit: "b", in: perf))
    let finding = try #require(answer.series.first)
    #expect(finding.difference.before == 200 && finding.difference.after == 205)
    #expect(finding.before == [200, 190, 500] && answer.cohorts.first?.runsBefore == 3)
  }

  @Test("Another sizing is refused, field by field")
  func refused() throws {
    let answer = answer(measured([200], commit: "a", in: perf), measured([200], commit: "b", in: small))
    #expect(answer.cohorts.isEmpty && answer.code(failsOnRegression: false) == .inconclusive)
    #expect(
      answer.refused.map(\.sizingDelta)
        == [[FieldDelta(field: "memory", before: ["1Gi"], after: ["512Mi"])]])
  }

  @Test("Across environments it is compared, and marked")
  func across() throws {
    let answer = answer(
      measured([200], commit: "a", in: perf), measured([260], commit: "b", in: small), across: true)
    #expect(answer.isAcrossEnvironments && answer.cohorts.map(\.isAcrossEnvironments) == [true])
    #expect(answer.cohorts.first?.sizing.map(\.field) == ["memory"])
    #expect(answer.code(failsOnRegression: false) == .compared && answer.refused.isEmpty)
  }

  @Test("Sizings in common are compared alone, even across environments; the rest is named")
  func commonSizing() throws {
    let before = measured([200], commit: "a", in: perf)
    let after = measured([201], commit: "b", in: perf) + measured([300], commit: "b2", in: small)
    for across in [false, true] {
      let answer = answer(before, after, across: across)
      #expect(answer.cohorts.count == 1 && !answer.isAcrossEnvironments && answer.refused.isEmpty)
      #expect(answer.onlyAfter.map(\.environment.sizing) == [small.sizing])
      #expect(answer.code(failsOnRegression: false) == .compared)
    }
  }

  @Test("A profile of one side alone is named; nothing in common is inconclusive")
  func lone() throws {
    let answer = answer(
      measured([200], commit: "a", in: perf), measured([300], commit: "b", in: perf, profile: "spike"))
    #expect(answer.onlyBefore.map(\.profile) == ["baseline"] && answer.onlyAfter.map(\.profile) == ["spike"])
    #expect(answer.code(failsOnRegression: false) == .inconclusive)
  }

  @Test("Tuning knobs and host facts are deltas, never a reason to refuse")
  func deltas() throws {
    let answer = answer(
      measured([200], commit: "a", in: perf, settings: ["pool": "20"], facts: ["benchmarkIndex": "1200"])
        + measured([200], commit: "a2", in: perf, settings: ["pool": "10"]),
      measured([200], commit: "b", in: perf, settings: ["pool": "40"], facts: ["page": "/x"]))
    let cohort = try #require(answer.cohorts.first)
    #expect(cohort.settings == [FieldDelta(field: "pool", before: ["10", "20"], after: ["40"])])
    #expect(cohort.facts == [FieldDelta(field: "benchmarkIndex", before: ["1200"], after: [])])
    #expect(answer.notices.contains { $0.contains("runs of A differ in pool (10, 20)") })
  }

  @Test("Without four comparable commits nothing is judged; a build that asked fails as inconclusive")
  func shortHistory() throws {
    let answer = answer(
      measured([200, 201, 202], commit: "a", in: perf), measured([400, 401, 402], commit: "b", in: perf),
      history: [200, 201, 199])
    let finding = try #require(answer.series.first)
    #expect(finding.outcome == .unjudged && finding.difference.spreadAfter == 400...402)
    #expect(answer.cohorts.first?.missingCommits == 1)
    #expect(answer.code(failsOnRegression: false) == .compared)
    #expect(answer.code(failsOnRegression: true) == .inconclusive)
  }

  @Test("Failed runs are left out and counted")
  func failed() throws {
    let answer = answer(
      measured([200], commit: "a", in: perf) + measured([0], commit: "a2", in: perf, failure: "no requests"),
      measured([200], commit: "b", in: perf))
    #expect(answer.cohorts.first?.runsBefore == 1)
    #expect(answer.notices.contains { $0.contains("1 of 2 runs of A failed") })
  }

  @Test("An unknown environment is compared with itself, said so, and never with a known one")
  func unknownEnvironment() throws {
    let unknown = measured([200], commit: "a", in: .unknown)
    let answer = answer(unknown, measured([210], commit: "b", in: .unknown))
    #expect(answer.notices.contains { $0.contains("it is not stated in what environment") })
    #expect(self.answer(unknown, measured([210], commit: "b", in: perf)).refused.count == 1)
  }

  @Test("A value in another unit is another series")
  func units() throws {
    var after = measured([200], commit: "b", in: perf)
    after[0].reading.measurements[0].unit = .count
    let answer = answer(measured([200], commit: "a", in: perf), after)
    #expect(answer.series.isEmpty && answer.cohorts.first?.onlyBefore.count == 1)
  }

  @Test("Samples kept by both sides give the shift of quantiles, of all runs together")
  func distributions() throws {
    func withSamples(_ runs: [Run], _ factor: Double) -> [Run] {
      runs.map { run in
        var run = run
        var sketch = QuantileSketch()
        for value in 1...1_000 { sketch.add(Double(value) * factor) }
        run.reading.distributions = [
          Distribution(metric: "http_req_duration", unit: .milliseconds, better: .lower, sketch: sketch)
        ]
        return run
      }
    }
    let answer = answer(
      withSamples(measured([200, 201], commit: "a", in: perf), 1),
      withSamples(measured([200], commit: "b", in: perf), 1.5))
    let shift = try #require(answer.cohorts.first?.distributions.first)
    #expect(shift.samplesBefore == 2_000 && shift.samplesAfter == 1_000)
    #expect(shift.shifts.map(\.quantile) == [0.5, 0.9, 0.95, 0.99])
    #expect(shift.shifts.allSatisfy { abs(($0.relative ?? 0) - 0.5) < 0.04 })
  }

  @Test("The same question has the same answer whatever the order of runs within a side")
  func order() throws {
    let before = measured([200, 190, 210], commit: "a", in: perf)
    let after = measured([260, 250], commit: "b", in: perf)
    let one = answer(before, after).series.map(\.difference)
    #expect(one == answer(before.reversed(), after.reversed()).series.map(\.difference))
  }
}

@Suite("Which commits tell how much runs differ")
struct NoiseCommitsTests {
  private func pair(before: Int64?, after: Int64?) throws -> CohortPair {
    func run(_ sha: String, _ time: Int64?) -> Run {
      var reading = Reading(
        profile: "baseline", source: Reading.Source(path: "f", format: "k6-summary-export", sha256: sha))
      reading.measurements = [p95(1)]
      return Run(
        service: "shop", commit: Commit(sha: sha, committedAt: time.map { Timestamp(milliseconds: $0) }),
        environment: Check.perf, settings: [:], reading: reading)
    }
    let question = ComparisonQuestion(
      before: ComparisonSide(name: "a", kind: .commit, runs: [run("c\(before ?? -1)", before)]),
      after: ComparisonSide(name: "b", kind: .commit, runs: [run("c\(after ?? -1)", after)]))
    return try #require(question.pairing.pairs.first)
  }

  private let commits = (0..<50).map {
    ReferenceCommit(sha: "c\($0)", branch: "main", time: Timestamp(milliseconds: Int64($0)), runs: [])
  }

  @Test("The last ones up to the newer side, neither side among them")
  func upToTheNewer() throws {
    let chosen = try pair(before: 30, after: 40).noiseCommits(among: commits, most: 5).map(\.sha)
    #expect(chosen == ["c35", "c36", "c37", "c38", "c39"])
    let swapped = try pair(before: 40, after: 30).noiseCommits(among: commits, most: 5).map(\.sha)
    #expect(swapped == chosen)
  }

  @Test("Where these are too few, the ones that follow")
  func tooEarly() throws {
    let chosen = try pair(before: 0, after: 2).noiseCommits(among: commits, most: 4).map(\.sha)
    #expect(chosen == ["c1", "c3", "c4", "c5"])
    #expect(
      try pair(before: 0, after: 2).noiseCommits(among: Array(commits.prefix(3)), most: 4).map(\.sha) == [
        "c1"
      ])
  }

  @Test("Result files without a time are of now")
  func withoutTime() throws {
    #expect(
      try pair(before: 3, after: nil).noiseCommits(among: commits, most: 2).map(\.sha) == ["c48", "c49"])
  }
}
