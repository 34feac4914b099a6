import Foundation
import SLOHistory
import SLOModel
import TestSupport
import Testing

/// Figures mean something in a release build only:
/// `SLOGATE_SCALE=100000 swift test -c release -Xswiftc -enable-testing --filter ScaleTests`.
@Suite(
  "A history of many runs", .serialized,
  .enabled(
    if: ProcessInfo.processInfo.environment["SLOGATE_SCALE"] != nil, "set SLOGATE_SCALE to a number of runs"))
struct ScaleTests {
  let runs = Int(ProcessInfo.processInfo.environment["SLOGATE_SCALE"] ?? "") ?? 1_000
  let folder: TemporaryFolder
  private let clock = ContinuousClock()

  init() throws { folder = try TemporaryFolder() }

  @Test("The cost of a check follows its window, not the history", arguments: [1, 50])
  func check(environments: Int) throws {
    let filler = Filler(environments: environments)
    let filling = try clock.measure { try filler.fill(History.open(path: folder.history), commits: runs / 2) }
    var windows: [Duration] = []
    var ancestries: [Duration] = []
    var recordings: [Duration] = []
    var closings: [Duration] = []
    for number in 0..<20 {
      let candidates = filler.runs(ofCommit: runs / 2 + number)
      let ancestors = (0..<500).map { Filler.sha(runs / 2 - 1 - $0) }
      windows.append(try clock.measure { try readWindows(of: candidates, ancestors: nil) })
      ancestries.append(try clock.measure { try readWindows(of: candidates, ancestors: ancestors) })
      var history: History? = try History.open(path: folder.history)
      recordings.append(
        try clock.measure {
          _ = try history?.record(candidates, verdict: nil, at: Sample.day(200))
        })
      closings.append(clock.measure { history = nil })
    }
    let size = try folder.bytes(of: "history.sqlite").count
    print(
      """
      \(runs) runs in \(environments) environments: fill \(filling), \(size / 1_000_000) MB, \
      open + 2 windows \(median(windows)), by ancestry \(median(ancestries)), \
      record 2 runs \(median(recordings)), close \(median(closings))
      """)
    #expect(median(windows) < .milliseconds(10), "several times what a quiet machine needs")
    #expect(median(recordings) < .milliseconds(20))
  }

  private func readWindows(of candidates: [Run], ancestors: [String]?) throws {
    let history = try #require(try History.openExisting(path: folder.history))
    for run in candidates {
      let window = try history.window(WindowQuery(for: run, referenceBranch: "main", ancestors: ancestors))
      try #require(window.values.count == 40)
    }
  }

  private func median(_ durations: [Duration]) -> Duration { durations.sorted()[durations.count / 2] }
}
