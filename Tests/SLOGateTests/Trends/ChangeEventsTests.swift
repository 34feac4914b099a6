import SLOHistory
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOGate

@Suite("What one commit did to many series is said once")
struct ChangeEventsTests {
  /// A trend whose level steps by a factor at some commits, in a series of its own.
  private func trend(
    _ endpoint: String, at places: [Int], factor: Double = 1.3, kind: ChangePoint.Kind = .step,
    better: Direction? = .lower, missing: Set<Int> = [], sizing: [String: String] = ["stage": "perf"],
    profile: String = "baseline", isProvisional: Bool = false, suspects: [Int: Double] = [:]
  ) throws -> Trend {
    let measured = value("http_req_duration", .p95, 0, of: endpoint, profile: profile)
    let commits = (0..<30).filter { !missing.contains($0) }
    var history = recorded(measured, (0..<30).map { missing.contains($0) ? [] : [100] })
    history.better = better
    let changes = places.map { place in
      ChangePoint(
        index: commits.firstIndex { $0 >= place } ?? 0, before: 100, after: 100 * factor, p: 1e-6, kind: kind,
        isProvisional: isProvisional,
        suspects: suspects.map { .init(index: $0, probability: $1) }
          .sorted { $0.probability > $1.probability })
    }
    let cohort = cohort([history], profile: profile, sizing: sizing, commits: 30)
    return try #require(Trend(of: history, in: cohort, changes: changes, limit: nil))
  }

  private func places(_ events: [ChangeEvent]) -> [String] {
    events.map { "\($0.last.sha)..\($0.first.sha) \($0.members.count)" }
  }

  @Test("Changes at the same commit are one event, the most series first, then the newest")
  func grouping() throws {
    let events = changeEvents(in: [
      try trend("a", at: [5, 20]), try trend("b", at: [5]), try trend("c", at: [12]),
    ])
    #expect(places(events) == ["c004..c005 2", "c019..c020 1", "c011..c012 1"])
    #expect(events[0].members.map(\.series.endpoint) == ["a", "b"])
  }

  @Test("A group one measured commit beside a larger one joins it, which keeps its commits")
  func tolerance() throws {
    let events = changeEvents(in: [
      try trend("a", at: [10]), try trend("b", at: [10]), try trend("c", at: [11]), try trend("d", at: [9]),
      try trend("e", at: [12]),
    ])
    #expect(places(events) == ["c009..c010 4", "c011..c012 1"])
    #expect(events[0].members.map(\.first.sha).sorted() == ["c009", "c010", "c010", "c011"])
  }

  @Test("Of two as large as each other nobody knows which is right: the range holds both")
  func tie() throws {
    let events = changeEvents(in: [try trend("a", at: [10]), try trend("b", at: [11])])
    #expect(places(events) == ["c009..c011 2"])
  }

  @Test("The range is the tightest of the series'")
  func tightest() throws {
    let events = changeEvents(in: [
      try trend("a", at: [10], missing: [8, 9]), try trend("b", at: [10]),
    ])
    #expect(places(events) == ["c009..c010 2"])
    #expect(events[0].members.map(\.last.sha) == ["c007", "c009"])
  }

  @Test("Profiles of one sizing belong together, sizings never")
  func scopes() throws {
    let events = changeEvents(in: [
      try trend("a", at: [10]), try trend("a", at: [10], profile: "spike"),
      try trend("a", at: [10], sizing: ["stage": "tiny"]),
    ])
    #expect(places(events) == ["c009..c010 2", "c009..c010 1"])
    #expect(events.map { $0.environment.sizing["stage"] } == ["perf", "tiny"])
  }

