import Foundation
import Testing

@Suite("slogate report, and the page of a check")
struct ReportTests {
  private static let context = ["--env", "stage=perf", "--branch", "main"]

  /// Six calm commits, and a check of a seventh that is much slower.
  private func checked(_ workplace: borrowing Workplace, _ more: [String] = []) throws -> Workplace.Result {
    try workplace.write(
      "budgets/b.yaml", "version: 1\nservice: gateway\ndefaults:\n  baseline: { p95: 250ms, p99: 900ms }\n")
    for (index, p95) in [200.0, 203, 198, 205, 201, 197].enumerated() {
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      let result = try workplace.run(
        ["record", "--baseline", "h.json", "--commit", "c\(index)"] + Self.context)
      try #require(result.code == 0, "\(result.errors)")
    }
    try workplace.write("new.json", summary(p95: "260", p99: "390", med: "130"))
    return try workplace.run(
      ["check", "--baseline", "new.json", "--commit", "new<b>"] + Self.context + more)
  }

  private func text(_ workplace: borrowing Workplace, _ name: String) throws -> String {
    let bytes = workplace.bytes(name)
    return String(decoding: try #require(bytes, "\(name)"), as: UTF8.self)
  }

  @Test("check writes the page, with the line of the limit and a chart")
  func page() throws {
    let workplace = try Workplace()
    let result = try checked(workplace, ["--report", "html=page.html"])
    #expect(result.code == 1, "\(result.errors)")
    let page = try text(workplace, "page.html")
    for part in [
      "<title>Blocked: gateway at new&lt;b&gt;</title>", "OVER by 4", "budgets/b.yaml:4",
      "<code>baseline: { p95: 250ms, p99: 900ms }</code>", "class=\"slo-chart\"", "class=\"sketch\"",
      "new with this change", "default-src 'none'".replacing("'", with: "&#39;"),
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("<script") && !page.contains("new<b>") && !page.contains("src="))
  }

  @Test("report says the newest check again, the very page of the check apart from its notices")
  func again() throws {
    let workplace = try Workplace()
    _ = try checked(workplace)
    let page = try workplace.slogate("report")
    #expect(page.code == 0, "\(page.errors)")
    #expect(page.output.hasPrefix("<!DOCTYPE html>") && page.output.contains("OVER by 4"))
    let file = try workplace.slogate("report", "--commit", "new<b>", "--output", "r.html")
    #expect(file.code == 0 && file.output.isEmpty)
    #expect(try text(workplace, "r.html") == page.output)
    let json = try workplace.slogate("report", "--format", "json")
    #expect(try json.json()["exit_code"] as? Int == 1)
  }

  @Test("The dated report never overwrites another, and the same one is written once")
  func dated() throws {
    let workplace = try Workplace()
    _ = try checked(workplace)
    let first = try workplace.slogate("report", "--dated", "reports/perf", "--html")
    #expect(first.code == 0, "\(first.errors)")
    let path = try #require(first.errors.split(separator: "\n").first.map(String.init))
    #expect(path.contains(/^reports\/perf\/[0-9]{8}-summary\.md$/))
    let kept = try text(workplace, path)
    for part in ["gateway", "| baseline | 1 |", "✗ OVER by 4", "## Sources", "## Recommendations"] {
      #expect(kept.contains(part), "\(part)\n\(kept)")
    }
    #expect(try text(workplace, path.replacing(".md", with: ".html")).hasPrefix("<!DOCTYPE html>"))
    #expect(try workplace.slogate("report", "--dated", "reports/perf", "--html").errors == first.errors)
    try workplace.write(path, "notes of somebody\n")
    let second = try workplace.slogate("report", "--dated", "reports/perf")
    #expect(second.errors == path.replacing(".md", with: "-2.md") + "\n")
    #expect(try text(workplace, path) == "notes of somebody\n")
    #expect(try text(workplace, path.replacing(".md", with: "-2.md")) == kept)
  }

  @Test("Judged again by other budgets, it says what was said then")
  func otherBudgets() throws {
    let workplace = try Workplace()
    _ = try checked(workplace)
    try workplace.write("budgets/b.yaml", "version: 1\nservice: gateway\nregression: { block: false }\n")
    let result = try workplace.slogate("report", "--format", "text")
    #expect(result.code == 0, "\(result.errors)")
    #expect(result.output.contains("said blocked (exit code 1)"), "\(result.output)")
  }

  @Test("Wrong options and what is not there are reported")
  func refusals() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("report").code == 66)
    _ = try checked(workplace)
    #expect(try workplace.slogate("report", "--html").code == 64)
    #expect(try workplace.slogate("report", "--dated", "d", "--output", "x").code == 64)
    #expect(try workplace.slogate("report", "--commit", "nobody").code == 64)
    try workplace.write("file", "")
    let blocked = try workplace.slogate("report", "--dated", "file/below")
    #expect(blocked.code == 74 && blocked.errors.contains("cannot be written"), "\(blocked.errors)")
    #expect(try workplace.slogate("report", "--output", "file/below.html").code == 74)
  }
}
