import SLOBudgets
import SLOModel
import SLOStatistics
import TestSupport
import Testing

@testable import SLOGate

@Suite("A value against its history")
struct RegressionJudgementTests {
  @Test(
    "Slower blocks, faster is reported, alike is nothing, and a collapse is no miracle but a warning",
    arguments: [
      (201.0, RegressionFinding.Outcome.none, Finding.Outcome.ok, 0), (260, .slower, .regressed, 2),
      (150, .faster, .improved, 0), (20, .faster, .warn, 0),
    ])
  func outcomes(value: Double, outcome: RegressionFinding.Outcome, finding: Finding.Outcome, code: Int32)
    throws
  {
    let verdict = try Check.afterCalm(value).verdict()
    #expect(verdict.finding(p95(0))?.regression?.outcome == outcome)
    #expect(verdict.p95Outcome() == finding)
    #expect(verdict.code.rawValue == code)
    #expect(verdict.finding(p95(0))?.regression?.references == 10)
  }

  @Test("A suspicious collapse counts as a warning under --strict")
  func suspicious() throws {
    var check = Check.afterCalm(20)
    check.isStrict = true
    #expect(try check.verdict().code == .warnings)
  }

  @Test("Where more is better, less is a regression")
  func direction() throws {
    let measured = value("checkout_success", .rate, 0.90, unit: .ratio, better: .higher, samples: 1_000)
    var check = Check([measured])
    let past = [Double](repeating: 0.99, count: 10)
    check.windows = ["baseline": window([measured.series: past], samples: 1_000)]
    #expect(try check.verdict().finding(measured)?.outcome == .regressed)
  }

  @Test(
    "A custom metric whose name does not say which way is better says so by its limit",
    arguments: [("\"< 10\"", 1.5, Finding.Outcome.improved), ("\"> 0.1\"", 1.5, .regressed)])
  func directionOfLimit(limit: String, now: Double, outcome: Finding.Outcome) throws {
    let measured = value("queue_depth", .value, now, unit: .unitless)
    var check = Check([measured], budget: "defaults: { baseline: { queue_depth.value: \(limit) } }")
    check.windows = ["baseline": window([measured.series: calm.map { $0 / 100 }])]
    #expect(try check.verdict().finding(measured)?.outcome == outcome)
  }

  @Test("As a value grows it is let pass, then warned of, then blocks, and never goes back")
  func rising() throws {
    let endpoints = (0..<30).map { "e\($0)" }
    let past = Dictionary(
      uniqueKeysWithValues: endpoints.enumerated().map { index, name in
        (p95(0, of: name).series, calm.indices.map { 100 * calm[($0 + index) % 10] / Double(100 + index) })
      })
    let effects = try stride(from: 195.0, to: 240, by: 1).map { value in
      let typical = (1..<30).map { p95(100 * 201 / Double(100 + $0), of: "e\($0)") }
      var check = Check([p95(value, of: "e0")] + typical)
      check.windows = ["baseline": window(past)]
      return try check.verdict().p95Outcome(of: "e0")
    }
    #expect(effects.first == .ok)
    #expect(effects.last == .regressed)
    #expect(effects.contains(.warn))
    let ranks = effects.map { [.ok: 0, .warn: 1, .regressed: 2][$0] }
    #expect(ranks == ranks.sorted { ($0 ?? -1) < ($1 ?? -1) })
  }

  @Test("With `regression: { block: false }` a regression warns")
  func warnOnly() throws {
    var check = Check.afterCalm(260)
    check.policy.regressionBlocks = false
    let verdict = try check.verdict()
    #expect(verdict.finding(p95(0))?.regression?.outcome == .slower)
    #expect(verdict.p95Outcome() == .warn)
    #expect(verdict.code == .pass)
  }

  @Test("The change too small to matter is the budget's where it says one", arguments: [(50.0, 0), (5, 2)])
  func floor(milliseconds: Double, code: Int32) throws {
    var check = Check.afterCalm(230)
    check.policy.settings.absoluteTime = milliseconds
    #expect(try check.verdict().code.rawValue == code)
  }

  @Test("A failing endpoint that repeats the whole run's figures is tested once and told twice")
  func twins() throws {
    func check(_ names: [String]) throws -> Verdict {
      var check = Check(names.map { p95(260, of: $0) })
      check.windows = [
        "baseline": window(Dictionary(uniqueKeysWithValues: names.map { (p95(0, of: $0).series, calm) }))
      ]
      return try check.verdict()
    }
    let alone = try check(["*"])
    let twice = try check(["*", "search", "group"])
    #expect(twice.outcomes == [.regressed: 3])
    let q = twice.findings.compactMap { $0.regression?.judgement?.q }
    #expect(q.count == 3 && Set(q).count == 1)
    #expect(q.first == alone.findings.first?.regression?.judgement?.q)
  }