  @Test("Worse and better are counted, the largest change stands first")
  func effects() throws {
    let event = try #require(
      changeEvents(in: [
        try trend("a", at: [10], factor: 1.1), try trend("b", at: [10], factor: 0.5),
        try trend("c", at: [10], better: .higher), try trend("d", at: [10], better: nil),
      ]).first)
    #expect(event.worse == 1 && event.better == 2)
    #expect(event.members.map(\.series.endpoint) == ["b", "c", "d", "a"])
    #expect(event.members.map(\.isWorse) == [false, false, nil, true])
  }

  @Test("An event is a drift where no series stepped, and provisional where all may be taken back")
  func kinds() throws {
    let drift = try trend("a", at: [10], kind: .drift)
    let step = try trend("b", at: [10], isProvisional: true)
    #expect(changeEvents(in: [drift]).map(\.kind) == [.drift])
    #expect(changeEvents(in: [drift, step]).map(\.kind) == [.step])
    #expect(changeEvents(in: [step]).map(\.isProvisional) == [true])
    #expect(changeEvents(in: [drift, step]).map(\.isProvisional) == [false])
  }

  @Test(
    "Git is offered a range where the names are SHAs and the change has a commit",
    arguments: [
      ("41d0e77", ChangePoint.Kind.step, true), ("41D0E77AA", .step, true), ("41d0e7", .step, false),
      ("main-4xyz", .step, false), ("--output", .step, false), ("41d0e77", .drift, false),
    ])
  func range(sha: String, kind: ChangePoint.Kind, expected: Bool) throws {
    var event = try #require(changeEvents(in: [try trend("a", at: [10], kind: kind)]).first)
    event.suspects?.after = "0a1b2c3d"
    event.suspects?.upTo = sha
    #expect(event.range == (expected ? "0a1b2c3d..\(sha)" : nil))
  }

  @Test("The suspects of an event are those of the series that leaves the fewest")
  func suspects() throws {
    let vague = try trend("a", at: [10], factor: 2, suspects: [8: 0.2, 9: 0.3, 10: 0.47])
    let clear = try trend("b", at: [10], missing: [8], suspects: [8: 0.3, 9: 0.66])
    let event = try #require(changeEvents(in: [vague, clear]).first)
    let suspects = try #require(event.suspects)
    #expect(event.first.sha == "c010" && suspects.after == "c007" && suspects.upTo == "c010")
    #expect(suspects.measured.map(\.sha) == ["c009", "c010"])
    #expect(suspects.others(than: "c010") == ", or c009 before it (95 %)" && suspects.areSeveral)
    #expect(event.members.map { $0.suspects?.measured.count } == [3, 2])
    #expect(changeEvents(in: [clear, vague]).first?.suspects == suspects)
  }

  @Test("Of two as large as each other the suspects are those of both, each as likely")
  func pooled() throws {
    let events = changeEvents(in: [
      try trend("a", at: [10], suspects: [10: 1]), try trend("b", at: [11], suspects: [11: 0.9, 12: 0.1]),
    ])
    let suspects = try #require(events.first?.suspects)
    #expect(suspects.after == "c009" && suspects.upTo == "c012")
    #expect(suspects.measured.map(\.sha) == ["c010", "c011", "c012"])
    #expect(suspects.measured.map(\.probability) == [0.5, 0.45, 0.05])
  }

  @Test("A drift has no suspects; beside one, a step has its own")
  func driftless() throws {
    let drift = try trend("a", at: [10], kind: .drift)
    #expect(changeEvents(in: [drift]).map(\.suspects) == [nil])
    let step = try trend("b", at: [11], suspects: [11: 0.98])
    #expect(
      changeEvents(in: [drift, try trend("c", at: [10], kind: .drift), step]).first?.suspects?.upTo == "c011")
  }

  @Test(
    "Others that may be the first are named up to three a side, then counted",
    arguments: [
      ([], [], ""), (["a"], [], ", or a before it (95 %)"),
      (["a", "b"], ["c"], ", or a or b before it, or c after it (95 %)"),
      ([], ["a", "b", "c", "d"], ", or one of the 4 after it (95 %)"),
    ])
  func words(before: [String], after: [String], expected: String) {
    #expect(others(before: before, after: after) == expected)
  }

  @Test("The order in which trends are given changes nothing")
  func order() throws {
    let trends = [
      try trend("a", at: [5, 20]), try trend("b", at: [6]), try trend("c", at: [21, 27]),
      try trend("d", at: [20]),
    ]
    #expect(changeEvents(in: trends) == changeEvents(in: trends.reversed()))
    #expect(changeEvents(in: []).isEmpty)
  }
}
