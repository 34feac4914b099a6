import SLOBudgets
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("A limit on a change is exact, from the first pair on")
struct RelativeLimitTests {
  private func check(_ now: Double, after before: [Double], limit: String = "p95: { max_increase: 5% }")
    -> Check
  {
    var check = Check([p95(now)], budget: "run: { baseline: { \(limit) } }")
    if !before.isEmpty { check.windows = ["baseline": window([p95(0).series: before])] }
    return check
  }

  @Test(
    "Against one commit, or the median of some",
    arguments: [
      (209.0, [200.0], Verdict.Code.pass), (211, [200], .overBudget), (211, [190, 202], .overBudget),
      (209, [200, 190, 202], .pass), (211, [200, 190, 202], .overBudget),
    ])
  func median(now: Double, before: [Double], code: Verdict.Code) throws {
    #expect(try check(now, after: before).verdict().code == code)
  }

  @Test("An increase of exactly what is allowed holds, whatever the numbers", arguments: 1...300)
  func exact(reference: Int) throws {
    let reference = Double(reference) * 0.7
    #expect(try check(reference * 105 / 100, after: [reference]).verdict().code == .pass)
    #expect(try check(reference * 105.001 / 100, after: [reference]).verdict().code == .overBudget)
  }

  @Test("A run to compare with that lacks the figure leaves the verdict open, and its absence is reported")
  func without() throws {
    var draft = try check(211, after: []).draft()
    draft.against = [run([value("http_reqs", .rate, 9)])]
    let verdict = draft.verdict()
    #expect(verdict.code == .inconclusive)
    #expect(verdict.gaps.contains { $0.contains("the results of --against have no such figure") })
  }

  @Test("A default on pages asks nothing of the run as a whole, which pages do not have")
  func pages() throws {
    let page = value(
      "largest-contentful-paint", .value, 1_800, of: "/", profile: "lighthouse-mobile", better: .lower)
    var check = Check([page], budget: "defaults: { lighthouse-mobile: { lcp: { max_increase: 10% } } }")
    check.windows = ["lighthouse-mobile": window([page.series: [1_800]])]
    let verdict = try check.verdict()
    #expect(verdict.code == .pass && verdict.outcomes[.missing] == nil)
  }

  @Test("A value that is not in every repetition is not judged")
  func thin() throws {
    var check = check(200, after: [200])
    check.policy.repetitions = 2
    check.runs += [run([value("http_reqs", .rate, 9)])]
    #expect(try check.verdict().code == .inconclusive)
  }

  @Test("A decrease is bounded of what is better when higher")
  func decrease() throws {
    let rate = value("http_reqs", .rate, 94)
    var check = Check([rate], budget: "run: { baseline: { throughput: { max_decrease: 5% } } }")
    check.windows = ["baseline": window([rate.series: [100, 100]])]
    #expect(try check.verdict().code == .overBudget)
  }

  @Test("It holds next to a limit on the value; the more severe decides")
  func beside() throws {
    let limit = "p95: { block: 400ms, max_increase: 5% }"
    #expect(try check(211, after: [200], limit: limit).verdict().p95Outcome() == .over)
    #expect(try check(205, after: [200], limit: limit).verdict().p95Outcome() == .ok)
    #expect(try check(401, after: [400], limit: limit).verdict().p95Outcome() == .over)
  }

  @Test(
    "Without anything to hold it against it is not judged, which is reported, and a gap where history is asked for"
  )
  func unreferenced() throws {
    var check = check(211, after: [], limit: "p95: { block: 400ms, max_increase: 5% }")
    let verdict = try check.verdict()
    #expect(verdict.code == .pass && verdict.notices.contains { $0.contains("http_req_duration.p95") })
    #expect(verdict.evaluated == 1)
    check.policy.requiresHistory = true
    #expect(try check.verdict().gaps.contains { $0.contains("http_req_duration.p95") })
  }

  @Test("A run that is given goes before the history")
  func against() throws {
    var draft = try check(211, after: [300]).draft()
    draft.against = [run([p95(200)], file: "before.json")]
    let verdict = draft.verdict()
    #expect(verdict.code == .overBudget)
    #expect(verdict.finding(p95(0))?.relative?.reference == 200)
  }

  @Test("A value that is missing is missing")
  func missing() throws {
    #expect(try check(100, after: [100], limit: "p99: { max_increase: 5% }").verdict().code == .inconclusive)
  }

  @Test("A waiver in force lets it through, up to its bound")
  func waiver() throws {
    func code(_ now: Double) throws -> Verdict.Code {
      var check = check(now, after: [200])
      check.budget =
        (check.budget ?? "")
        + "\nwaivers: [{ endpoint: \"*\", metric: p95, max: 250ms, until: 2026-12-31, owner: o, reason: r }]"
      return try check.verdict().code
    }
    #expect(try code(240) == .pass)
    #expect(try code(260) == .overBudget)
  }
}
