import SLOSupport
import SLOHistory
import SLOModel
import TestSupport
import Testing

@testable import SLOReports

@Suite("Reports of a history")
struct HistoryReportTests {
  private let style = TextStyle(isColoured: false, width: 100)

  @Test("A list is a table that fits the terminal, as far as names allow")
  func list() throws {
    let runs = [
      listed(run("8f14e45f", branch: "main"), verdict: "pass"),
      listed(run("c9f0f895", branch: "feature/a-rather-long-name"), verdict: "blocked", hold: "release 1.0"),
      listed(run("45c48cce", branch: nil), pruned: true),
    ]
    let text = textReport(of: runs, hasMore: true, style: TextStyle(isColoured: false, width: 120))
    try expectGolden(text, "history-list.txt")
    #expect(text.split(separator: "\n").allSatisfy { columns(of: String($0)) <= 120 })
  }

  @Test("A run is shown with what was said of it and its values")
  func show() throws {
    let run = run("8f14e45f", branch: "main")
    var found = listed(run, verdict: "pass", hold: "release 1.0")
    let accepted = Acceptance(
      service: "shop", commit: "8f14e45f", since: time(0), profile: "baseline", metric: "http_req_duration",
      statistic: .p95, by: "Ann", reason: "new codec", at: time(2))
    var whole = accepted
    (whole.profile, whole.metric, whole.statistic) = (nil, nil, nil)
    found.acceptances = [
      RecordedAcceptance(id: SHA256Digest(of: "narrow"), acceptance: accepted),
      RecordedAcceptance(
        id: SHA256Digest(of: "whole"), acceptance: whole,
        revocation: .init(by: "Bo", reason: "only p95 was meant", at: time(3))),
    ]
    try expectGolden(textReport(of: found, run, style: style), "history-show.txt")
  }

  @Test("A verification says what it looked at, what it found and where the journal ends")
  func verification() throws {
    var found = Verification()
    (found.entries, found.runs, found.pruned, found.verdicts) = (12, 6, 1, 1)
    found.heads = [SHA256Digest(of: "end")]
    #expect(
      textReport(of: found, style: style).hasPrefix(
        "INTACT  12 entries of the journal, 6 runs (1 pruned), 1 verdict\n"))
    found.findings = [
      .init(.run, "8f14", found: "values\u{1b} with another digest", expected: "the digest 45c4")
    ]
    try expectGolden(textReport(of: found, style: style), "history-verify.txt")
    #expect(jsonReport(of: found).contains("\"found\": \"values\\u001b with another digest\""))
  }

  @Test("A pruning says what it takes and what it leaves")
  func pruning() {
    var plan = PruningPlan()
    plan.runs = [listed(run("8f14e45f", branch: "main")).header]
    plan.protected = [.held: 2, .anchor: 1]
    plan.remainders = [3, 4].map {
      PruningPlan.Remainder(
        service: "shop", profile: "spike", environment: Environment(name: nil, sizing: ["cpu": "\($0)"]),
        commits: $0)
    }
    #expect(
      textReport(of: plan, isDone: false, needed: 4, style: style) == """
        would prune 2 values of 1 run; --yes does it
        commits 8f14e45f
        kept    2 runs held
        kept    1 run of a kept commit
        note    3 commits of service shop, profile spike, at cpu=3 can still be compared with, and 4 are
                needed: without more no regression can be judged there

        """)
    #expect(textReport(of: PruningPlan(), isDone: true, needed: 4, style: style) == "nothing to prune\n")
  }

  private func time(_ hour: Int64) -> Timestamp {
    Timestamp(milliseconds: 1_767_225_600_000 + hour * 3_600_000)
  }

  private func run(_ sha: String, branch: String?) -> Run {
    let source = Reading.Source(
      path: "results/baseline.json", format: "k6-summary-export", sha256: SHA256Digest(of: sha).description)
    var reading = Reading(profile: "baseline", source: source)
    reading.startedAt = time(0)
    reading.duration = 600
    reading.toolVersion = "1.0.0"
    reading.facts = ["cpu": "8"]
    let series = Series(profile: "baseline", endpoint: "search", metric: "http_req_duration", statistic: .p95)
    reading.measurements = [
      MetricValue(series: series, value: 312.44, unit: .milliseconds, better: .lower, samples: 1_200),
      MetricValue(
        series: Series(profile: "baseline", metric: "http_reqs", statistic: .rate), value: 100.5,
        unit: .perSecond),
    ]
    return Run(
      service: "shop", commit: Commit(sha: sha, branch: branch, committedAt: time(-1)),
      environment: Environment(name: "perf", sizing: ["stage": "sin-perf", "memory": "2Gi"]),
      settings: ["pool_size": "40"], reading: reading)
  }

  private func listed(
    _ run: Run, verdict: String? = nil, hold: String? = nil, pruned: Bool = false
  ) -> ListedRun {
    let header = RunHeader(
      id: run.id, service: run.service, profile: run.profile, commit: run.commit,
      environment: run.environment,
      settings: run.settings, source: run.reading.source, startedAt: run.reading.startedAt,
      recordedAt: time(1),
      failure: nil, measured: 2, isPruned: pruned, hold: hold)
    let checks = verdict.map { verdict in
      [
        RecordedCheck(
          id: 1, recordedAt: time(1), verdict: verdict, exitCode: verdict == "pass" ? 0 : 1,
          commit: run.commit,
          environment: run.environment, runs: [run.id])
      ]
    }
    return ListedRun(header: header, checks: checks ?? [], acceptances: [])
  }
}
