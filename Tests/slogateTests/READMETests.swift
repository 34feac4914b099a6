import Foundation
import SLOBudgets
import SLOGate
import SLOModel
import SLOReaders
import TestSupport
import Testing

@Suite("The README is true")
struct READMETests {
  let readme = packageFolder.appending(path: "README.md")
  let library = packageFolder.appending(path: "docs/library.md")

  /// The commands of `Tests/demo.sh`, with the program under test.
  private func demo(_ release: String) throws -> Workplace.Result {
    let workplace = try Workplace()
    let samples = packageFolder.appending(path: "Tests/Samples").path
    // By a path as short as the README's: a longer one would break lines elsewhere.
    let budgets = try Data(contentsOf: packageFolder.appending(path: "budgets/examples/shop.yaml"))
    try workplace.write("budgets/examples/shop.yaml", budgets)
    let common = ["--budgets", "budgets/examples", "--environment", "perf", "--reference", "main"]
    for run in 1...4 {
      let file = "\(samples)/history/baseline-\(run).json"
      let result = try workplace.run(
        ["record", "--branch", "main", "--commit", "main-\(run)", "--baseline", file] + common)
      try #require(result.code == 0, "\(result.errors)")
    }
    _ = try workplace.run(
      ["record", "--branch", "main", "--commit", "main-4", "--spike", "\(samples)/history/spike-1.json"]
        + common)
    return try workplace.run(
      [
        "check", "--branch", "release/\(release)", "--commit", release, "--baseline",
        "\(samples)/\(release)/baseline-summary.json", "--spike", "\(samples)/\(release)/spike-summary.json",
      ] + common)
  }

  @Test("Its sample of a blocked release is what slogate prints; SLOGATE_RECORD=1 rewrites it")
  func blockedRelease() throws {
    let result = try demo("blocked")
    #expect(result.code == 1)
    let output = result.output
    var text = try String(contentsOf: readme, encoding: .utf8)
    let start = try #require(text.range(of: "<!-- demo: blocked -->\n```\n")?.upperBound)
    let end = try #require(text.range(of: "```\n<!-- /demo -->")?.lowerBound)
    if ProcessInfo.processInfo.environment["SLOGATE_RECORD"] != nil {
      text.replaceSubrange(start..<end, with: output)
      try text.write(to: readme, atomically: true, encoding: .utf8)
    }
    #expect(String(text[start..<end]) == output)
  }

  @Test("The passing release passes")
  func passingRelease() throws {
    let result = try demo("passing")
    #expect(result.code == 0, "\(result.output)")
    #expect(result.output.contains("PASS"))
  }

  @Test("The manual's program is the example that is built; SLOGATE_RECORD=1 takes it over into the example")
  func program() throws {
    let text = try String(contentsOf: library, encoding: .utf8)
    let start = try #require(text.range(of: "```swift\n")?.upperBound)
    let end = try #require(text[start...].range(of: "```")?.lowerBound)
    let program = String(text[start..<end])
    let example = packageFolder.appending(path: "Examples/Gate/main.swift")
    if ProcessInfo.processInfo.environment["SLOGATE_RECORD"] != nil {
      try program.write(to: example, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: example, encoding: .utf8) == program)
  }

  @Test("The example judges and records a result, and fails where a file is missing")
  func example() throws {
    let workplace = try Workplace()
    let unread = try workplace.run([], program: "slogate-example")
    #expect(unread.code != 0 && unread.errors.contains("baseline.json"), "\(unread.errors)")
    try workplace.write("baseline.json", summary())
    let missing = try workplace.run([], program: "slogate-example")
    #expect(missing.code != 0 && missing.errors.contains("budgets"), "\(missing.errors)")
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
    try workplace.write("budgets/shop.yaml", "defaults: { baseline: { p95: 400ms } }")
    let judged = try workplace.run([], program: "slogate-example")
    #expect(judged.code == 0 && judged.output.hasPrefix("PASS"), "\(judged.output)\(judged.errors)")
    let listed = try workplace.slogate("history", "list", "--format", "json")
    #expect(listed.output.contains("\"shop\""), "\(listed.output)\(listed.errors)")
  }

  @Test("It names every exit code, every flag of check is in --help, and it is short")
  func completeness() throws {
    let text = try String(contentsOf: readme, encoding: .utf8)
    for code in [0, 1, 2, 3, 4, 5, 64, 65, 66, 70, 74, 78] { #expect(text.contains("| \(code) |")) }
    #expect(text.split(separator: "\n", omittingEmptySubsequences: false).count < 150)
    let help = try Workplace().slogate("check", "--help").output
    let contract = [
      "baseline", "baseline-summary", "spike", "spike-summary", "profile", "lighthouse", "results-dir",
      "warmup", "budgets",
      "history", "no-record", "require-history", "commit", "branch", "reference", "environment", "env", "set",
      "service",
      "format", "report", "strict", "quiet", "no-color", "endpoint-tag",
    ]
    for flag in contract { #expect(help.contains("--\(flag)"), "--\(flag)") }
  }
}
