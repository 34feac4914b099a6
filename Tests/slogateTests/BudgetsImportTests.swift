import Foundation
import TestSupport
import Testing

@Suite("slogate budgets import")
struct BudgetsImportTests {
  /// Results of k6's that are kept with the readers' tests and with the samples.
  private static let results: [URL] = [
    "Tests/SLOReadersTests/Fixtures/k6", "Tests/Samples/blocked", "Tests/Samples/passing",
  ]
  .flatMap { folder in
    let folder = packageFolder.appending(path: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().map { folder.appending(path: $0) }
  }

  /// The thresholds of a summary, as k6 judged them: metric, expression, whether it held.
  private func thresholds(of file: URL) throws -> [(metric: String, expression: String, held: Bool)] {
    let root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any]
    let metrics = (root?["metrics"] as? [String: [String: Any]]) ?? [:]
    return metrics.flatMap { metric, figures in
      ((figures["thresholds"] as? [String: Any]) ?? [:]).map { expression, outcome in
        // In the legacy export true says that it was crossed.
        let held = (outcome as? [String: Any])?["ok"] as? Bool ?? !(outcome as? Bool ?? false)
        return (metric, expression, held)
      }
    }
  }

  @Test("The imported budget judges a result as k6's own thresholds did", arguments: results)
  func agreement(file: URL) throws {
    let thresholds = try thresholds(of: file)
    let workplace = try Workplace()
    let imported = try workplace.slogate("budgets", "import", file.path, "--output", "b.yaml")
    guard !thresholds.isEmpty else {
      #expect(imported.code == 65 && imported.errors.contains("is a k6 result without thresholds"))
      return
    }
    try #require(imported.code == 0, "\(imported.errors)")
    let check = try workplace.slogate(
      "check", "--baseline", file.path, "--budgets", "b.yaml", "--no-record", "--format", "json")
    let verdict = try check.json()
    let findings = try #require(verdict["findings"] as? [[String: Any]])
    let outcomes = findings.compactMap { ($0["budget"] as? [String: Any])?["outcome"] as? String }
    // What has no figure is no pass to slogate; k6 holds it, or cannot tell either.
    let judged = outcomes.count { $0 == "ok" || $0 == "near" || $0 == "over" }
    #expect(judged > 0 || outcomes.contains("missing") || outcomes.isEmpty)
    let hasMissing = outcomes.contains("missing")
    let broken = thresholds.count { !$0.held }
    let over = outcomes.count { $0 == "over" }
    #expect(hasMissing ? over <= broken : (over > 0) == (broken > 0), "\(imported.output)\(imported.errors)")
    #expect(broken == 0 || over > 0 || hasMissing)
    // Where one broke and the other held, the verdict itself says so.
    let notices = (verdict["notices"] as? [String] ?? []).joined(separator: "\n")
    #expect(!notices.contains("slogate's limit"), "\(notices)")
  }

  @Test("Standard output is the file alone, which slogate reads; the notes go to standard error")
  func streams() throws {
    let workplace = try Workplace()
    try workplace.write(
      "o.json", #"{"thresholds": {"wait": ["avg<9", "avg!=2"], "http_req_failed": ["rate<0.01"]}}"#)
    let result = try workplace.slogate("budgets", "import", "o.json", "--profile", "spike")
    #expect(result.code == 0)
    #expect(
      result.output == """
        # Imported by slogate budgets import from o.json.
        # Read it line by line before it decides about a release; what was not taken over is listed at the end.
        version: 1

        run:
          spike:
            wait.avg: 9     # avg<9
            error_rate: 1%  # rate<0.01

        # Not taken over, or not quite:
        # - o.json:1:35: wait: avg!=2: no limit says that a value is, or is not, 2

        """)
    #expect(result.errors == "o.json:1:35: wait: avg!=2: no limit says that a value is, or is not, 2\n")
    try workplace.write("b.yaml", result.output)
    #expect(try workplace.slogate("budgets", "lint", "b.yaml").code == 0)
  }

