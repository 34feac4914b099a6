import Foundation
import Testing

@Suite("Reports of one check, in as many forms as are asked for")
struct ReportsTests {
  private static let forms = [
    "text", "json", "markdown", "junit", "sarif", "github", "gitlab", "gitlab-codequality", "gitlab-metrics",
    "badge",
  ]

  private func text(_ workplace: borrowing Workplace, _ name: String) -> String? {
    workplace.bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  @Test("One call writes every form, and each says the same")
  func forms() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary(p95: "401"))
    let told = ReportsTests.forms.flatMap { ["--report", "\($0)=\($0).report"] }
    let result = try workplace.run(["check", "--baseline", "a.json", "--no-record", "--quiet"] + told)
    #expect(result.code == 1 && result.output.isEmpty)
    for (form, answer) in [
      ("text", "BLOCKED"), ("json", "\"verdict\": \"blocked\""), ("markdown", "## ❌ Blocked"),
      ("junit", "<failure type=\"budget\""), ("sarif", "\"slogate/budget\""), ("github", "::error title="),
      ("gitlab", "\"slogate/budget\""), ("gitlab-codequality", "\"severity\": \"critical\""),
      ("gitlab-metrics", "slogate_verdict=\"blocked\"} 1"), ("badge", ">blocked<"),
    ] { #expect(text(workplace, "\(form).report")?.contains(answer) == true, "\(form)") }
  }

  @Test("Options may stand between, and one option may take several")
  func severalAtOnce() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let result = try workplace.slogate(
      "check", "--report", "json=v.json", "badge=v.svg", "--no-record", "--report", "markdown=v.md",
      "--baseline", "a.json", "--format", "gitlab-metrics")
    #expect(result.code == 0 && result.output.hasSuffix("# EOF\n"))
    for file in ["v.json", "v.svg", "v.md"] { #expect(text(workplace, file)?.isEmpty == false, "\(file)") }
  }

  @Test("What is no form is refused before anything is judged", arguments: ["yaml=x", "json", "json=", "=x"])
  func unknown(report: String) throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let result = try workplace.slogate("check", "--baseline", "a.json", "--report", report)
    #expect(result.code == 64)
    #expect(
      result.errors.contains("--report takes FORMAT=FILE") && result.errors.contains("found '\(report)'"))
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
  }

  @Test("On GitHub the job's summary and the step's outputs are written beside what others wrote")
  func gitHub() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary(p95: "401"))
    try workplace.write("summary", "before\n")
    try workplace.write("output", "other=1\n")
    let variables = ["GITHUB_STEP_SUMMARY": "summary", "GITHUB_OUTPUT": "output"]
    let result = try workplace.run(
      ["check", "--baseline", "a.json", "--no-record", "--format", "github"], variables: variables)
    #expect(result.code == 1 && result.output.hasPrefix("BLOCKED  (whole run) p95 401 ms"))
    #expect(result.output.contains("\n::notice title=Blocked%3A"))
    #expect(result.output.contains("\n::group::Explained: (whole run) p95 401 ms, OVER by 0.25 %25\n"))
    #expect(text(workplace, "summary")?.hasPrefix("before\n## ❌ Blocked") == true)
    let output = text(workplace, "output") ?? ""
    #expect(output.hasPrefix("other=1\nverdict=blocked\nexit-code=1\nblocked=true\n"))
    #expect(output.contains("comment<<slogate_"))
  }

  @Test("A summary that has no room left is let be, with a notice")
  func fullSummary() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("summary", Data(repeating: 0x78, count: 1_040_000))
    let result = try workplace.run(
      ["check", "--baseline", "a.json", "--no-record", "--format", "github"],
      variables: ["GITHUB_STEP_SUMMARY": "summary"])
    #expect(result.code == 0 && result.errors.contains("no room left"))
    #expect(workplace.bytes("summary")?.count == 1_040_000)
  }
}
