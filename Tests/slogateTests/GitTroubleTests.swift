import Foundation
import Testing

@Suite("Git's own reasons are reported, and a date of a commit ends nothing")
struct GitTroubleTests {
  private static let check = [
    "check", "--baseline", "a.json", "--env", "stage=ci", "--no-record", "--budgets", "b.yaml",
  ]

  private func repository() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("b.yaml", "version: 1\ndefaults: { baseline: { p95: 400ms } }\n")
    try workplace.git("init", "-q")
    try workplace.commit("one", day: 0)
    return workplace
  }

  @Test("Without git the commit is unknown, which is a warning and says why")
  func notInstalled() throws {
    let workplace = try repository()
    #expect(try workplace.run(GitTroubleTests.check + ["--strict"]).code == 0)
    let missing = try workplace.run(GitTroubleTests.check, variables: ["PATH": "/nowhere"])
    #expect(missing.code == 0)
    #expect(missing.output.contains("git is not installed"), "\(missing.output)")
    #expect(
      try workplace.run(GitTroubleTests.check + ["--strict"], variables: ["PATH": "/nowhere"]).code == 4)
  }

  @Test("A repository of another user says so, with the remedy")
  func foreignOwner() throws {
    let workplace = try repository()
    let variables = ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "HOME": workplace.folder.path]
    let result = try workplace.run(GitTroubleTests.check + ["--strict"], variables: variables)
    #expect(result.code == 4)
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("dubious ownership") && words.contains("safe.directory"), "\(result.output)")
  }

  @Test("A broken repository is reported in git's words")
  func broken() throws {
    let workplace = try repository()
    try FileManager.default.removeItem(at: workplace.folder.appending(path: ".git/HEAD"))
    let result = try workplace.run(GitTroubleTests.check + ["--strict"])
    #expect(result.code == 4)
    #expect(result.output.contains("git cannot read the repository"), "\(result.output)")
  }

  @Test("Where the commit is given, git's reason is reported and is no warning")
  func given() throws {
    let workplace = try repository()
    let result = try workplace.run(
      GitTroubleTests.check + ["--strict", "--commit", String(repeating: "a", count: 40)],
      variables: ["PATH": "/nowhere"])
    #expect(result.code == 0)
    #expect(result.output.contains("git is not installed"), "\(result.output)")
  }

  @Test("Nothing was committed yet")
  func unborn() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("b.yaml", "version: 1\ndefaults: { baseline: { p95: 400ms } }\n")
    try workplace.git("init", "-q")
    let result = try workplace.run(GitTroubleTests.check + ["--strict"])
    #expect(result.code == 0)
    #expect(result.output.contains("no commit yet"), "\(result.output)")
  }

  @Test(
    "A commit of any date is judged and recorded",
    arguments: ["9223372036854776", "9223372036854775807", "1", "99999999999999"])
  func farDate(seconds: String) throws {
    let workplace = try repository()
    let script = """
      tree=$(git rev-parse 'HEAD^{tree}'); parent=$(git rev-parse HEAD)
      printf 'tree %s\\nparent %s\\nauthor b <b@b> 1767322800 +0000\\ncommitter b <b@b> \(seconds) +0000\\n\\nfar\\n' "$tree" "$parent" |
        git hash-object -t commit -w --stdin --literally > far
      git checkout -q --detach "$(cat far)"
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", script]
    process.currentDirectoryURL = workplace.folder
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let record = ["record", "--baseline", "a.json", "--env", "stage=ci", "--branch", "main"]
    let recorded = try workplace.run(record)
    #expect(recorded.code == 0, "\(recorded.errors)")
    let checked = try workplace.run(GitTroubleTests.check)
    #expect(checked.code == 0, "\(checked.errors)")
    #expect(try workplace.slogate("trend").code == 0)
  }
}
