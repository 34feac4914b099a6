import Testing

@testable import SLOModel

@Suite("What was stored and changed by hand ends nothing")
struct StoredTests {
  @Test(
    "A statistic's name is known or refused, and any two can be put in order",
    arguments: [
      "pzzzzzzzzzzzzzzzzzzzzzzz", "p" + String(repeating: "9", count: 400), "pinf", "pnan", "p-1", "p101", "",
      "x",
    ])
  func statistics(name: String) {
    #expect(Statistic(recorded: name) == nil)
    let odd = Statistic(rawValue: name)
    #expect([odd, .p95, .median, odd].sorted().count == 4)
    #expect(odd.description == name)
  }

  @Test(
    "Statistics of our own are known",
    arguments: ["p95", "p99.99", "p0", "p100", "med", "avg", "rate", "size"])
  func known(name: String) { #expect(Statistic(recorded: name)?.rawValue == name) }

  @Test("Times can be told and counted at both ends", arguments: [Int64.min, Int64.max, 0, -1])
  func times(milliseconds: Int64) {
    let time = Timestamp(milliseconds: milliseconds)
    #expect(!time.description.isEmpty && !time.date.isEmpty)
    #expect(time.days(since: Timestamp(milliseconds: .max)) <= 0)
    #expect(time.days(since: Timestamp(milliseconds: .min)) >= 0)
    #expect(time.adding(days: .max) >= time && time.adding(days: .min) <= time)
  }
}
