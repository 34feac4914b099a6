import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOGate

@Suite("A step on the reference branch, accepted or merged, begins a level of its own")
struct LevelTests {
  /// Twelve commits at 200 ms, then so many at 250 ms.
  private func stepped(_ count: Int) -> [Double] {
    (calm + [201, 199]) + calm.prefix(count).map { $0 * 1.25 }
  }

  private func check(_ value: Double, after history: [Double]) -> Check {
    var check = Check([p95(value)])
    check.windows = ["baseline": window([p95(0).series: history])]
    return check
  }

  private func accepted(_ commit: String, at position: Int64, metric: String? = nil) -> Acceptance {
    Acceptance(
      service: "shop", commit: commit, since: Timestamp(milliseconds: position), metric: metric, by: "sre",
      reason: "new cipher", at: Timestamp(milliseconds: 99))
  }

  private func verdict(_ check: Check, accepting acceptances: [Acceptance]) throws -> Verdict {
    var draft = try check.draft()
    draft.acceptances = acceptances
    return draft.verdict()
  }

  @Test("A merged slowdown does not hide the next one")
  func next() throws {
    #expect(try check(250, after: stepped(6)).verdict().p95Outcome() == .ok)
    #expect(try check(290, after: stepped(6)).verdict().p95Outcome() == .regressed)
  }

  @Test("Nor does an earlier improvement hide a loss")
  func afterImprovement() throws {
    let improved = stepped(6).map { 40_000 / $0 }
    #expect(try check(200, after: improved).verdict().p95Outcome() == .regressed)
  }

  @Test("Where a value lies between both levels, it is said which commits may be the first at the new one")
  func blurred() throws {
    var history = stepped(8)
    history[11] = 223.6
    let verdict = try check(251, after: history).verdict()
    let suspects = try #require(verdict.finding(p95(0))?.regression?.level?.suspects)
    #expect(suspects.measured.map(\.sha) == ["c11", "c12"])
    #expect(suspects.after == "c10" && suspects.upTo == "c12")
    let notice = try #require(verdict.notices.first { $0.contains("worse since c1") })
    #expect(notice.contains(", or c11 before it (95 %): 1") || notice.contains(", or c12 after it (95 %): 1"))
  }