  @Test("Standard input is a document too, such as what k6 inspect prints")
  func standardInput() throws {
    let workplace = try Workplace()
    let options = Data(#"{"scenarios": {}, "thresholds": {"http_req_duration": ["p(95)<400"]}}"#.utf8)
    let result = try workplace.slogate("budgets", "import", "-", input: options)
    #expect(result.code == 0 && result.output.contains("p95: 400ms  # p(95)<400"))
  }

  @Test("A file that exists is replaced with --force alone")
  func force() throws {
    let workplace = try Workplace()
    try workplace.write("o.json", #"{"thresholds": {"wait": ["avg<9"]}}"#)
    try workplace.write("b.yaml", "mine")
    let refused = try workplace.slogate("budgets", "import", "o.json", "--output", "b.yaml")
    #expect(refused.code == 74 && refused.errors.contains("b.yaml: exists already"))
    #expect(workplace.bytes("b.yaml") == Data("mine".utf8))
    let forced = try workplace.slogate("budgets", "import", "o.json", "--output", "b.yaml", "--force")
    #expect(forced.code == 0 && forced.output.isEmpty && forced.errors == "wrote b.yaml with 1 limit\n")
    #expect(String(decoding: workplace.bytes("b.yaml") ?? Data(), as: UTF8.self).contains("wait.avg: 9"))
    let nowhere = try workplace.slogate("budgets", "import", "o.json", "--output", "o.json/b.yaml")
    #expect(nowhere.code == 74 && nowhere.errors.contains("o.json/b.yaml: cannot be written"))
  }

  @Test(
    "What cannot be imported is one error that says how to fix it, and nothing is written",
    arguments: [
      ("lighthouserc.js", "module.exports = { ci: {} }", 65, "is a script, which slogate does not run"),
      ("script.json", "module.exports = {};", 65, "is a script, which slogate does not run"),
      ("s.js", "import http from 'k6/http';", 65, "k6 inspect s.js | slogate budgets import -"),
      ("s.ts", "export const options = {};", 65, "k6 inspect s.ts | slogate budgets import -"),
      ("o.json", #"{"thresholds": {"wait": ["p95<5"]}}"#, 65, "it wants p(95)<5"),
      ("a.json", #"{"budget": {}}"#, 65, "a.json:1:1: holds a mapping with 'budget', expected limits"),
      ("a.json", #"{"metrics": {"http_reqs": {"count": 1"#, 65, "a.json:1:38"),
      ("a.yaml", "ci: [", 65, "a.yaml:"), ("a.json", "", 65, "a.json: holds nothing"),
      (nil, "", 66, "a.json"),
    ] as [(String?, String, Int32, String)])
  func refused(name: String?, content: String, code: Int32, message: String) throws {
    let workplace = try Workplace()
    if let name { try workplace.write(name, content) }
    let result = try workplace.slogate("budgets", "import", name ?? "a.json", "--output", "b.yaml")
    #expect(result.code == code, "\(result.errors)")
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(result.output.isEmpty && workplace.bytes("b.yaml") == nil)
  }

  @Test("Every file that is wrong is reported, and a format that is forced is not guessed")
  func several() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", #"{"thresholds": {"wait": ["avg<9"]}}"#)
    try workplace.write("b.json", "{}")
    let result = try workplace.slogate("budgets", "import", "a.json", "b.json", "c.json", "--from", "openslo")
    #expect(result.code == 66 && result.output.isEmpty)
    #expect(
      result.errors.contains("a.json:1:1: holds a mapping with 'thresholds', expected OpenSLO's objects"))
    #expect(result.errors.contains("b.json:1:1") && result.errors.contains("c.json"))
    let usage = try workplace.slogate("budgets", "import", "a.json", "--from", "toml")
    #expect(usage.code == 64 && usage.errors.contains("toml"))
  }
}
