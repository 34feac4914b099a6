import SLOGate
import SLOSupport
import Testing

@testable import SLOReports

@Suite("The rate of false blocks in words")
struct FalseBlockWordsTests {
  private func sentence(_ mode: FalseBlockRate.Mode, _ ground: FalseBlockRate.Ground) -> String {
    FalseBlockRate(mode: mode, ground: ground).sentence(on: "main", blocks: true)
  }

  @Test("Replayed on the history of the team")
  func replayed() {
    #expect(
      sentence(.oneStep, .replayed(.init(unchanged: 26, blocked: 1)))
        == "replayed, a regression would have blocked 1 of the last 26 unchanged checks of main")
    #expect(
      sentence(.oneStep, .replayed(.init(unchanged: 26)))
        == "replayed, a regression would have blocked none of the last 26 unchanged checks of main")
  }

  @Test("In two steps it says how many second runs there would have been")
  func twoSteps() {
    #expect(
      sentence(.twoStep, .replayed(.init(unchanged: 25, suspect: 3)))
        == "replayed in two steps, a regression would have blocked none of the last 25 unchanged checks of main, and 3"
        + " would have needed a second run")
  }

  @Test("Simulated")
  func simulated() {
    #expect(
      sentence(.oneStep, .simulated(lowest: 0.012, highest: 0.09, series: 80))
        == "simulated, a regression blocks 1.2 % to 9 % of unchanged checks of 80 series")
    #expect(
      sentence(.twoStep, .simulated(lowest: 0, highest: 0.04, series: 23))
        == "simulated in two steps, a regression blocks 0 % to 4 % of unchanged checks of 23 series")
  }

  @Test("Where regressions only warn, nothing is blocked")
  func warning() {
    let rate = FalseBlockRate(mode: .oneStep, ground: .replayed(.init(unchanged: 26, blocked: 1)))
    #expect(
      rate.sentence(on: "main", blocks: false)
        == "replayed, a regression would have been certain in 1 of the last 26 unchanged checks of main")
  }

  @Test("JSON has the figures")
  func json() {
    let replayed = FalseBlockRate(mode: .twoStep, ground: .replayed(.init(unchanged: 25, suspect: 3)))
    #expect(
      replayed.json.document
        == JSONText.object([
          ("mode", .string("two_step")), ("ground", .string("replayed")), ("unchanged", .int(25)),
          ("blocked", .int(0)), ("second_runs", .int(3)),
        ]).document)
    let simulated = FalseBlockRate(
      mode: .oneStep, ground: .simulated(lowest: 0.01, highest: 0.09, series: 80))
    #expect(
      simulated.json.document
        == JSONText.object([
          ("mode", .string("one_step")), ("ground", .string("simulated")), ("series", .int(80)),
          ("lowest", .number(0.01)), ("highest", .number(0.09)),
        ]).document)
  }
}
