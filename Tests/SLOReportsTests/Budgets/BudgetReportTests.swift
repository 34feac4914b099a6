import SLOBudgets
import SLOGate
import SLOHistory
import SLOModel
import SLOReaders
import TestSupport
import Testing

@testable import SLOReports
import SLOSupport

@Suite("Budgets under review, as people and programs see them")
struct BudgetReportTests {
  private let plain = TextStyle(isColoured: false, width: 100)

  @Test(
    "A change as text", arguments: [(100, false, "wide"), (60, false, "narrow"), (100, true, "coloured")])
  func change(width: Int, isColoured: Bool, name: String) throws {
    let style = TextStyle(isColoured: isColoured, width: width)
    try expectGolden(textReport(of: try ReviewScene.review(), style: style), "budgets-diff-\(name).txt")
  }

  @Test("A change as a comment on a pull request and as JSON")
  func changeForOthers() throws {
    let review = try ReviewScene.review()
    try expectGolden(markdownReport(of: review), "budgets-diff.md")
    try expectGolden(jsonReport(of: review), "budgets-diff.json")
  }

  @Test("Nothing changed")
  func unchanged() throws {
    let review = try ReviewScene.review(ReviewScene.before, ReviewScene.before)
    #expect(textReport(of: review, style: plain).hasPrefix("Budgets: no change in effect\n"))
    #expect(
      markdownReport(of: review).hasPrefix(
        "<!-- slogate:sticky budgets -->\n## ✅ Budgets: no change in effect"))
  }

  @Test("A comment on a thousand changes keeps within what GitHub takes, and says what it leaves out")
  func large() throws {
    let file = { (p95: Int) in
      "endpoints:\n"
        + (0..<1_000).map { "  \"GET /endpoint/\($0)\": { baseline: { p95: \(p95 + $0)ms } }" }
        .joined(separator: "\n")
    }
    let comment = markdownReport(of: try ReviewScene.review(file(100), file(200)))
    #expect(comment.utf8.count < 60_000)
    #expect(comment.contains("loosened 1000") && comment.contains("Not shown here:"))
  }

  @Test("A backtest as text and JSON")
  func backtest() throws {
    let test = Backtest(try ReviewScene.replays(try ReviewScene.budgets(ReviewScene.before)))
    try expectGolden(textReport(of: test, style: plain), "budgets-backtest.txt")
    try expectGolden(jsonReport(of: test), "budgets-backtest.json")
  }

  @Test("Findings of lint as text and JSON")
  func lint() throws {
    let budgets = try ReviewScene.budgets(ReviewScene.before)
    let replays = try ReviewScene.replays(budgets)
    let now = try #require(replays.checks.first?.now)
    let findings = budgets.lint(at: now) + BudgetHealth(replays).findings
    let report = LintReport(findings, files: budgets.files, checks: replays.checks.count)
    try expectGolden(report.text(style: plain), "budgets-lint.txt")
    try expectGolden(report.json, "budgets-lint.json")
    #expect(report.errors == 0 && report.warnings == findings.count)
  }

  @Test("Budgets that cannot be read are errors of lint")
  func unreadable() throws {
    do throws(BudgetProblems) {
      _ = try Budgets.parse("defaults: { baseline: { p95: 400 } }", file: "b.yaml")
      Issue.record("it could be read")
    } catch {
      let report = LintReport(error)
      #expect(report.errors == 1 && report.warnings == 0)
      #expect(report.text(style: plain).hasPrefix("b.yaml:1:30: error: 'p95' is a time"))
      #expect(report.json.contains("\"kind\": \"language\""))
    }
  }

  @Test("The limits of an endpoint as text and JSON")
  func limits() throws {
    let budgets = try ReviewScene.budgets(ReviewScene.before)
    let newest = try ReviewScene.replays(budgets).checks.last
    let now = try #require(newest?.now)
    let found = ["GET /search", "auth.login"].map {
      EndpointLimits(BudgetSubject(profile: "baseline", endpoint: $0), budgets, newest: newest, now: now)
    }
    try expectGolden(textReport(of: found, style: plain), "budgets-explain.txt")
    try expectGolden(jsonReport(of: found), "budgets-explain.json")
  }

  // MARK: Suggestions

  private func suggestion(endpoint: String = "GET /search") -> BudgetSuggestion {
    let pages = { (metric: String, statistic: Statistic, level: Double) in
      value(metric, statistic, level, of: "/", profile: "lighthouse-mobile", samples: nil)
    }
    let measured = [
      latency(.p95, 312), latency(.p99, 1_240), value("http_req_failed", .rate, 0),
      value("http_reqs", .rate, 241.5),
      latency(.p95, 96, of: endpoint), pages("performance", .score, 0.93),
      pages("largest-contentful-paint", .value, 2_310), pages("cumulative-layout-shift", .value, 0.02),
    ]
    let cohorts = ["baseline", "lighthouse-mobile"].map { profile in
      let own = measured.filter { $0.series.profile == profile }
      let window = window(of: own.map { ($0.series, $0.value) })
      return CohortHistory(
        service: "gateway", profile: profile,
        environment: Environment(name: "perf", sizing: ["stage": "perf"]),
        commits: window.commits,
        series: own.map {
          SeriesHistory(
            series: $0.series, unit: $0.unit, better: $0.better, values: window.values[$0.series] ?? [])
        })
    }
    return BudgetSuggestion(from: cohorts, service: "gateway")
  }

  @Test("A suggested budget file, which slogate reads to the same limits")
  func suggested() throws {
    let suggestion = suggestion()
    let text = budgetFile(of: suggestion)
    try expectGolden(text, "budgets-suggest.yaml")
    let budgets = try Budgets.parse(text, file: "b.yaml")
    for limit in suggestion.limits {
      let read = budgets.limits(profile: limit.series.profile, endpoint: limit.series.endpoint).first {
        $0.metric == limit.series.metric && $0.statistic == limit.series.statistic
      }
      let bound = try #require(read?.bound, "\(limit.series)")
      #expect(abs(bound - limit.bound) <= 1e-9 * limit.bound, "\(limit.series)")
      #expect(read?.comparison.isUpper == (limit.better == .lower))
    }
  }

  /// What a check of a kind gives of two subjects and of the run as a whole, under each of two profiles.
  private func suggestion(of kind: EvidenceKind) -> BudgetSuggestion {
    let other =
      kind.profiles.isClosed || kind.profiles.prefix == nil ? [] : [kind.profiles.every.dropLast() + "two"]
    let cohorts = (kind.profiles.usual.suffix(1) + other.map(String.init)).enumerated().map {
      index, profile in
      let subjects = ["one", "two"] + (kind.judging.hasWholeRun ? [Series.wholeRun] : [])
      let measured = kind.metrics.all.flatMap { metric in
        (metric.suggested.isEmpty ? [metric.traits.shape.statistics[0]] : metric.suggested).flatMap {
          statistic in
          subjects.map { subject in
            value(
              metric.name, statistic, metric.traits.unit(of: statistic) == .count ? 0 : Double(index + 1) / 8,
              of: subject, profile: profile, unit: metric.traits.unit(of: statistic),
              better: metric.traits.better(of: statistic))
          }
        }
      }
      let window = window(of: measured.map { ($0.series, $0.value) })
      return CohortHistory(
        service: "gateway", profile: profile,
        environment: Environment(name: "perf", sizing: ["stage": "perf"]),
        commits: window.commits,
        series: measured.map {
          SeriesHistory(
            series: $0.series, unit: $0.unit, better: $0.better, values: window.values[$0.series] ?? [])
        })
    }
    return BudgetSuggestion(from: cohorts, service: "gateway")
  }

  @Test(
    "What is suggested of any kind of evidence is read, under each of its profiles",
    arguments: EvidenceKind.all)
  func suggestedOfKind(kind: EvidenceKind) throws {
    let suggestion = suggestion(of: kind)
    #expect(suggestion.limits.isEmpty == kind.metrics.all.flatMap(\.suggested).isEmpty)
    let text = budgetFile(of: suggestion)
    let budgets = try Budgets.parse(text, file: "b.yaml")
    #expect(budgets.lint(at: Timestamp(milliseconds: 0)).isEmpty)
    for limit in suggestion.limits {
      let read = budgets.limits(profile: limit.series.profile, endpoint: limit.series.endpoint).first {
        $0.metric == limit.series.metric && $0.statistic == limit.series.statistic
      }
      let bound = try #require(read?.bound, "\(limit.series) in \(text)")
      #expect(limit.better == .lower ? bound >= limit.bound : bound <= limit.bound, "\(limit.series)")
      #expect(limit.unit != .count || bound == bound.rounded(), "\(limit.series)")
    }
  }

  @Test(
    "A kind's subjects are in its section, the run as a whole is under run, and no test that fails is let through"
  )
  func suggestedSections() throws {
    let sizes = budgetFile(of: suggestion(of: .size))
    #expect(sizes.contains("\nrun:\n  dist:\n    brotli: 1100B  #"))
    #expect(sizes.contains("\n  sizes-two:\n    brotli: 1100B  #"))
    #expect(sizes.contains("\nsizes:\n  one:\n    brotli: 1100B  #"))
    let tests = budgetFile(of: suggestion(of: .test))
    #expect(tests.contains("\nrun:\n  tests:\n    failed: 0  #") && !tests.contains("\ntests:"))
  }

  @Test(
    "Whatever an endpoint is called, the suggested file has a limit for it",
    arguments: HostileTextTests.hostile)
  func hostileSuggestion(hostile: String) throws {
    let name = hostile + "z"
    let budgets = try Budgets.parse(budgetFile(of: suggestion(endpoint: name)), file: "b.yaml")
    let limits = budgets.limits(profile: "baseline", endpoint: name).filter { !$0.isDefault }
    #expect(limits.filter { !$0.isOptional }.map(\.statistic) == [.p95])
    #expect(limits.filter(\.isOptional).map(\.statistic) == [.p99], "what it was never measured by")
  }

  // MARK: Strangers' names

  @Test(
    "No name, owner or reason leaves its place",
    arguments: HostileTextTests.hostile.filter { $0.utf8.count < 1_000 })
  func hostile(hostile: String) throws {
    let name = hostile + "z"
    let quoted = name.unicodeScalars.map { "\\U" + padded($0.value) }.joined()
    let file = { (p95: String) in
      """
      owner: "\(quoted)"
      environments: { "\(quoted)": { "\(quoted)": "\(p95) \(quoted)" } }
      endpoints: { "\(quoted)": { baseline: { p95: \(p95) } } }
      waivers: [{ endpoint: "\(quoted)", metric: p95, max: 2s, until: 2026-06-09, owner: "\(quoted)", reason: "\(p95) \(quoted)" }]
      """
    }
    let review = try ReviewScene.review(file("300ms"), file("100ms"))
    let budgets = try ReviewScene.budgets(file("100ms"), name)
    let replays = try ReviewScene.replays(budgets, endpoint: name)
    let now = try #require(replays.checks.first?.now)
    let lint = LintReport(budgets.lint(at: now) + BudgetHealth(replays).findings, files: [name], checks: 8)
    let limits = EndpointLimits(
      BudgetSubject(profile: "baseline", endpoint: name), budgets, newest: replays.checks.last, now: now)
    let shown = [
      textReport(of: review, style: plain), textReport(of: Backtest(replays), style: plain),
      lint.text(style: plain),
      textReport(of: [limits], style: plain), budgetFile(of: suggestion(endpoint: name)),
    ]
    for line in shown.joined().split(separator: "\n", omittingEmptySubsequences: false) {
      #expect(VisibleText.escaped(String(line)) == line)
      #expect(!line.hasPrefix("::"))
    }
    let comment = markdownReport(of: review)
    #expect(!comment.contains("<script") && !comment.contains("<img"))
    for row in comment.split(separator: "\n") where row.hasPrefix("| ") {
      #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 6)
    }
  }

  private func padded(_ value: UInt32) -> String {
    let hex = String(value, radix: 16)
    return String(repeating: "0", count: 8 - hex.count) + hex
  }
}