  @Test("Figures that are alike are still two questions where better means the other way")
  func oppositeTwins() throws {
    let failed = value("lost", .rate, 0.5, unit: .ratio, better: .lower)
    let served = value("served", .rate, 0.5, unit: .ratio, better: .higher)
    var check = Check([failed, served])
    let past = calm.map { $0 / 1_000 }
    check.windows = ["baseline": window([failed.series: past, served.series: past])]
    let verdict = try check.verdict()
    #expect(verdict.finding(failed)?.regression?.outcome == .slower)
    #expect(verdict.finding(served)?.regression?.outcome == .faster)
  }

  @Test("A value an earlier commit already showed is no news, and the commit is named")
  func seenBefore() throws {
    var check = Check.afterCalm(260)
    let past = calm + [261] + calm.prefix(5)
    check.windows = ["baseline": window([p95(0).series: past])]
    let regression = try #require(try check.verdict().finding(p95(0))?.regression)
    #expect(regression.outcome == .none)
    #expect(regression.seenBefore == ["c10"])
  }

  @Test("What moved all series of a run together is said once, and blocks by itself")
  func common() throws {
    let names = (0..<10).map { "e\($0)" }
    var generator = SeededGenerator(seed: 7)
    func scatter(_ centre: Double) -> Double { centre * Double.random(in: 0.98...1.02, using: &generator) }
    let past = names.enumerated().map { index, name in
      (p95(0, of: name).series, (0..<12).map { _ in scatter(100 + 30 * Double(index)) })
    }
    var check = Check(names.enumerated().map { p95(scatter(130 + 39 * Double($0)), of: $1) })
    check.windows = ["baseline": window(Dictionary(uniqueKeysWithValues: past))]
    let verdict = try check.verdict()
    let common = try #require(verdict.commonFactors.first)
    #expect(verdict.commonFactors.count == 1)
    #expect(common.profile == "baseline")
    #expect(abs(common.factor.factor - 1.3) < 0.05)
    #expect(common.blocks)
    #expect(verdict.code == .regression)
    check.policy.regressionBlocks = false
    check.isStrict = true
    #expect(try check.verdict().commonFactors.map(\.warns) == [true])
    #expect(try check.verdict().code == .warnings)
  }

  @Test("Runs of two profiles are two runs: what moves one together says nothing of the other")
  func factorsByProfile() throws {
    var generator = SeededGenerator(seed: 5)
    func scatter(_ centre: Double) -> Double { centre * Double.random(in: 0.98...1.02, using: &generator) }
    var check = Check([])
    check.runs = []
    for (profile, factor) in [("baseline", 1.3), ("spike", 1.0)] {
      let all = (0..<10).map { (p95(0, of: "e\($0)", profile: profile), 100 + 30 * Double($0)) }
      check.windows[profile] = window(
        Dictionary(
          uniqueKeysWithValues: all.map { one in (one.0.series, (0..<12).map { _ in scatter(one.1) }) }))
      check.runs.append(run(all.map { p95(factor * $0.1, of: $0.0.series.endpoint, profile: profile) }))
    }
    let factors = try check.verdict().commonFactors
    #expect(factors.map(\.profile) == ["baseline", "spike"])
    #expect(factors.map(\.blocks) == [true, false])
  }

  @Test("A series that stayed where it was has not moved, whatever its siblings did")
  func onlySiblingsMoved() throws {
    let names = (0..<10).map { "e\($0)" }
    var generator = SeededGenerator(seed: 9)
    func noise(_ width: Double) -> Double { Double.random(in: (1 - width)...(1 + width), using: &generator) }
    let hosts = (0..<11).map { _ in noise(0.1) }
    let past = names.enumerated().map { index, name in
      (p95(0, of: name).series, hosts.map { (100 + 30 * Double(index)) * $0 * noise(0.005) })
    }
    let middles = past.map { $0.1.sorted()[5] }
    var check = Check(names.enumerated().map { p95(middles[$0] * ($0 == 0 ? 1 : 1.2), of: $1) })
    check.windows = ["baseline": window(Dictionary(uniqueKeysWithValues: past))]
    let verdict = try check.verdict()
    #expect(verdict.commonFactors.first?.factor.wasTakenOut == true)
    let still = try #require(verdict.finding(p95(0, of: "e0"))?.regression)
    #expect((still.judgement?.commonFactor ?? 1) > 1.1)
    #expect(still.outcome == .none && still.effect == .nothing)
  }
}
