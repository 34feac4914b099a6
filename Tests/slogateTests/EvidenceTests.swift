import Foundation
import Testing

@Suite("slogate check --evidence: results of any kind")
struct EvidenceTests {
  private static func junit(_ inside: String, file: String = "cart_test.py") -> String {
    "<testsuite name=\"s\"><testcase name=\"pays\" file=\"\(file)\" time=\"0.2\">\(inside)</testcase></testsuite>"
  }

  private static let summary = #"""
    {"metrics":{"http_req_duration":{"avg":10,"min":1,"med":9,"max":80,"p(90)":20,"p(95)":30,"p(99)":40},
    "http_reqs":{"count":600,"rate":10},"http_req_failed":{"passes":0,"fails":600,"value":0}}}
    """#

  private func check(
    _ arguments: [String], _ files: [String: String]
  ) throws -> Workplace.Result {
    let workplace = try Workplace()
    for (name, text) in files { try workplace.write(name, text) }
    return try workplace.run(["check", "--no-record", "--new-service"] + arguments)
  }

  @Test("A failed test blocks without a budget file, and is named")
  func policy() throws {
    let result = try check(["--evidence", "t.xml"], ["t.xml": Self.junit("<failure/>")])
    #expect(result.code == 1)
    #expect(result.output.contains("cart_test.py failed.count: 1, limit <= 0"))
    #expect(result.output.contains("which   pays"))
    #expect(result.output.contains("built-in policy tests") && !result.output.contains("tests:3"))
  }

  @Test("A policy that is no file is shown at no line of one")
  func policyIsNoFile() throws {
    let workplace = try Workplace()
    try workplace.write("t.xml", Self.junit("<failure/>"))
    let reports = ["github=g.txt", "sarif=r.sarif", "gitlab-codequality=r.json"].flatMap { ["--report", $0] }
    _ = try workplace.run(
      ["check", "--no-record", "--new-service", "--evidence", "t.xml"] + reports)
    #expect(try workplace.text("g.txt").contains("::error title=cart_test.py failed.count"))
    for name in ["r.sarif", "r.json"] {
      let text = try workplace.text(name)
      #expect(!text.contains("\"built-in"))
      #expect(text.contains("budgets/slo.yaml"))
    }
  }

  @Test(
    "A budget file goes before the policy, key by key",
    arguments: [
      ("tests: { \"*\": { failed: 1 } }", 0), ("tests: { cart_test.py: { failed: { warn: 0 } } }", 0),
      ("tests: { other_test.py: { failed: 1 } }", 1), ("tests: { \"*\": { duration: 100ms, failed: 1 } }", 1),
      ("tests: { \"*\": { duration: 1s } }", 1),
      ("run: { tests: { tests: \">= 2\" } }\ntests: { \"*\": { failed: 1 } }", 1),
      (
        "waivers: [{ endpoint: cart_test.py, metric: failed.count, max: 1, until: 2999-01-01, owner: a, reason: b }]",
        0
      ),
    ] as [(String, Int32)])
  func budgets(budget: String, code: Int32) throws {
    let result = try check(
      ["--evidence", "t.xml"],
      ["t.xml": Self.junit("<failure/>"), "budgets/b.yaml": "version: 1\n\(budget)\n"])
    #expect(result.code == code, "\(result.output)\(result.errors)")
  }

  @Test("Reports of one profile are parts of one run, whichever options named them, and each counts once")
  func parts() throws {
    let result = try check(
      ["--profile", "tests=a.xml", "--evidence", "b.xml", "c.xml", "a.xml", "--format", "json"],
      [
        "a.xml": Self.junit("<failure/>"), "b.xml": Self.junit("<system-out>b</system-out>"),
        "c.xml": Self.junit(""),
      ])
    #expect(result.code == 1, "\(result.output)\(result.errors)")
    let root = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let findings = try #require(root["findings"] as? [[String: Any]])
    let counts = findings.filter { $0["metric"] as? String == "tests" && $0["endpoint"] as? String == "*" }
    #expect(counts.map { $0["value"] as? Int } == [3], "\(counts)")
  }

  @Test("Each file finds its reader, and a load its profile by its name")
  func mixed() throws {
    let result = try check(
      ["--evidence", "results", "--format", "json"],
      ["results/t.xml": Self.junit(""), "results/baseline-1.json": Self.summary])
    #expect(result.code == 0, "\(result.output)\(result.errors)")
    let root = try #require(
      JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    let findings = try #require(root["findings"] as? [[String: Any]])
    let kinds = Dictionary(grouping: findings) { $0["kind"] as? String ?? "" }
    #expect(Set(kinds.keys) == ["load", "test"])
    #expect(kinds["load"]?.allSatisfy { $0["profile"] as? String == "baseline" } == true)
  }

  @Test("A load of a name that says no profile has to be named")
  func nameless() throws {
    let files = ["summary.json": Self.summary]
    let result = try check(["--evidence", "summary.json"], files)
    #expect(result.code == 65)
    #expect(result.errors.contains("--evidence NAME=FILE"))
    #expect(try check(["--evidence", "baseline=summary.json"], files).code == 0)
  }

  @Test("A budget for tests that no result was given of is no pass, and what is no test's metric is refused")
  func absent() throws {
    let budget = [
      "baseline.json": Self.summary, "budgets/b.yaml": "version: 1\ntests: { \"*\": { failed: 0 } }\n",
    ]
    let result = try check(["--baseline", "baseline.json"], budget)
    #expect(result.code == 3 && result.output.contains("tests: no result was given"))
    let wrong = ["t.xml": Self.junit(""), "budgets/b.yaml": "version: 1\ntests: { \"*\": { p95: 1s } }\n"]
    let refused = try check(["--evidence", "t.xml"], wrong)
    #expect(refused.code == 78 && refused.errors.contains("'p95' is a figure of k6"))
  }

  @Test("A bound in the wrong unit is one error, and not a misspelt metric too")
  func unit() throws {
    let budget = "version: 1\ntests: { \"*\": { duration: 90 } }\n"
    let result = try check(["--evidence", "t.xml"], ["t.xml": Self.junit(""), "budgets/b.yaml": budget])
    #expect(result.code == 78 && result.errors.contains("'duration' is a time"))
    #expect(!result.errors.contains("unknown metric"), "\(result.errors)")
  }

  @Test("A script's own metrics may be called as those of tests are")
  func names() throws {
    let summary = Self.summary.replacingOccurrences(
      of: "{\"metrics\":{", with: "{\"metrics\":{\"failed\":{\"count\":3,\"rate\":1},")
    let result = try check(
      ["--baseline", "s.json"],
      ["s.json": summary, "budgets/b.yaml": "version: 1\nrun: { baseline: { failed.count: \"<= 2\" } }\n"])
    #expect(result.code == 1, "\(result.output)\(result.errors)")
  }
}
