import Foundation
import Testing

@Suite("slogate capacity and the bound it stands for")
struct CapacityTests {
  @Test("A million requests a day at a burst of 20 with 20 % of headroom")
  func text() throws {
    let result = try Workplace().slogate(
      "capacity", "--per-day", "1e6", "--burst", "20", "--headroom", "20%")
    #expect(result.code == 0 && result.errors.isEmpty)
    for words in ["11.6/s", "231.5/s", "277.8/s"] { #expect(result.output.contains(" \(words)"), "\(words)") }
    #expect(
      result.output.hasSuffix("  throughput: \">= capacity(1e6/d, burst 20, headroom 20%)\"\n"))
  }

  @Test(
    "What is wrong is a usage error that names it",
    arguments: [
      (["--burst", "20"], "--per-day"), (["--per-day", "1", "--per-hour", "1"], "Give one demand"),
      (["--per-day", "-5"], "'-5/d' is negative"), (["--per-day", "nan"], "'nan/d' is no number"),
      (["--per-day", "0"], "not above 0"), (["--per-day", "1e6", "--burst", "0.5"], "from 1 on"),
      (["--per-day", "1e6", "--headroom", "20"], "write 20%"),
    ])
  func refused(arguments: [String], words: String) throws {
    let result = try Workplace().run(["capacity"] + arguments)
    #expect(result.code == 64 && result.output.isEmpty)
    #expect(result.errors.contains(words), "\(result.errors)")
  }

  @Test("As a bound it has the value that the command prints, in the verdict, lint, explain and export")
  func bound() throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    try workplace.write(
      "b.yaml", "run: { baseline: { throughput: \">= capacity(1e6/d, burst 20, headroom 20%)\" } }\n")
    let check = try workplace.slogate(
      "check", "--baseline", "b.json", "--budgets", "b.yaml", "--no-record", "--report", "json=v.json")
    #expect(check.code == 1, "\(check.errors)")
    #expect(check.output.contains("277.8/s"), "\(check.output)")
    #expect(
      check.output.contains("limit capacity(1e6/d, burst 20, headroom 20%) at b.yaml:1"), "\(check.output)")
    let verdict = try #require(
      try JSONSerialization.jsonObject(with: workplace.bytes("v.json") ?? Data()) as? [String: Any])
    let findings = verdict["findings"] as? [[String: Any]] ?? []
    let budget = findings.compactMap { $0["budget"] as? [String: Any] }.first { $0["formula"] != nil }
    #expect(abs((budget?["limit"] as? Double ?? 0) - 277.777_777_777_778) < 1e-9)
    #expect(try workplace.slogate("budgets", "lint", "b.yaml").code == 0)
    let explained = try workplace.slogate("budgets", "explain", "*", "--budgets", "b.yaml")
    #expect(explained.output.contains(">= 277.8/s = capacity(1e6/d, burst 20, headroom 20%)"))
    #expect(
      try workplace.slogate("budgets", "export", "b.yaml", "--to", "k6").output.contains("rate>=277.77777"))
  }
}