  @Test("A step that the search confirms is reported, with where it began and what it cost")
  func confirmed() throws {
    let verdict = try check(251, after: stepped(8)).verdict()
    let level = try #require(verdict.finding(p95(0))?.regression?.level)
    #expect(level.ground == .confirmed)
    #expect(level.since?.sha == "c12")
    #expect(level.last?.sha == "c11")
    #expect(abs((level.change ?? 0) - 0.25) < 0.02)
    let notice = try #require(verdict.notices.first { $0.contains("worse since c12") })
    #expect(notice.contains("1 series by about 25 %"))
    #expect(
      notice.contains(
        "slogate history accept --commit c12 --profile baseline --endpoint '*' --metric http_req_duration.p95"
      ))
  }

  @Test("An accepted step is not told again")
  func acceptedStep() throws {
    let verdict = try verdict(check(251, after: stepped(8)), accepting: [accepted("c12", at: 12)])
    #expect(verdict.finding(p95(0))?.regression?.level?.acceptance?.reason == "new cipher")
    #expect(!verdict.notices.contains { $0.contains("worse since") })
  }

  @Test("One reference at an accepted level is enough to be held against it")
  func oneReference() throws {
    let history = stepped(1)
    #expect(try check(250, after: stepped(0)).verdict().p95Outcome() == .regressed)
    #expect(try verdict(check(250, after: history), accepting: [accepted("c12", at: 12)]).p95Outcome() == .ok)
    #expect(
      try verdict(check(320, after: history), accepting: [accepted("c12", at: 12)]).p95Outcome()
        == .regressed)
  }

  @Test("The accepted commit itself has nothing to be held against yet, and says so")
  func itself() throws {
    let verdict = try verdict(
      check(250, after: stepped(0)), accepting: [accepted("candidate", at: 50)])
    let regression = try #require(verdict.finding(p95(0))?.regression)
    #expect(regression.outcome == .insufficient)
    #expect(regression.level?.acceptance?.by == "sre")
    #expect(regression.level?.since == nil)
    #expect(verdict.code == .pass)
    #expect(
      verdict.notices.contains(
        "1 series was not compared with the history: a new level was accepted at candidate by sre, and no commit of it is measured yet"
      ))
  }

  @Test("Where a history is required, an accepted level that nobody measured yet is the reason")
  func required() throws {
    var check = check(250, after: stepped(0))
    check.policy.requiresHistory = true
    let verdict = try verdict(check, accepting: [accepted("candidate", at: 50)])
    #expect(verdict.code == .inconclusive)
    let gap = try #require(verdict.gaps.first)
    #expect(gap.contains("a new level was accepted at candidate by sre"), "\(gap)")
    #expect(!gap.contains("are needed"))
  }

  @Test("A finding that somebody accepted elsewhere is reported with why that does not count")
  func elsewhere() throws {
    var draft = try check(250, after: stepped(0)).draft()
    draft.acceptances = [accepted("elsewhere", at: 50)]
    #expect(
      draft.verdict().notices.contains { $0.contains("git cannot tell whether this commit contains it") })
    draft.descendants["elsewhere"] = []
    let notice = try #require(draft.verdict().notices.first { $0.contains("accepted at elsewhere") })
    #expect(notice.contains("1 slower series") && notice.contains("after a squash or a rebase"), "\(notice)")
    draft.acceptances = [accepted("elsewhere", at: -1)]
    #expect(!draft.verdict().notices.contains { $0.contains("elsewhere") }, "older than all references")
  }

  @Test("A lost level is accepted as narrowly as it was lost")
  func narrow() throws {
    let places = ["search", "pay"]
    var check = Check(places.flatMap { [p95(250, of: $0), median(100, of: $0)] })
    var values: [Series: [Double]] = [:]
    for place in places {
      values[p95(0, of: place).series] = stepped(8)
      values[median(0, of: place).series] = (calm + calm).map { $0 / 2 }
    }
    check.windows = ["baseline": window(values)]
    let notice = try #require(try check.verdict().notices.first { $0.contains("worse since c12") })
    #expect(notice.contains("2 series"))
    #expect(
      notice.hasSuffix(
        "with slogate history accept --commit c12 --profile baseline --metric http_req_duration.p95 --reason WHY"
      ),
      "\(notice)")
  }

  private func median(_ number: Double, of endpoint: String) -> MetricValue {
    value("http_req_duration", .median, number, of: endpoint)
  }

  @Test("What contains an accepted commit is at its level; another branch is judged as before")
  func otherBranch() throws {
    var draft = try check(250, after: stepped(0)).draft()
    draft.acceptances = [accepted("elsewhere", at: 50)]
    #expect(draft.verdict().code == .regression)
    draft.descendants["elsewhere"] = ["candidate"]
    #expect(draft.verdict().code == .pass)
  }

  @Test("A level accepted on a branch that is not contained says nothing, whenever that was")
  func strangeBranch() throws {
    var draft = try check(200, after: calm).draft()
    draft.acceptances = [accepted("elsewhere", at: 8)]
    draft.descendants["elsewhere"] = ["elsewhere2"]
    let regression = try #require(draft.verdict().finding(p95(0))?.regression)
    #expect(regression.level == nil)
    #expect(regression.references == calm.count)
  }

  @Test("Only references that contain an accepted commit are at its level, however late others are")
  func lateReferences() throws {
    var draft = try check(250, after: stepped(0)).draft()
    draft.acceptances = [accepted("elsewhere", at: 8)]
    draft.descendants["elsewhere"] = ["candidate"]
    #expect(draft.verdict().finding(p95(0))?.regression?.outcome == .insufficient)
    draft.acceptances = [accepted("candidate", at: 8)]
    #expect(draft.verdict().finding(p95(0))?.regression?.outcome == .insufficient)
  }

  @Test("Where nobody can tell what contains it, an accepted commit counts by its time")
  func byTime() throws {
    let verdict = try verdict(check(250, after: stepped(2)), accepting: [accepted("elsewhere", at: 12)])
    #expect(verdict.finding(p95(0))?.regression?.level?.since?.sha == "c12")
  }

  @Test("An acceptance speaks of the series it names")
  func scope() throws {
    let other = accepted("c12", at: 12, metric: "http_req_failed")
    let verdict = try verdict(check(251, after: stepped(8)), accepting: [other])
    #expect(verdict.finding(p95(0))?.regression?.level?.ground == .confirmed)
  }

  @Test("Of a commit that was not measured, the level begins at the first one that contains it")
  func unmeasured() throws {
    var draft = try check(250, after: stepped(3)).draft()
    draft.acceptances = [accepted("between", at: 12)]
    draft.descendants["between"] = ["c13", "c14", "candidate"]
    #expect(draft.verdict().finding(p95(0))?.regression?.level?.since?.sha == "c13")
  }
}
