import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("Nothing that was to be judged goes unjudged without a word")
struct ProfileCoverageTests {
  private let both = "run: { baseline: { p95: 400ms }, spike: { p95: 600ms } }"

  private func named(_ profile: String, in verdict: Verdict) -> Bool {
    verdict.gaps.contains { $0.hasPrefix("\(profile):") }
  }

  @Test("A profile that a budget file asks for and that was not given is inconclusive, and named")
  func absent() throws {
    let verdict = try Check([p95(100)], budget: both).verdict()
    #expect(verdict.code == .inconclusive && named("spike", in: verdict) && !named("baseline", in: verdict))
  }

  @Test("A check that is about other profiles alone does not miss it, nor does a file that calls it optional")
  func meant() throws {
    var check = Check([p95(100)], budget: both)
    check.policy.profiles = ["baseline"]
    #expect(try check.verdict().code == .pass)
    let optional = both + "\nprofiles: { spike: { optional: true } }"
    #expect(try Check([p95(100)], budget: optional).verdict().code == .pass)
  }

  @Test("A check that names a profile and has no result of it is inconclusive, asked for by a file or not")
  func scope() throws {
    var check = Check([p95(100)])
    check.budget = nil
    check.policy.profiles = ["spike"]
    #expect(try named("spike", in: check.verdict()))
  }

  @Test("Nobody wrote the built-in limits: one of their profiles alone passes, and the other is reported")
  func builtIn() throws {
    var check = Check([p95(100), p99(200), errorRate(0)])
    check.budget = nil
    let verdict = try check.verdict()
    #expect(verdict.code == .pass && verdict.notices.contains { $0.contains("spike") })
  }

  @Test("Pages without a form factor are judged by either")
  func pages() throws {
    let budget = "pages: { \"/\": { lcp: 2s } }"
    for profile in ["lighthouse-mobile", "lighthouse-desktop"] {
      let page = value("largest-contentful-paint", .value, 900, of: "/", profile: profile)
      #expect(try Check([page], budget: budget).verdict().code == .pass, "\(profile)")
    }
    #expect(try Check([p95(100)], budget: budget).verdict().code == .inconclusive)
  }

  @Test("A given profile of which nothing was judged is inconclusive, and named, beside others that were")
  func nothingJudged() throws {
    var check = Check([p95(100)], budget: "run: { baseline: { p95: 400ms } }")
    check.runs.append(run([p95(9_000, profile: "stress")]))
    let verdict = try check.verdict()
    #expect(verdict.code == .inconclusive && named("stress", in: verdict) && !named("baseline", in: verdict))
  }

  @Test("A comparison with the history judges it")
  func compared() throws {
    #expect(try Check.afterCalm(200).verdict().gaps.isEmpty)
  }

  @Test("What only lacks history is no reason where the history is young, and is reported")
  func young() throws {
    var check = Check([p95(100)])
    check.policy.historyIsYoung = true
    let verdict = try check.verdict()
    #expect(verdict.code == .pass && verdict.unjudged == ["baseline"])
    check.environment = .unknown
    #expect(try check.verdict().code == .inconclusive, "no commit to come is comparable")
  }

  @Test("A young history excuses nothing that has history, and no missing value")
  func youngAndMissing() throws {
    var check = Check([p95(100)], budget: "run: { baseline: { p99: 400ms } }")
    check.policy.historyIsYoung = true
    #expect(try check.verdict().code == .inconclusive)
  }

  @Test("A judgement of nothing is inconclusive")
  func nothing() throws {
    var check = Check([])
    check.runs = []
    #expect(try check.verdict().code == .inconclusive)
  }

  @Test("A rule judges its profile; one on a profile the check is not about is none of its own")
  func rules() throws {
    let budget = "rules: [baseline.p95 <= 400ms, spike.p95 <= 3 * baseline.p95]"
    var check = Check([p95(100)], budget: budget)
    #expect(try check.verdict().code == .inconclusive)
    check.policy.profiles = ["baseline"]
    #expect(try check.verdict().code == .pass)
  }
}
