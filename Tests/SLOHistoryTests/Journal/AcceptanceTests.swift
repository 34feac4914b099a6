import SLOModel
import TestSupport
import Testing

@testable import SLOHistory

@Suite("Acceptances")
struct AcceptanceTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("An acceptance comes back as it was given, newest first, to its service alone")
  func roundTrip() throws {
    let history = try folder.history(of: [
      Sample.run("c1", day: 1), Sample.run("c2", startedAt: Sample.day(2)),
    ])
    let whole = acceptance("c1", since: Sample.day(1), at: Sample.day(101))
    var narrow = acceptance("c2", since: Sample.day(2), at: Sample.day(102))
    narrow.profile = "baseline"
    narrow.endpoint = EndpointPattern("GET /v1/*")
    narrow.metric = "http_req_duration"
    narrow.statistic = .p95
    var other = acceptance("c1", since: Sample.day(1), at: Sample.day(103))
    other.service = "shop"
    for given in [whole, narrow, other] {
      #expect(try history.accept(given, of: Commit(sha: given.commit)).acceptance == given)
    }
    #expect(try history.acceptances(service: "gateway") == [narrow, whole])
    #expect(try history.acceptances(service: "shop") == [other])
    #expect(try history.acceptances(service: "none").isEmpty)
  }

  @Test("The endpoint * is the run as a whole, as it was on the command line")
  func wholeRun() throws {
    let history = try folder.history(of: [Sample.run("c1", day: 1)])
    var given = acceptance("c1", since: Sample.day(1), at: Sample.day(101))
    given.endpoint = .selecting("*")
    try history.accept(given, of: Commit(sha: "c1"))
    let found = try history.acceptances(service: "gateway")
    #expect(found == [given])
    #expect(found.first?.covers(Sample.latency) == false)
  }

  @Test("Its level begins with the commit, else with its first run, else with the decision")
  func since() throws {
    let history = try folder.history(of: [Sample.run("c1", startedAt: Sample.day(5))])
    for sha in ["c1", "c2", "c3"] {
      let committed = sha == "c3" ? Sample.day(3) : nil
      try history.accept(
        acceptance(sha, since: Sample.day(0), at: Sample.day(101)),
        of: Commit(sha: sha, committedAt: committed))
    }
    let starts = try history.acceptances(service: "gateway").map { ($0.commit, $0.since) }
    #expect(
      Dictionary(uniqueKeysWithValues: starts) == [
        "c1": Sample.day(5), "c2": Sample.day(101), "c3": Sample.day(3),
      ])
  }

  @Test("One that was taken back counts no more, and stays to be seen with who did it and why")
  func revoked() throws {
    let history = try folder.history(of: [Sample.run("c1", day: 1), Sample.run("c2", day: 2)])
    let (first, second) = (
      try history.accept(acceptance("c1", since: Sample.day(1), at: Sample.day(101)), of: Commit(sha: "c1")),
      try history.accept(acceptance("c2", since: Sample.day(2), at: Sample.day(102)), of: Commit(sha: "c2"))
    )
    #expect(
      try history.revoke([first.id], by: "Bo", reason: "rolled back", at: Sample.day(103)) == [first.id])
    #expect(try history.acceptances(service: "gateway") == [second.acceptance])
    var revoked = first
    revoked.revocation = .init(by: "Bo", reason: "rolled back", at: Sample.day(103))
    #expect(try history.recordedAcceptances() == [second, revoked])
    let entries = try history.journal()
    #expect(try history.revoke([first.id], by: "Cy", reason: "", at: Sample.day(104)).isEmpty)
    #expect(try history.journal() == entries)
    #expect(try history.verify().findings == [])
    try history.accept(acceptance("c1", since: Sample.day(1), at: Sample.day(105)), of: Commit(sha: "c1"))
    #expect(try history.acceptances(service: "gateway").count == 2)
    #expect(try history.pruningPlan(everything).protected == [.accepted: 2])
    try history.revoke([second.id], by: "Bo", reason: "rolled back", at: Sample.day(106))
    #expect(try history.pruningPlan(everything).protected == [.accepted: 1])
  }

  private var everything: PruningRule {
    var rule = PruningRule()
    rule.recordedBefore = Sample.day(900)
    return rule
  }

  private func acceptance(_ sha: String, since: Timestamp, at: Timestamp) -> Acceptance {
    Acceptance(
      service: "gateway", commit: sha, since: since, by: "Zoë", reason: "new \"codec\"\n::error", at: at)
  }
}
