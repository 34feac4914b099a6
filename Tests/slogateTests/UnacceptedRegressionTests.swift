import Foundation
import Testing

@Suite("A blocked regression of main, through the binary")
struct UnacceptedRegressionCommandTests {
  /// A repository whose main has eight commits, and one that made the run 35 % slower.
  private func blocked(_ workplace: borrowing Workplace) throws {
    try workplace.git("init", "-q")
    for index in 0..<8 { #expect(try checked(workplace, day: index, 200).code == 0) }
    #expect(try checked(workplace, day: 8, 270).code == 2)
  }

  /// Commits, and checks results about a level with a little scatter.
  private func checked(_ workplace: borrowing Workplace, day: Int, _ level: Double) throws -> Workplace.Result
  {
    try workplace.commit("commit \(day)", day: day)
    let p95 = level * (1 + 0.002 * Double(day * 7 % 5))
    try workplace.write("new.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
    return try workplace.slogate(
      "check", "--baseline", "new.json", "--env", "stage=perf", "--reference", "main")
  }

  private func head(_ workplace: borrowing Workplace) throws -> String {
    let git = workplace.folder.appending(path: ".git")
    let name = try String(contentsOf: git.appending(path: "HEAD"), encoding: .utf8).dropFirst(5)
      .trimmingCharacters(in: .newlines)
    return try String(contentsOf: git.appending(path: name), encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }

  @Test("The next commits are blocked since the first one; a revert passes, and pardons nothing")
  func stays() throws {
    let workplace = try Workplace()
    try blocked(workplace)
    let first = try head(workplace).prefix(10)
    for day in 9..<12 {
      let result = try checked(workplace, day: day, 270)
      #expect(result.code == 2)
      #expect(
        result.output.contains("  since   \(first) commit 8 (a); blocked there, not accepted"),
        "\(result.output)")
      #expect(result.output.contains("slogate history accept --commit \(first)"))
    }
    let explained = try workplace.slogate("explain")
    #expect(explained.output.contains("main has been like this since \(first)"), "\(explained.output)")
    #expect(explained.output.contains("blocked for it and not accepted"))
    #expect(try checked(workplace, day: 12, 200).code == 0)
    #expect(try checked(workplace, day: 13, 270).code == 2)
  }

  @Test("Accepted, it is the normal level; a merge brings the decision along and names it")
  func accepted() throws {
    let workplace = try Workplace()
    try blocked(workplace)
    let accept = ["history", "accept", "--commit", "HEAD", "--reason", "new cipher", "--by", "sre"]
    let vague = try workplace.run(accept)
    #expect(vague.code == 64 && vague.errors.contains("--all"))
    let accepted = try workplace.run(accept + ["--all"])
    #expect(accepted.code == 0 && accepted.output.contains("series"), "\(accepted.errors)")
    #expect(try checked(workplace, day: 9, 270).code == 0)
    let merged = try workplace.slogate(
      "history", "merge", "history/slogate.sqlite", "--history", "other.sqlite")
    #expect(merged.output.contains("accepted there: everything of default since"), "\(merged.output)")
    #expect(merged.output.contains("by sre: new cipher"))
  }

  @Test("A commit that no run measured has no level to accept")
  func unmeasured() throws {
    let workplace = try Workplace()
    try blocked(workplace)
    try workplace.commit("a document", day: 9)
    let accepted = try workplace.slogate(
      "history", "accept", "--commit", "HEAD", "--reason", "x", "--by", "sre", "--all")
    #expect(
      accepted.code == 64 && accepted.errors.contains("no run of default measured"), "\(accepted.errors)")
    #expect(try checked(workplace, day: 10, 270).code == 2)
  }

  @Test("A branch that stands on it is warned of it, one that left before made it itself")
  func branches() throws {
    let workplace = try Workplace()
    try blocked(workplace)
    let first = try head(workplace).prefix(10)
    try workplace.git("switch", "-q", "-c", "after")
    let inherited = try checked(workplace, day: 9, 270)
    #expect(inherited.code == 0)
    #expect(
      inherited.output.contains("not new: already on main since \(first)"), "\(inherited.output)")
    #expect(!inherited.output.contains("since: this change"))
    #expect(try checked(workplace, day: 10, 380).code == 2)
    try workplace.git("switch", "-q", "-c", "before", "main~2")
    let own = try checked(workplace, day: 11, 270)
    #expect(own.code == 2)
    #expect(own.output.contains("since   this change"), "\(own.output)")
  }

  @Test("The same question gives the same bytes")
  func sameBytes() throws {
    let workplace = try Workplace()
    try blocked(workplace)
    for format in ["text", "json", "markdown"] {
      let arguments = [
        "check", "--baseline", "new.json", "--env", "stage=perf", "--reference", "main", "--no-record",
        "--format", format,
      ]
      let first = try workplace.run(arguments).output
      for _ in 0..<3 { #expect(try workplace.run(arguments).output == first) }
    }
  }
}
