import SLOBudgets
import SLOSupport
import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

@Suite("A gate is tested on its own history")
struct SelfTestTests {
  @Test("Each commit is put again against those before it")
  func windows() throws {
    let replays = try replays([p95(0).series: noisy(12)], last: 5)
    #expect(replays.checks.map(\.commit.sha) == ["c7", "c8", "c9", "c10", "c11"])
    #expect(replays.checks.map { $0.windows["baseline"]?.commits.count } == [7, 8, 9, 10, 11])
    #expect(replays.checks.last?.windows["baseline"]?.commits.last?.sha == "c10")
  }

  @Test("A slowdown of every endpoint with a history is caught, and by its history")
  func caughtByHistory() throws {
    let test = selfTest(
      try replays([p95(0, of: "search").series: noisy(20), p95(0, of: "pay").series: noisy(20, at: 90)]))
    #expect(test.canBlock)
    #expect(test.catches.map(\.endpoint) == ["pay", "search"])
    for found in test.catches {
      #expect(found.rule == .regression)
      #expect((0.03...0.3).contains(try #require(found.slowdown)))
    }
  }

  @Test("Where there is no history yet, a budget is what catches")
  func caughtByBudget() throws {
    let budget = "defaults: { baseline: { p95: 290ms } }"
    let test = selfTest(try replays([p95(0, of: "search").series: noisy(2)], budget: budget))
    let found = try #require(test.catches.first)
    guard case .budget(let limit)? = found.rule else {
      Issue.record("caught by \(String(describing: found.rule))")
      return
    }
    #expect(limit.bound == 290)
    #expect(found.slowdown == 0.5)
  }

  @Test("What nothing reaches is a blind spot")
  func blindSpot() throws {
    let test = selfTest(try replays([p95(0, of: "search").series: noisy(2)]))
    #expect(!test.canBlock)
    #expect(test.blindSpots(beyond: nil).map(\.endpoint) == ["search"])
  }

  @Test("A wanted slowdown that is caught too late is a blind spot")
  func late() throws {
    let budget = "defaults: { baseline: { p95: 290ms } }"
    let test = selfTest(try replays([p95(0, of: "search").series: noisy(2)], budget: budget))
    #expect(test.blindSpots(beyond: 0.2).count == 1)
    #expect(test.blindSpots(beyond: 0.5).isEmpty)
  }

  @Test("What is blocked as it is proves nothing")
  func blockedAlready() throws {
    let budget = "defaults: { baseline: { p95: 100ms } }"
    let test = selfTest(try replays([p95(0, of: "search").series: noisy(12)], budget: budget))
    #expect(test.catches.first?.isBlockedAlready == true)
    #expect(test.blindSpots(beyond: 0.2).isEmpty)
  }

  @Test("Unchanged commits are counted, and a calm history has no false alarm")
  func quiet() throws {
    let alarms = selfTest(try replays([p95(0, of: "search").series: noisy(30)])).falseAlarms
    #expect(alarms.checks == 26)
    #expect(alarms.series == 26)
    #expect(alarms.blocked == 0)
  }

  @Test("Commits without a history are distinguished, and whose runs they all are")
  func subject() throws {
    let test = selfTest(try replays([p95(0, of: "search").series: noisy(30)]))
    #expect(test.uncompared.map(\.sha) == ["c0", "c1", "c2", "c3"])
    #expect(test.service == "shop" && test.environment == Check.perf && test.reference == "main")
  }

  @Test("An alarm at a step that the history confirms is no false one")
  func explained() throws {
    let stepped = noisy(20) + noisy(20, at: 280)
    let alarms = selfTest(try replays([p95(0, of: "search").series: stepped])).falseAlarms
    #expect(alarms.blocked >= 1)
    #expect(alarms.explained == alarms.blocked)
    #expect(alarms.alarms == 0)
  }

  @Test("An alarm at a spike is a false one")
  func spike() throws {
    var values = noisy(30)
    values[20] = 400
    let alarms = selfTest(try replays([p95(0, of: "search").series: values])).falseAlarms
    #expect(alarms.alarms == 1)
    #expect(alarms.worst.map(\.series.endpoint) == ["search"])
  }

  @Test("Rules that never did anything, and rules that always do, are named")
  func rules() throws {
    let budget = """
      endpoints:
        search: { baseline: { p95: 1s } }
        pay: { baseline: { p95: 50ms } }
      """
    let test = selfTest(
      try replays(
        [p95(0, of: "search").series: noisy(12), p95(0, of: "pay").series: noisy(12)], budget: budget))
    let never = test.rules.filter(\.isNeverFired)
    #expect(never.map(\.limit.bound) == [1_000])
    #expect(abs((never.first?.nearest ?? 0) - 0.205) < 1e-9)
    #expect(test.rules.filter(\.isAlwaysFired).map(\.limit.bound) == [50])
  }
}
