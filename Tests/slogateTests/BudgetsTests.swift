import Foundation
import Testing

@Suite("slogate budgets over files, git revisions and a recorded history")
struct BudgetsTests {
  private static let sizing = ["--env", "stage=perf", "--branch", "main"]

  private static let budget = """
    version: 1
    service: shop
    owner: payments-team
    defaults:
      baseline: { p95: 400ms, p99: 900ms, error_rate: 1% }
      spike: { p95: 700ms }
    endpoints:
      a|b: { owner: search-team, baseline: { p95: 30ms } }
    rules:
      - spike.p95 <= 3 * baseline.p95

    """

  /// Ten commits of two profiles; at the seventh the spike was slow.
  private func fill(_ workplace: borrowing Workplace) throws {
    for index in 0..<10 {
      let endpoint = ", \"http_req_duration{endpoint:a|b}\": {\"med\": 5, \"p(95)\": \(20 + index % 3)}"
      try workplace.write("b.json", summary(p95: "\(200 + index % 4)", p99: "800", extra: endpoint))
      try workplace.write("s.json", summary(p95: index == 6 ? "680" : "\(400 + index)", p99: "1000"))
      let result = try workplace.run(
        [
          "record", "--baseline", "b.json", "--spike", "s.json", "--commit", "41d0e77a\(index)", "--service",
          "shop",
        ] + BudgetsTests.sizing)
      try #require(result.code == 0, "\(result.errors)")
    }
  }

  // MARK: Rules in check

