import SLOHistory
import SLOModel
import Testing

@testable import SLOGate

@Suite("A verdict says how often unchanged builds are blocked")
struct FalseBlockRateTests {
  private let search = p95(0, of: "search").series

  /// A check of these series, whose references measured the values.
  private func check(_ values: [Series: [Double]]) throws -> Evaluation {
    var check = Check(values.keys.sorted().map { p95(200, of: $0.endpoint) })
    check.windows = ["baseline": window(values)]
    return try check.draft().evaluation
  }

  private func replayed(
    _ values: [Double], _ mode: FalseBlockRate.Mode = .oneStep
  ) throws -> FalseBlockRate.Replayed? {
    let rate = try #require(FalseBlockRate(of: check([search: values]), compared: 1, mode))
    #expect(rate.mode == mode)
    if case .replayed(let replayed) = rate.ground { return replayed }
    return nil
  }

  @Test("Each commit of the window is judged by those before it, from the fifth on")
  func calm() throws {
    #expect(try replayed(noisy(30)) == FalseBlockRate.Replayed(unchanged: 26))
    let verdict = try check([search: noisy(30)]).verdict()
    #expect(
      verdict.falseBlocks
        == FalseBlockRate(mode: .oneStep, ground: .replayed(FalseBlockRate.Replayed(unchanged: 26))))
  }

  @Test("A spike that nothing explains is a false block, and a second run clears it")
  func spike() throws {
    var values = noisy(30)
    values[20] = 400
    #expect(try replayed(values) == FalseBlockRate.Replayed(unchanged: 26, blocked: 1))
    // The newest commit has no run after it that could stand for its second.
    #expect(try replayed(values, .twoStep) == FalseBlockRate.Replayed(unchanged: 25, suspect: 1))
  }

  @Test("What a second run shows again is blocked in two steps too")
  func twice() throws {
    var values = noisy(30)
    (values[20], values[21]) = (400, 410)
    let replayed = try #require(try replayed(values, .twoStep))
    #expect(replayed.blocked == 1 && replayed.suspect >= 1)
  }

  @Test(
    "A commit at which the level changed is none of an unchanged build",
    arguments: [
      FalseBlockRate.Mode.oneStep, .twoStep,
    ])
  func step(mode: FalseBlockRate.Mode) throws {
    let replayed = try #require(try replayed(noisy(15) + noisy(15, at: 280), mode))
    #expect(replayed.blocked == 0)
    #expect(replayed.unchanged < 26)
  }

  @Test("A replay of a window says what a self-test says of the same commits")
  func likeSelfTest() throws {
    var values = noisy(28)
    (values[9], values[22]) = (330, 400)
    let alarms = selfTest(try replays([search: values], last: 28)).falseAlarms
    let replayed = try #require(try replayed(values))
    #expect(replayed.unchanged == alarms.unchanged)
    #expect(replayed.blocked == alarms.falselyBlocked)
    #expect(alarms.falselyBlocked == 2)
  }

  @Test("A short history says too little: the rate is that of simulated checks")
  func short() throws {
    let rate = try #require(FalseBlockRate(of: check([search: noisy(23)]), compared: 1, .oneStep))
    #expect(rate.ground == SimulatedFalseBlocks.ground(among: 1, .oneStep))
  }

  @Test("Among many series nothing is judged again, which would take long")
  func many() throws {
    let values = Dictionary(
      uniqueKeysWithValues: (0..<101).map { (p95(0, of: "e\($0)").series, noisy(30)) })
    let rate = try #require(FalseBlockRate(of: check(values), compared: 101, .twoStep))
    #expect(rate.ground == SimulatedFalseBlocks.ground(among: 101, .twoStep))
  }

  @Test("Without a comparison there is no rate")
  func none() throws {
    #expect(try Check([p95(200)]).verdict().falseBlocks == nil)
  }

  // MARK: What was simulated

  @Test("Every world was simulated with every number of series")
  func rows() {
    let sizes = Dictionary(grouping: SimulatedFalseBlocks.rows, by: \.series)
    #expect(sizes.count == 3)
    for rows in sizes.values {
      #expect(Set(rows.map(\.world)).count == 6 && rows.count == 6)
      #expect(Set(rows.map(\.endpoints)).count == 1)
      #expect(rows.allSatisfy { (0...1).contains($0.oneStep) && (0...1).contains($0.twoSteps) })
    }
  }

  @Test("A check is like the simulated ones with as many series or more, else like the largest")
  func sizes() throws {
    let sizes = Set(SimulatedFalseBlocks.rows.map(\.series)).sorted()
    try #require(sizes.count == 3)
    for (series, size) in [(1, sizes[0]), (sizes[0], sizes[0]), (sizes[0] + 1, sizes[1]), (9_999, sizes[2])] {
      guard
        case .simulated(let lowest, let highest, let found) = SimulatedFalseBlocks.ground(
          among: series, .oneStep)
      else {
        Issue.record("not simulated")
        continue
      }
      #expect(found == size && lowest < highest)
    }
  }
}
