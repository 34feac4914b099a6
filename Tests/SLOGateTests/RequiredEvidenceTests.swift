import SLOModel
import Testing

@testable import SLOGate

@Suite("Evidence that a profile requires")
struct RequiredEvidenceTests {
  private func check(_ requires: String) -> Check {
    Check(
      [p95(100)],
      budget: "{ defaults: { baseline: { p95: 1s } }, profiles: { baseline: { requires: \(requires) } } }")
  }

  /// The results of one test file.
  private func tests(failed: Double, _ profile: String = "tests") -> Run {
    run(
      [Series.wholeRun, "a.spec.ts"].map { subject in
        MetricValue(
          series: Series(profile: profile, endpoint: subject, metric: "failed", statistic: .count),
          value: failed, unit: .count, better: .lower)
      })
  }

  @Test(
    "Without it the verdict is inconclusive and says what to pass",
    arguments: [
      ("tests", "baseline: it requires tests, of which no result was given: pass --evidence tests=FILE"),
      ("[spike]", "baseline: it requires spike, of which no result was given: pass --evidence spike=FILE"),
    ])
  func missing(requires: String, gap: String) throws {
    let verdict = try check(requires).verdict()
    #expect(verdict.code == .inconclusive)
    #expect(verdict.gaps == [gap])
  }

  @Test("Any profile of the kind is what is required", arguments: ["tests", "tests-e2e"])
  func given(profile: String) throws {
    var check = check("tests")
    check.runs.append(tests(failed: 0, profile))
    #expect(try check.verdict().gaps == [])
  }

  @Test("Results that fail by their own limits block by them")
  func failing() throws {
    var check = check("tests")
    check.runs.append(tests(failed: 2))
    #expect(try check.verdict().code == .overBudget)
  }

  @Test("A profile that was not measured requires nothing")
  func unmeasured() throws {
    var check = Check(
      [p95(100)], budget: "{ defaults: { baseline: { p95: 1s } }, profiles: { soak: { requires: tests } } }")
    check.policy.requiresHistory = false
    #expect(try check.verdict().gaps == [])
  }
}