  @Test("A broken rule blocks a release like a budget, in text and JSON")
  func rule() throws {
    let workplace = try Workplace()
    try workplace.write("budgets/b.yaml", "rules:\n  - spike.p95 <= 3 * baseline.p95\n")
    try workplace.write("b.json", summary(p95: "100"))
    try workplace.write("s.json", summary(p95: "301"))
    let check = ["check", "--baseline", "b.json", "--spike", "s.json", "--no-record"]
    let text = try workplace.run(check)
    #expect(text.code == 1, "\(text.errors)")
    #expect(
      text.output.contains("1 of 1 budget over") && text.output.contains("301 ms, <= 3 × 100 ms = 300 ms"))
    let json = try workplace.run(check + ["--format", "json"]).json()
    let rule = try #require((json["rules"] as? [[String: Any]])?.first)
    #expect(rule["outcome"] as? String == "over" && rule["bound"] as? Double == 300)
    let counts = try #require(json["summary"] as? [String: Any])
    #expect(counts["evaluated"] as? Int == 1 && counts["over"] as? Int == 1)
    let alone = try workplace.slogate("check", "--baseline", "b.json", "--no-record")
    #expect(alone.code == 3 && alone.output.contains("no result of profile spike was given"))
  }

  @Test(
    "A broken rule is reported in every format",
    arguments: ["markdown", "junit", "sarif", "gitlab", "github"])
  func ruleFormats(format: String) throws {
    let workplace = try Workplace()
    try workplace.write("budgets/b.yaml", "rules:\n  - p99 <= 1.5 * p95\n")
    try workplace.write("b.json", summary(p95: "100", p99: "200"))
    let result = try workplace.slogate("check", "--baseline", "b.json", "--no-record", "--format", format)
    #expect(result.code == 1)
    #expect(result.output.contains("1.5"), "\(result.output)")
  }

  // MARK: lint

  @Test("lint: exit 0 with warnings, 4 under --strict, 78 for what is wrong")
  func lint() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try workplace.write("budgets/b.yaml", BudgetsTests.budget)
    let clean = try workplace.slogate("budgets", "lint", "--strict")
    #expect(clean.code == 0 && clean.output.contains("held against 10 stored checks"), "\(clean.output)")
    try workplace.write("budgets/b.yaml", BudgetsTests.budget.replacing("p95: 30ms", with: "p95: 10ms"))
    #expect(try workplace.slogate("budgets", "lint").code == 0)
    let strict = try workplace.slogate("budgets", "lint", "--strict")
    #expect(strict.code == 4 && strict.output.contains("is always broken: a|b is typically at 21 ms"))
    try workplace.write("budgets/b.yaml", BudgetsTests.budget.replacing("400ms", with: "400"))
    let wrong = try workplace.slogate("budgets", "lint")
    #expect(wrong.code == 78 && wrong.output.contains("budgets/b.yaml:5:20: error: 'p95' is a time"))
    let json = try workplace.slogate("budgets", "lint", "--format", "json").json()
    #expect(json["schema"] as? String == "slogate.budgets.lint/v1" && json["errors"] as? Int == 1)
    #expect(try workplace.slogate("budgets", "lint", "nowhere.yaml").code == 78)
    #expect(try workplace.slogate("budgets", "lint", "--history", "nowhere.sqlite").code == 78)
  }

  @Test("lint: an expired waiver is an error")
  func expired() throws {
    let workplace = try Workplace()
    let waiver =
      "waivers:\n  - { endpoint: a|b, metric: p95, max: 1s, until: 2020-01-01, owner: o, reason: r }\n"
    try workplace.write("budgets/b.yaml", BudgetsTests.budget + waiver)
    let result = try workplace.slogate("budgets", "lint")
    #expect(result.code == 78 && result.output.contains("b.yaml:12:5: error: the waiver of a|b"))
  }

  // MARK: diff

  @Test("diff: git revisions, files and the work tree, with what it would have meant")
  func diff() throws {
    let workplace = try Workplace()
    try workplace.git("init", "-q")
    try workplace.write("budgets/b.yaml", BudgetsTests.budget)
    try workplace.git("add", "budgets")
    try workplace.git("commit", "-q", "-m", "one")
    try fill(workplace)
    let looser = BudgetsTests.budget.replacing("p95: 400ms", with: "p95: 500ms")
      .replacing("spike: { p95: 700ms }", with: "spike: { p95: 600ms }")
    try workplace.write("budgets/b.yaml", looser)

    let text = try workplace.slogate("budgets", "diff", "HEAD")
    #expect(text.code == 0, "\(text.errors)")
    #expect(text.output.hasPrefix("Budgets: loosened 1, tightened 1\n"))
    #expect(text.output.contains("budgets/b.yaml:5, was HEAD:budgets/b.yaml:5"))
    #expect(text.output.contains("of 10 stored checks: 1 newly blocked"))

    try workplace.git("commit", "-q", "-a", "-m", "two")
    let between = try workplace.slogate("budgets", "diff", "HEAD~1", "HEAD", "--format", "json").json()
    #expect(between["loosened"] as? Int == 1 && between["tightened"] as? Int == 1)
    let limits = try #require(between["limits"] as? [[String: Any]])
    #expect((limits.last?["checks"] as? [String: Any])?["newly_blocked"] as? Int == 1)
    #expect(try workplace.slogate("budgets", "diff", "HEAD", "HEAD").output.contains("no change in effect"))

    try workplace.write("old.yaml", BudgetsTests.budget)
    let files = try workplace.slogate(
      "budgets", "diff", "old.yaml", "budgets", "--format", "markdown", "--fail-on", "loosened")
    #expect(
      files.code == 1 && files.output.hasPrefix("<!-- slogate:sticky budgets -->\n## ⚠️ Budgets: loosened 1"))
    let back = try workplace.slogate("budgets", "diff", "budgets", "budgets", "--fail-on", "any")
    #expect(back.code == 0)
  }

  @Test("diff: a revision without budgets has the built-in limits, one that is not there is a usage error")
  func revisions() throws {
    let workplace = try Workplace()
    try workplace.git("init", "-q")
    try workplace.git("commit", "-q", "--allow-empty", "-m", "none")
    try workplace.write(
      "budgets/b.yaml", "defaults: { baseline: { p95: 500ms, p99: 900ms, error_rate: 1% } }")
    let first = try workplace.slogate("budgets", "diff", "HEAD")
    #expect(first.errors.contains("HEAD has no budget file at budgets"))
    #expect(first.output.contains("< 400 ms → < 500 ms"))
    let unknown = try workplace.slogate("budgets", "diff", "nosuch")
    #expect(unknown.code == 64 && unknown.errors.contains("neither a file or folder nor a revision"))
    #expect(try workplace.slogate("budgets", "diff", "--", "--output=x").code == 64)
    try workplace.write("budgets/b.yaml", "defaults: { baseline: { p95: 500 } }")
    try workplace.git("add", "budgets")
    try workplace.git("commit", "-q", "-m", "wrong")
    let wrong = try workplace.slogate("budgets", "diff", "HEAD", "HEAD")
    #expect(wrong.code == 78 && wrong.errors.contains("HEAD:budgets/b.yaml:1:30"))
  }

  // MARK: backtest, suggest, explain

  @Test("backtest: which commits would have been blocked, by which limits and rules")
  func backtest() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("budgets", "backtest").code == 3)
    try fill(workplace)
    try workplace.write("budgets/b.yaml", BudgetsTests.budget)
    let json = try workplace.slogate("budgets", "backtest", "--format", "json").json()
    #expect(json["checks"] as? Int == 10 && json["blocked"] as? Int == 1)
    let rules = try #require(json["rules"] as? [[String: Any]])
    #expect(rules.first?["commits"] as? [String] == ["41d0e77a6"])
    let text = try workplace.slogate("budgets", "backtest", "--last", "4")
    #expect(text.output.hasPrefix("1 of 4 stored checks"))
    #expect(
      try workplace.slogate("budgets", "backtest", "--last", "3").output.hasPrefix("0 of 3 stored checks"))
    #expect(try workplace.slogate("budgets", "backtest", "--last", "0").code == 64)
    #expect(try workplace.slogate("budgets", "backtest", "--history", "nowhere").code == 66)
  }

  @Test("suggest: a file that check and lint take as it is")
  func suggest() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("budgets", "suggest", "--from-history").code == 3)
    try fill(workplace)
    let suggested = try workplace.slogate("budgets", "suggest", "--from-history", "--headroom", "20%")
    #expect(suggested.code == 0, "\(suggested.errors)")
    #expect(suggested.output.contains("service: shop") && suggested.output.contains("\"a|b\":"))
    try workplace.write("budgets/b.yaml", suggested.output)
    #expect(try workplace.slogate("budgets", "lint", "--strict").code == 0)
    let check = try workplace.slogate("check", "--baseline", "b.json", "--spike", "s.json", "--no-record")
    #expect(check.code == 0 && check.output.contains("budgets held"), "\(check.output)")
    #expect(try workplace.slogate("budgets", "suggest", "--headroom", "-5%").code == 64)
  }

  @Test("suggest: beside budget files only what they have no limit on, so that both are one budget")
  func suggestMissing() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let whole = try workplace.slogate("budgets", "suggest").output
    try workplace.write("budgets/a.yaml", "service: shop\ndefaults: { baseline: { p95: 9s } }\n")
    let rest = try workplace.slogate("budgets", "suggest")
    #expect(rest.code == 0 && rest.output.count < whole.count)
    try workplace.write("budgets/slo.yaml", rest.output)
    #expect(try workplace.slogate("budgets", "lint").code == 0)
    #expect(!rest.output.contains("baseline:\n    p95"))
    let nothing = try workplace.slogate("budgets", "suggest")
    #expect(nothing.code == 0 && nothing.errors.contains("have a limit on each of these figures"))
    try workplace.write("budgets/none.yaml", nothing.output)
    #expect(try workplace.slogate("budgets", "lint").code == 0)
  }

  @Test("lint and export take budget files as an option too")
  func optionalPaths() throws {
    let workplace = try Workplace()
    try workplace.write("x.yaml", "defaults: { baseline: { p95: 1s } }\n")
    #expect(try workplace.slogate("budgets", "lint", "--budgets", "x.yaml").code == 0)
    let export = try workplace.slogate("budgets", "export", "--budgets", "x.yaml", "--to", "k6")
    #expect(export.code == 0 && export.output.contains("p(95)<1000"))
  }

  @Test("explain: an endpoint that an entry names is of that kind of evidence alone")
  func explainOfKind() throws {
    let workplace = try Workplace()
    try workplace.write(
      "budgets/slo.yaml",
      "defaults: { baseline: { p95: 1s } }\nfacts: { cdn: { hits: \">= 90%\" } }\nqueries: { \"*\": { mean: 5ms } }\n"
    )
    let found = try workplace.slogate("budgets", "explain", "cdn", "--format", "json").output
    #expect(found.contains("\"facts\"") && !found.contains("baseline") && !found.contains("\"db\""))
    let unknown = try workplace.slogate("budgets", "explain", "other").output
    #expect(unknown.contains("baseline other") && unknown.contains("db other"))
  }

  @Test("explain: each limit with its line, what it overrides, and how it stands")
  func explain() throws {
    let workplace = try Workplace()
    try workplace.write("budgets/b.yaml", BudgetsTests.budget)
    let alone = try workplace.slogate("budgets", "explain", "a|b", "--profile", "baseline")
    #expect(alone.code == 0 && alone.output.contains("no stored check of baseline"))
    try fill(workplace)
    let text = try workplace.slogate("budgets", "explain", "a|b", "--profile", "baseline")
    #expect(text.output.contains("from budgets/b.yaml:8 (entry 'a|b', owner search-team)"))
    #expect(text.output.contains("overrides p95 < 400 ms from budgets/b.yaml:5"))
    #expect(text.output.contains("20 ms at 41d0e77a9: keeps it"), "\(text.output)")
    let json = try workplace.slogate("budgets", "explain", "*", "--format", "json").json()
    #expect(
      (json["subjects"] as? [[String: Any]])?.map { $0["profile"] as? String } == ["baseline", "spike"])
    #expect(try workplace.slogate("budgets", "explain", "a|b", "--profile", "soak").code == 64)
  }
}
