import SLOModel
import Testing

@testable import SLOGate

@Suite("The order in which loads are applied")
struct LoadOrderTests {
  private func load(_ profile: String, at minute: Int64, for minutes: Double?) -> Run {
    var load = run([p95(100, profile: profile)], file: "\(profile)-\(minute).json")
    load.reading.startedAt = Timestamp(milliseconds: 1_790_000_000_000 + minute * 60_000)
    load.reading.duration = minutes.map { $0 * 60 }
    return load
  }

  private func warnings(_ runs: [Run]) throws -> [String] {
    var check = Check([], budget: "defaults: { \"*\": { p95: 1s } }")
    check.runs = runs
    return try check.verdict().warnings
  }

  @Test("A spike behind its baseline is as it should be, also in turn")
  func inOrder() throws {
    #expect(try warnings([load("baseline", at: 0, for: 5), load("spike", at: 5, for: 2)]).isEmpty)
    let inTurn = [
      load("baseline", at: 0, for: 5), load("spike", at: 5, for: 2), load("baseline", at: 8, for: 5),
      load("spike", at: 14, for: 2),
    ]
    #expect(try warnings(inTurn).isEmpty)
  }

  @Test("A spike that begins while the baseline runs measures both")
  func overlapping() throws {
    let found = try warnings([load("spike", at: 3, for: 2), load("baseline", at: 0, for: 5)])
    #expect(
      found == [
        "spike (spike-3.json) began before baseline (baseline-0.json) ended: each measured the other's load; apply one"
          + " after the other"
      ])
  }

  @Test("A load overlaps with a longer one that began before others")
  func overlappingEarlier() throws {
    let found = try warnings([
      load("baseline", at: 0, for: 60), load("baseline", at: 1, for: 2), load("spike", at: 5, for: 1),
    ])
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("spike (spike-5.json) began before baseline (baseline-0.json)") == true)
  }

  @Test("A spike before the baseline is a warning")
  func reversed() throws {
    let found = try warnings([load("spike", at: 0, for: 2), load("baseline", at: 5, for: 5)])
    #expect(
      found == [
        "spike (spike-0.json) was applied before baseline (baseline-5.json): apply the spike after the baseline"
      ])
  }

  @Test("What does not say how long it took is not judged")
  func untold() throws {
    #expect(try warnings([load("spike", at: 0, for: nil), load("baseline", at: 0, for: 5)]).isEmpty)
  }

  @Test("Repetitions of one profile may overlap: several instances load together")
  func sameProfile() throws {
    #expect(try warnings([load("baseline", at: 0, for: 5), load("baseline", at: 1, for: 5)]).isEmpty)
  }
}
