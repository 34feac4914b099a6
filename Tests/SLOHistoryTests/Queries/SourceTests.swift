import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Commits that a result was recorded for")
struct SourceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func run(_ sha: String, source: String, service: String = "gateway") -> Run {
    var run = Sample.run(sha, day: 1, service: service)
    run.reading.source.sha256 = source
    return run
  }

  private func found(
    _ history: History, _ sources: Set<String>, until day: Int = 200
  ) throws -> [String: [String]] {
    try history.commits(measuredBy: sources, service: "gateway", until: Sample.day(day))
      .mapValues { $0.map(\.sha) }
  }

  @Test("They are found by the digest of the result, the last recorded first, each once")
  func commits() throws {
    let history = try folder.history(of: [run("a", source: "s"), run("b", source: "t")])
    try history.record([run("c", source: "s")], verdict: nil, at: Sample.day(150))
    var again = run("a", source: "s")
    again.reading.source.part = 1
    try history.record([again], verdict: nil, at: Sample.day(120))
    #expect(try found(history, ["s", "t", "none"]) == ["s": ["c", "a"], "t": ["b"]])
    #expect(try found(history, ["s"], until: 130) == ["s": ["a"]])
    #expect(try found(history, ["s"], until: 99).isEmpty)
    let commit = try history.commits(measuredBy: ["t"], service: "gateway", until: Sample.day(200))
    #expect(commit["t"] == [run("b", source: "t").commit])
  }

  @Test("Another service's and those nobody could name do not count")
  func others() throws {
    let history = try folder.history(of: [
      run("a", source: "s", service: "shop"), run(Commit.unknownSHA, source: "s"),
    ])
    #expect(try found(history, ["s"]).isEmpty)
  }
}
