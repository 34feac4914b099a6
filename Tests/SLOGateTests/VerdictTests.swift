import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("The verdict")
struct VerdictTests {
  /// A check with something of everything.
  private func rich() -> Check {
    var generator = SeededGenerator(seed: 11)
    let names = ["*"] + (0..<12).map { "GET /e\($0)" }
    let measured =
      names.flatMap { [p95(201, of: $0), p99(310, of: $0)] } + [errorRate(0.001, requests: 9_000)]
    var check = Check(
      measured,
      budget: """
        defaults: { baseline: { p95: 400ms, p99: 305ms, avg: 1s } }
        endpoints: { "GET /e3": { baseline: { p95: { warn: 200ms, block: 900ms } } } }
        """)
    check.windows = [
      "baseline": window(
        Dictionary(
          uniqueKeysWithValues: measured.map { measurement in
            (
              measurement.series,
              calm.map { $0 / 201 * measurement.value * Double.random(in: 0.9...1.1, using: &generator) }
            )
          }), samples: 9_000)
    ]
    check.policy.settings.absoluteTime = 5
    check.policy.settings.absoluteSize = 1_000
    return check
  }

  @Test("The same input and references give the same answer")
  func purity() throws {
    let draft = try rich().draft()
    let answers = (0..<3).map { _ in String(describing: draft.verdict().findings) }
    #expect(Set(answers).count == 1)
  }

  @Test("The order in which a file lists its values changes nothing")
  func order() throws {
    let straight = try rich().verdict()
    var generator = SeededGenerator(seed: 3)
    for _ in 0..<5 {
      var check = rich()
      check.runs[0].reading.measurements.shuffle(using: &generator)
      let shuffled = try check.verdict()
      #expect(String(describing: shuffled.findings) == String(describing: straight.findings))
      #expect(shuffled.gaps == straight.gaps && shuffled.notices == straight.notices)
    }
  }

  @Test("Every observed series and every missing one has one finding")
  func complete() throws {
    let check = rich()
    let verdict = try check.verdict()
    let found = verdict.findings.map(\.series)
    #expect(Set(found).count == found.count)
    #expect(Set(found).isSuperset(of: check.runs[0].reading.measurements.map(\.series)))
    #expect(verdict.outcomes.values.reduce(0, +) == found.count)
  }

  @Test("It says the smallest slowdown it can see, of the best and of the middle series of times")
  func detectable() throws {
    #expect(try Check([p95(1)]).verdict().detectable == nil)
    let detectable = try #require(try rich().verdict().detectable)
    #expect(detectable.best > 0 && detectable.best <= detectable.typical && detectable.typical < 1)
  }

  @Test("It carries what it rests on: service, commit, reference, environment, policy")
  func context() throws {
    let verdict = try rich().verdict()
    #expect(verdict.service == "shop")
    #expect(verdict.commit.sha == "candidate" && verdict.reference == "main")
    #expect(verdict.environment == Check.perf)
    #expect(verdict.policy.settings.absoluteSize == 1_000)
  }
}
