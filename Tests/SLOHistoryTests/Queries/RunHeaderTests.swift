import SLOSupport
import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Headers of runs, and verdicts")
struct RunHeaderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("A header says what the run says, without its values")
  func header() throws {
    var run = Sample.run("c1", day: 1, startedAt: Sample.day(2))
    run.settings = ["pool": "40"]
    let history = try folder.history(of: [run])
    let header = try #require(try history.runHeaders(RunFilter()).first)
    #expect(header.id == run.id)
    #expect(header.commit == run.commit)
    #expect(header.environment == run.environment)
    #expect(header.settings == run.settings)
    #expect(header.source == run.reading.source)
    #expect(header.startedAt == Sample.day(2))
    #expect(header.recordedAt == Sample.day(100))
    #expect(header.measured == 1)
    #expect(!header.isPruned && header.hold == nil && header.failure == nil)
  }

  @Test("Each part of a filter restricts, and what is left out does not")
  func filters() throws {
    let history = try folder.history(of: [
      Sample.run("aaa1"), Sample.run("aab2", branch: nil), Sample.run("ab3", environment: Sample.small),
      Sample.run("b4", service: "shop"), Sample.run("b5", profile: "spike"),
    ])
    try history.record([Sample.run("late")], verdict: nil, at: Sample.day(200))
    func found(_ change: (inout RunFilter) -> Void) throws -> Set<String> {
      var filter = RunFilter()
      change(&filter)
      return Set(try history.runHeaders(filter).map(\.commit.sha))
    }
    #expect(try found { _ in }.count == 6)
    #expect(try found { $0.service = "shop" } == ["b4"])
    #expect(try found { $0.profile = "spike" } == ["b5"])
    #expect(try found { $0.branch = "main" }.contains("aab2") == false)
    #expect(try found { $0.environmentName = "small" } == ["ab3"])
    #expect(try found { $0.sizing = ["memory": "1Gi"] } == ["ab3"])
    #expect(try found { $0.sizing = ["memory": "1Gi", "stage": "x"] }.isEmpty)
    #expect(try found { $0.environmentFingerprint = Sample.small.fingerprint } == ["ab3"])
    #expect(try found { $0.commit = "aa" } == ["aaa1", "aab2"])
    #expect(try found { $0.commit = "aaa1" } == ["aaa1"])
    #expect(try found { $0.commit = "%" }.isEmpty)
    #expect(try found { $0.since = Sample.day(200) } == ["late"])
    #expect(try found { $0.limit = 1 } == ["late"])
    let id = Sample.run("b4", service: "shop").id.description
    #expect(try found { $0.run = String(id.prefix(8)) } == ["b4"])
    #expect(try found { $0.run = id } == ["b4"])
  }

  @Test("Verdicts come newest first with the runs they judged")
  func checks() throws {
    let runs = [Sample.run("c1", day: 1), Sample.run("c2")]
    let history = try folder.history(of: runs)
    for (day, code) in [(101, 0), (102, 1)] {
      let verdict = RecordedVerdict(
        commit: runs[0].commit, environment: Sample.perf, verdict: code == 0 ? "pass" : "blocked",
        exitCode: code)
      try history.record(runs, verdict: verdict, at: Sample.day(day))
    }
    let checks = try history.checks()
    #expect(checks.map(\.exitCode) == [1, 0])
    #expect(checks.map(\.recordedAt) == [Sample.day(102), Sample.day(101)])
    #expect(checks[0].runs == runs.map(\.id).sorted())
    #expect(checks[0].commit == Commit(sha: "c1", committedAt: Sample.day(1)))
    #expect(checks[0].environment == Sample.perf)
    #expect(try history.checks(limit: 1) == [checks[0]])
    #expect(try history.checks(commit: "c1") == checks)
    #expect(try history.checks(commit: "c2").isEmpty)
  }

  @Test("Runs are given whole, in the order asked for")
  func runs() throws {
    let runs = [Sample.run("c1"), Sample.run("c2"), Sample.run("c3")]
    let history = try folder.history(of: [runs[0], runs[1]])
    #expect(try history.runs([runs[1].id, runs[2].id, runs[0].id]) == [runs[1], runs[0]])
  }
}
