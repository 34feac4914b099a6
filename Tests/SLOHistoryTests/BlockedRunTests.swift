import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Runs that a regression blocked")
struct BlockedRunTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let other = Series(
    profile: "baseline", endpoint: "::x \"y\"\n", metric: "m{a:b}", statistic: .p95)

  private func verdict(
    of run: Run, _ regressed: [Series]? = [Sample.latency], code: Int = 2
  ) -> RecordedVerdict {
    RecordedVerdict(
      commit: run.commit, environment: Sample.perf, verdict: "blocked", exitCode: code, regressed: regressed)
  }

  /// A history of so many commits, a day each; the blocked ones have a verdict that names the series.
  private func history(
    _ count: Int, blocked: Range<Int>, regressed: [Series]? = [Sample.latency], code: Int = 2
  ) throws -> History {
    let history = try History.open(path: folder.history)
    for day in 0..<count {
      let run = Sample.run("c\(day)", day: day)
      let isBlocked = blocked.contains(day)
      try history.record(
        [run], verdict: isBlocked ? verdict(of: run, regressed, code: code) : nil, at: Sample.day(day))
    }
    return history
  }

  private func blocks(_ window: ReferenceWindow) -> [String: RegressionBlock] {
    (window.values[Sample.latency] ?? []).reduce(into: [:]) { blocks, value in
      blocks[window.commits[value.commit].sha] = value.repetitions.lazy.compactMap(\.block).first
    }
  }

  @Test("The window says which values were blocked, and when")
  func window() throws {
    let history = try history(6, blocked: 3..<5)
    #expect(
      blocks(try history.window(Sample.query())) == [
        "c3": RegressionBlock(at: Sample.day(3)), "c4": RegressionBlock(at: Sample.day(4)),
      ])
  }

  @Test("Whatever the exit code was, for a budget may be exceeded beside it", arguments: [0, 1, 2, 3])
  func codes(code: Int) throws {
    let history = try history(4, blocked: 3..<4, code: code)
    #expect(blocks(try history.window(Sample.query())).keys.sorted() == ["c3"])
  }

  @Test("A verdict that names another series blocks nothing of this one")
  func others() throws {
    let history = try history(4, blocked: 3..<4, regressed: [BlockedRunTests.other])
    #expect(blocks(try history.window(Sample.query())).isEmpty)
  }

  @Test("A verdict of an older version says that some series regressed")
  func unnamed() throws {
    let history = try history(4, blocked: 3..<4, regressed: nil)
    #expect(
      blocks(try history.window(Sample.query())) == [
        "c3": RegressionBlock(at: Sample.day(3), isNamed: false)
      ])
  }

  @Test("The last of several verdicts over a run tells when")
  func last() throws {
    let history = try history(4, blocked: 3..<4)
    let run = Sample.run("c3", day: 3)
    try history.record([run], verdict: verdict(of: run), at: Sample.day(9))
    let passed = RecordedVerdict(
      commit: run.commit, environment: Sample.perf, verdict: "pass", exitCode: 0, regressed: [])
    try history.record([run], verdict: passed, at: Sample.day(10))
    #expect(blocks(try history.window(Sample.query()))["c3"]?.at == Sample.day(9))
  }

  @Test("However many commits are blocked, the level before them is in the window", arguments: [1, 5, 40])
  func reach(count: Int) throws {
    let history = try history(8 + count, blocked: 8..<(8 + count))
    let names = (0..<(8 + count)).reversed().map { "c\($0)" }
    for ancestors in [nil, names] {
      let window = try history.window(Sample.query(ancestors: ancestors, size: 6))
      #expect(window.commits.map(\.sha) == names.prefix(6 + count).reversed())
      #expect(window.skipped[.beyondWindow] == 2)
      #expect(window.skipped.total == 2)
    }
  }

  @Test("What regressed is kept by a merge, in any order, and verified")
  func merged() throws {
    let own = try history(4, blocked: 2..<4, regressed: [Sample.latency, BlockedRunTests.other])
    let target = try History.open(path: folder.history + ".other")
    try target.record([Sample.run("c9", day: 9)], verdict: nil, at: Sample.day(9))
    try target.merge([own], at: Sample.day(20))
    #expect(blocks(try target.window(Sample.query())) == blocks(try own.window(Sample.query())))
    #expect(blocks(try target.window(Sample.query())).keys.sorted() == ["c2", "c3"])
    for history in [own, target] { #expect(try history.verify().isIntact) }
    let told = try target.journal().filter { $0.kind == .verdict }.compactMap(\.verdict?.regressed)
    #expect(told == Array(repeating: [BlockedRunTests.other, Sample.latency].sorted(), count: 2))
  }

  @Test("A merge names the acceptances it takes in, and only those in force that are new")
  func acceptances() throws {
    let own = try history(2, blocked: 1..<2)
    let accepted = try own.accept(
      Acceptance(
        service: "gateway", commit: "c1", since: Sample.day(1), by: "Cy", reason: "codec", at: Sample.day(3)),
      of: Commit(sha: "c1"))
    let target = try History.open(path: folder.history + ".other")
    #expect(try target.merge([own], at: Sample.day(20)).acceptances == [accepted])
    #expect(try target.merge([own], at: Sample.day(21)).acceptances.isEmpty)
    try own.revoke([accepted.id], by: "Cy", reason: "no", at: Sample.day(22))
    #expect(try target.merge([own], at: Sample.day(23)).acceptances.isEmpty)
  }
}
