import Foundation
import Testing

@Suite("slogate check --two-step and --confirm")
struct TwoStepCommandTests {
  private let options = ["--env", "stage=perf", "--reference", "main"]

  private func write(_ workplace: borrowing Workplace, _ name: String, _ p95: Double) throws {
    try workplace.write(name, summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
  }

  /// A repository whose main has eight commits at about 200 ms.
  private func calm(_ workplace: borrowing Workplace) throws {
    try workplace.git("init", "-q")
    for day in 0..<8 {
      #expect(try checked(workplace, day: day, 200 * (1 + 0.002 * Double(day * 7 % 5))).code == 0)
    }
  }

  private func checked(
    _ workplace: borrowing Workplace, day: Int, _ level: Double
  ) throws -> Workplace.Result {
    try workplace.commit("commit \(day)", day: day)
    try write(workplace, "new.json", level)
    return try workplace.run(["check", "--two-step", "--baseline", "new.json"] + options)
  }

  private func confirmed(
    _ workplace: borrowing Workplace, _ level: Double, _ more: [String] = []
  ) throws -> Workplace.Result {
    try write(workplace, "second.json", level)
    return try workplace.run(["check", "--two-step", "--confirm", "second.json"] + more + options)
  }

  @Test("A suspect ends 5 and says what to do; the second run ends 2 where it is worse too")
  func blocked() throws {
    let workplace = try Workplace()
    try calm(workplace)
    let first = try checked(workplace, day: 8, 270)
    #expect(first.code == 5, "\(first.output)\(first.errors)")
    #expect(first.output.hasPrefix("SUSPECT  "), "\(first.output)")
    #expect(first.output.contains("slogate check --two-step --confirm baseline=FILE"), "\(first.output)")
    let second = try confirmed(workplace, 268)
    #expect(second.code == 2, "\(second.output)\(second.errors)")
    #expect(second.output.contains("second  134 ms"), "\(second.output)")
    #expect(try workplace.slogate("history", "verify").code == 0)
    let next = try checked(workplace, day: 9, 270)
    #expect(next.code == 2, "confirmed once, the level blocks at once: \(next.output)")
    #expect(next.output.contains("blocked there, not accepted"), "\(next.output)")
  }

  @Test("A spike that the second run does not show passes, and the run is a reference again")
  func cleared() throws {
    let workplace = try Workplace()
    try calm(workplace)
    #expect(try checked(workplace, day: 8, 270).code == 5)
    let second = try confirmed(workplace, 201)
    #expect(second.code == 0, "\(second.output)\(second.errors)")
    #expect(second.output.contains("not confirmed by the second"), "\(second.output)")
    let next = try checked(workplace, day: 9, 201)
    #expect(next.code == 0 && !next.output.contains("suspect"), "\(next.output)")
  }

  @Test("A suspect that nothing decided exonerates nobody: the next commit at its level is suspect again")
  func open() throws {
    let workplace = try Workplace()
    try calm(workplace)
    #expect(try checked(workplace, day: 8, 270).code == 5)
    let next = try checked(workplace, day: 9, 271)
    #expect(next.code == 5, "\(next.output)")
    #expect(next.output.contains("suspect there, and measured once only"), "\(next.output)")
    #expect(try checked(workplace, day: 10, 200).code == 0)
  }

  @Test("A branch is not excused by what is only suspect on main")
  func branches() throws {
    let workplace = try Workplace()
    try calm(workplace)
    #expect(try checked(workplace, day: 8, 270).code == 5)
    try workplace.git("switch", "-q", "-c", "topic")
    #expect(try checked(workplace, day: 9, 270).code == 5)
  }

  @Test("The first results may be given again in place of the history's")
  func given() throws {
    let workplace = try Workplace()
    try calm(workplace)
    try workplace.commit("commit 8", day: 8)
    try write(workplace, "new.json", 270)
    let first = ["--baseline", "new.json", "--no-record"]
    #expect(try workplace.run(["check", "--two-step"] + first + options).code == 5)
    #expect(try confirmed(workplace, 269, first).code == 2)
    #expect(try confirmed(workplace, 202, first).code == 0)
    let missing = try confirmed(workplace, 269)
    #expect(
      missing.code == 64 && missing.errors.contains("--baseline FIRST --confirm SECOND"), "\(missing.errors)")
  }

  @Test("The same result is no second look, and a check without a suspect has nothing to confirm")
  func refused() throws {
    let workplace = try Workplace()
    try calm(workplace)
    let nothing = try confirmed(workplace, 270)
    #expect(nothing.code == 64 && nothing.errors.contains("has no suspect"), "\(nothing.errors)")
    #expect(try checked(workplace, day: 8, 270).code == 5)
    let same = try workplace.run(["check", "--two-step", "--confirm", "new.json"] + options)
    #expect(same.code == 64 && same.errors.contains("measure once more"), "\(same.errors)")
    let opposed = try workplace.run(["check", "--no-two-step", "--confirm", "new.json"] + options)
    #expect(opposed.code == 64, "\(opposed.errors)")
  }

  @Test("A budget file may say it, and a flag takes it back")
  func settings() throws {
    let workplace = try Workplace()
    try calm(workplace)
    try workplace.write(
      "budgets/b.yaml", "version: 1\nregression: { two_step: true }\ndefaults: { spike: { p95: 1s } }\n")
    try workplace.commit("commit 8", day: 8)
    try write(workplace, "new.json", 270)
    let check = ["check", "--baseline", "new.json", "--only", "baseline"] + options
    #expect(try workplace.run(check + ["--no-two-step", "--no-record"]).code == 2)
    #expect(try workplace.run(check).code == 5)
    #expect(try confirmed(workplace, 201).code == 0, "what the first check was about holds for the second")
  }

  @Test("What was decided is explained and reported again as it was")
  func again() throws {
    let workplace = try Workplace()
    try calm(workplace)
    #expect(try checked(workplace, day: 8, 270).code == 5)
    let suspect = try workplace.slogate("report", "--format", "json")
    #expect(
      suspect.output.contains("\"verdict\": \"suspect\""), "\(suspect.output.prefix(300))\(suspect.errors)")
    #expect(try confirmed(workplace, 268).code == 2)
    let report = try workplace.slogate("report", "--format", "json")
    #expect(report.output.contains("\"exit_code\": 2"), "\(report.output.prefix(300))\(report.errors)")
    #expect(report.output.contains("\"confirmed\": true"))
    let explained = try workplace.slogate("explain")
    #expect(explained.output.contains("worse again"), "\(explained.output)")
  }

  @Test(
    "Every form says that it is suspect",
    arguments: ["json", "markdown", "html", "junit", "sarif", "github", "gitlab-metrics", "badge"])
  func forms(format: String) throws {
    let workplace = try Workplace()
    try calm(workplace)
    try workplace.commit("commit 8", day: 8)
    try write(workplace, "new.json", 270)
    let result = try workplace.run(
      ["check", "--two-step", "--baseline", "new.json", "--no-record", "--format", format] + options)
    #expect(result.code == 5, "\(result.errors)")
    #expect(result.output.lowercased().contains("suspect"), "\(result.output.prefix(500))")
  }
}
