import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Pruning")
struct PruningTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Runs of the commits c0 … c5, committed and recorded on those days, with samples and thresholds.
  private func history() throws -> History {
    let history = try History.open(path: folder.history)
    for day in 0..<6 { try history.record([run(day)], verdict: nil, at: Sample.day(day)) }
    return history
  }

  private func run(_ day: Int) -> Run {
    var run = Sample.run("c\(day)", day: day)
    run.reading.distributions = [Sample.distribution([1, 2, 3])]
    run.reading.thresholds = [.init(endpoint: "*", metric: "checks", expression: "rate>0.9", passed: true)]
    run.reading.observeThresholds()
    return run
  }

  private func rule(before day: Int? = nil, keep: Int? = nil, anchors: Set<String> = []) -> PruningRule {
    var rule = PruningRule()
    rule.recordedBefore = day.map(Sample.day)
    (rule.keptCommits, rule.reference) = (keep, "main")
    rule.anchors = anchors
    return rule
  }

  private func shas(_ plan: PruningPlan) -> [String] { plan.runs.map(\.commit.sha).sorted() }

  @Test("The rules name what is old enough, and not among the newest commits")
  func plans() throws {
    let history = try history()
    #expect(shas(try history.pruningPlan(rule(before: 3))) == ["c0", "c1", "c2"])
    #expect(shas(try history.pruningPlan(rule(keep: 2))) == ["c0", "c1", "c2", "c3"])
    #expect(shas(try history.pruningPlan(rule(before: 3, keep: 5))) == ["c0"])
    #expect(try history.pruningPlan(PruningRule()).runs.isEmpty)
    #expect(try history.pruningPlan(rule(keep: 0)).values == 6)
    #expect(try history.runHeaders(RunFilter()).allSatisfy { !$0.isPruned })
  }

  @Test("The newest commits count in each cohort by itself, on the reference branch and where it is unknown")
  func partitions() throws {
    let history = try folder.history(of: [
      Sample.run("m1", day: 1), Sample.run("m2", day: 2), Sample.run("m2", day: 2, file: "b"),
      Sample.run("t1", day: 9, branch: "topic"), Sample.run("s1", day: 0, environment: Sample.small),
      Sample.run("u1", day: 0, branch: nil),
    ])
    #expect(shas(try history.pruningPlan(rule(keep: 1))) == ["m1", "t1"])
  }

  @Test("What stays to compare with is counted where anything of it goes")
  func remainders() throws {
    let history = try history()
    try history.record(
      [
        Sample.run("s1", day: 1, environment: Sample.small), Sample.run("t1", day: 1, branch: "topic"),
        Sample.run("t1", day: 1, value: nil, branch: "main", failure: "aborted"),
      ], verdict: nil, at: Sample.day(9))
    try history.hold([run(0).id], by: "Ann", reason: "audit", at: Sample.day(10))
    let perf = Environment(name: nil, sizing: Sample.perf.sizing)
    #expect(
      try history.pruningPlan(rule(keep: 2)).remainders == [
        PruningPlan.Remainder(service: "gateway", profile: "baseline", environment: perf, commits: 3)
      ])
    let small = Environment(name: nil, sizing: Sample.small.sizing)
    #expect(
      try history.pruningPlan(rule(keep: 0)).remainders.map { [$0.environment: $0.commits] } == [
        [small: 0], [perf: 1],
      ])
    #expect(try history.pruningPlan(rule(before: 0)).remainders.isEmpty)
  }

  @Test("Held runs, anchors and what was accepted keep their values, and are counted")
  func protections() throws {
    let history = try history()
    try history.hold([run(0).id], by: "Ann", reason: "audit", at: Sample.day(10))
    try history.accept(
      Acceptance(
        service: "gateway", commit: "c1", since: Sample.day(1), by: "Bo", reason: "x", at: Sample.day(11)),
      of: Commit(sha: "c1"))
    let plan = try history.pruningPlan(rule(before: 4, anchors: ["c2"]))
    #expect(shas(plan) == ["c3"])
    #expect(plan.protected == [.held: 1, .accepted: 1, .anchor: 1])
  }

  @Test("Pruning takes the values and leaves header, journal and verdicts; the history stays intact")
  func prune() throws {
    let history = try history()
    let verdict = RecordedVerdict(
      commit: run(0).commit, environment: Sample.perf, verdict: "pass", exitCode: 0)
    try history.record([run(0)], verdict: verdict, at: Sample.day(7))
    let plan = try history.prune(rule(before: 3), at: Sample.day(50))
    #expect(shas(plan) == ["c0", "c1", "c2"])
    let pruned = try #require(try history.run(run(0).id))
    #expect(pruned.reading.measurements.isEmpty && pruned.reading.distributions.isEmpty)
    #expect(pruned.reading.thresholds.isEmpty)
    let header = try #require(try history.runHeaders(RunFilter()).first { $0.commit.sha == "c0" })
    #expect(header.isPruned && header.measured == 1)
    #expect(try history.run(run(3).id) == run(3))
    #expect(try history.checks().first?.runs == [run(0).id])
    #expect(try history.verify().findings == [])
    #expect(try history.verify().pruned == 3)
    #expect(try history.journal().last?.kind == .prune)
    #expect(try history.prune(rule(before: 3), at: Sample.day(51)).runs.isEmpty)
  }

  @Test("Pruned runs are no reference, and are counted as such")
  func windows() throws {
    let history = try history()
    try history.prune(rule(before: 3), at: Sample.day(50))
    for ancestors in [nil, (0..<6).map { "c\($0)" }] {
      let window = try history.window(Sample.query(ancestors: ancestors))
      #expect(window.commits.count == 3)
      #expect(window.skipped.counts == [.pruned: 3])
    }
    var candidate = Sample.run("c0")
    candidate.commit.branch = "main"
    let own = try history.window(Sample.query(for: candidate))
    #expect(own.skipped.counts == [.pruned: 2, .sameCommit: 1])
    #expect(try history.cohorts(SeriesQuery()).first?.commits.count == 3)
  }

  @Test("A pruned run that is recorded again stays so, and has nothing to hold")
  func recordedAgain() throws {
    let history = try history()
    try history.prune(rule(before: 3), at: Sample.day(50))
    try history.record([run(0)], verdict: nil, at: Sample.day(51))
    #expect(try history.run(run(0).id)?.reading.measurements.isEmpty == true)
    let held = try history.hold(
      [run(0).id, run(4).id, Sample.run("x").id], by: "A", reason: "", at: Sample.day(52))
    #expect(held == [run(4).id])
    #expect(try history.verify().findings == [])
  }

  @Test("What another history pruned while it was held here goes with the release")
  func prunedElsewhere() throws {
    let history = try history()
    let other = try History.open(path: folder.path + "/other.sqlite")
    try other.merge([history], at: Sample.day(49))
    try other.prune(rule(before: 3), at: Sample.day(50))
    try history.hold([run(0).id], by: "Ann", reason: "audit", at: Sample.day(51))
    try history.merge([other], at: Sample.day(52))
    #expect(try history.run(run(0).id) == run(0))
    #expect(try history.window(Sample.query()).skipped.counts == [.pruned: 2])
    try history.release([run(0).id], by: "Ann", reason: "done", at: Sample.day(54))
    #expect(try history.run(run(0).id)?.reading.measurements.isEmpty == true)
    #expect(try history.verify().findings == [])
  }

  @Test("A release lifts what holds there are, and says which runs had any")
  func release() throws {
    let history = try history()
    let (held, free) = (run(0).id, run(1).id)
    for reason in ["first", "second"] {
      try history.hold([held], by: "Ann", reason: reason, at: Sample.day(10))
    }
    #expect(try history.runHeaders(RunFilter()).compactMap(\.hold).count == 1)
    #expect(try history.release([held, free], by: "Ann", reason: "", at: Sample.day(11)) == [held])
    #expect(try history.runHeaders(RunFilter()).compactMap(\.hold).isEmpty)
    #expect(try history.release([held], by: "Ann", reason: "", at: Sample.day(12)).isEmpty)
  }

  @Test("The file shrinks")
  func shrinks() throws {
    let history = try History.open(path: folder.history)
    var wide = run(0)
    wide.reading.measurements = (0..<5_000).map { (number: Int) in
      MetricValue(
        series: Series(
          profile: "baseline", endpoint: "e\(number % 9)", metric: "m",
          statistic: .init(rawValue: "\(number)")),
        value: Double(number), unit: .count)
    }
    try history.record([wide], verdict: nil, at: Sample.day(1))
    let before = try history.database.integer("PRAGMA page_count") ?? 0
    try history.prune(rule(before: 2), at: Sample.day(50))
    #expect(try (history.database.integer("PRAGMA page_count") ?? 0) < before * 9 / 10)
  }
}
