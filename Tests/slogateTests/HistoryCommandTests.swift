import Foundation
import Testing

@Suite("slogate history")
struct HistoryCommandTests {
  /// Three commits, two profiles each.
  private func fill(_ workplace: borrowing Workplace, history: String = "history/slogate.sqlite") throws {
    for index in 1...3 {
      try workplace.write("\(index).json", summary(p95: "20\(index)"))
      let result = try workplace.run([
        "check", "--baseline", "\(index).json", "--spike", "\(index).json", "--commit", "c\(index)aa",
        "--branch",
        "main", "--env", "stage=perf", "--history", history,
      ])
      try #require(result.code == 0, "\(result.errors)")
    }
  }

  private func history(
    _ workplace: borrowing Workplace, _ arguments: String..., code: Int32 = 0
  ) throws -> Workplace.Result {
    let result = try workplace.run(["history"] + arguments, variables: ["USER": "Ann"])
    #expect(result.code == code, "\(arguments): \(result.output) \(result.errors)")
    return result
  }

  private func runs(_ workplace: borrowing Workplace, _ arguments: String...) throws -> [[String: Any]] {
    let result = try workplace.run(["history", "list", "--format", "json"] + arguments)
    return try #require(try result.json()["runs"] as? [[String: Any]])
  }

  @Test("A list names every run, and its filters restrict it")
  func list() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let text = try history(workplace, "list").output
    #expect(text.split(separator: "\n").count == 7)
    #expect(text.contains("c3aa") && text.contains("stage=perf") && text.contains("pass"))
    #expect(try runs(workplace).count == 6)
    #expect(try runs(workplace, "--commit", "c1").count == 2)
    #expect(try runs(workplace, "--profile", "spike", "--branch", "main").count == 3)
    #expect(try runs(workplace, "--env", "stage=tiny").isEmpty)
    #expect(try runs(workplace, "--since", "2999-01-01").isEmpty)
    #expect(try history(workplace, "list", "--limit", "2").output.contains("older ones"))
    #expect(try history(workplace, "list", "--since", "yesterday", code: 64).errors.contains("2026-11-20"))
  }

  @Test(
    "A run is shown in full by its id, a commit by its SHA, either by its beginning; trend has the same rule")
  func show() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let id = try #require(try runs(workplace, "--commit", "c2", "--profile", "spike").first?["id"] as? String)
    let text = try history(workplace, "show", String(id.prefix(10))).output
    #expect(text.contains(id) && text.contains("c2aa (main)") && text.contains("202 ms"))
    let both = try history(workplace, "show", "c2aa", "--format", "json").json()
    #expect((both["runs"] as? [[String: Any]])?.count == 2)
    let newest = try history(workplace, "show", "main", "--format", "json").json()
    #expect((newest["runs"] as? [[String: Any]])?.count == 2)
    #expect(try history(workplace, "show", "c2", code: 64).errors.contains("no run and no commit 'c2'"))
    for commit in ["c1aabb", "c1aacc"] {
      let result = try workplace.run(
        ["record", "--baseline", "1.json", "--commit", commit, "--branch", "main", "--env", "stage=perf"])
      try #require(result.code == 0, "\(result.errors)")
    }
    #expect(try history(workplace, "show", "c1aa").output.contains("c1aa (main)"))
    #expect(
      try history(workplace, "show", "C1AA", code: 64).errors.contains(
        "commit c1aa, commit c1aabb, commit c1aacc"))
    let since = try workplace.slogate("trend", "--since", "C1AA")
    #expect(since.code == 64 && since.errors.contains("commit c1aa, commit c1aabb"), "\(since.errors)")
    #expect(try workplace.slogate("trend", "--since", "c1aab").code == 0)
    #expect(try history(workplace, "show", "none", code: 64).errors.contains("no run and no commit 'none'"))
  }

  @Test("Decisions are kept with who made them and why, and shown beside the runs")
  func decisions() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let accepted = try history(
      workplace, "accept", "--commit", "c2aa", "--reason", "new codec", "--metric", "p95", "--profile",
      "spike")
    #expect(accepted.output.contains("accepted spike p95 of default since c2aa"), "\(accepted.output)")
    #expect(try history(workplace, "show", "c2aa").output.contains("by Ann: new codec"))
    #expect(
      try history(workplace, "hold", "c1aa", "--reason", "release 1.0").output == "holding 2 of 2 runs\n")
    #expect(try runs(workplace, "--commit", "c1aa").allSatisfy { $0["hold"] as? String == "release 1.0" })
    #expect(try history(workplace, "release", "c1aa", "--reason", "over").output == "released 2 of 2 runs\n")
    #expect(
      try history(workplace, "release", "c1aa", "--reason", "over", code: 64).errors.contains("not held"))
    #expect(try history(workplace, "hold", "c1aa", "--reason", " ", code: 64).errors.contains("--reason"))
    #expect(try history(workplace, "verify").output.hasPrefix("INTACT  14 entries"))
  }

  @Test(
    "An acceptance that hits no recorded series is refused with what there is, unless it is forced",
    arguments: [
      (["--endpoint", "nosuch"], "default has no endpoint 'nosuch'; known here: *; --force"),
      (["--profile", "spik"], "default has no profile 'spik'; did you mean 'spike'?"),
      (["--service", "defualt"], "nothing was recorded of service 'defualt'; did you mean 'default'?"),
      (["--profile", "spike", "--metric", "lcp"], "default spike has no metric 'lcp'; known here: avg, "),
      (["--metric", "nosuch"], "--metric nosuch: 'nosuch' does not say which statistic"),
    ])
  func unknownSeries(options: [String], found: String) throws {
    let workplace = try Workplace()
    try fill(workplace)
    let accept =
      ["history", "accept", "--commit", "c2aa", "--reason", "x", "--by", "Ann"] + options
      + (options.first == "--service" ? ["--all"] : [])
    let refused = try workplace.run(accept)
    #expect(refused.code == 64)
    #expect(refused.errors.contains(found), "\(refused.errors)")
    #expect(try history(workplace, "verify").output.hasPrefix("INTACT  9 entries"))
    let forced = try workplace.run(accept + ["--force"])
    #expect(forced.code == 0 && forced.output.contains(": 0 series; "), "\(forced.output) \(forced.errors)")
  }

  @Test("An acceptance is for so many series, and is taken back by its id or its commit")
  func revocation() throws {
    let workplace = try Workplace()
    try fill(workplace)
    _ = try history(workplace, "accept", "--commit", "c2aa", "--reason", "codec", "--metric", "p95")
    let accepted = try history(
      workplace, "accept", "--commit", "c2aa", "--reason", "codec", "--profile", "spike")
    #expect(accepted.output.contains("by Ann: 12 series; 'slogate history revoke "), "\(accepted.output)")
    let id = String(accepted.output.split(separator: " ").last { $0.hasSuffix("'") }!.dropLast())
    #expect(try history(workplace, "list", "--commit", "c2aa").output.contains("accepted"))
    let revoked = try history(workplace, "revoke", id, "--reason", "too much")
    #expect(
      revoked.output.hasPrefix("revoked \(id): spike of default since c2aa ("), "\(revoked.output)")
    let shown = try history(workplace, "show", "c2aa").output
    #expect(shown.contains("\(id): spike on ") && shown.contains("by Ann: too much"), "\(shown)")
    #expect(
      try history(workplace, "revoke", id, "--reason", "x", code: 64).errors.contains("by Ann: too much"))
    #expect(try history(workplace, "revoke", "c2aa", "--reason", "all").output.contains(": p95 of default"))
    #expect(try history(workplace, "list", "--commit", "c2aa").output.contains("revoked"))
    #expect(
      try history(workplace, "revoke", "nosuch", "--reason", "x", code: 64).errors.contains("no acceptance"))
    #expect(try history(workplace, "verify").output.hasPrefix("INTACT  13 entries"))
  }

  @Test("Nobody decides without a name")
  func nobody() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let result = try workplace.run(
      ["history", "hold", "c1aa", "--reason", "x"],
      variables: ["GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"])
    #expect(result.code == 64)
    #expect(result.errors.contains("--by NAME"))
  }

  @Test("A pruning says what it would take, takes it with --yes, and leaves an intact history")
  func prune() throws {
    let workplace = try Workplace()
    try fill(workplace)
    _ = try history(workplace, "hold", "c1aa", "--reason", "audit")
    let planned = try history(workplace, "prune", "--keep-last", "1").output
    #expect(planned.contains("would prune") && planned.contains("2 runs held"), "\(planned)")
    #expect(
      planned.contains("2 commits of service default, profile baseline, at stage=perf can"), "\(planned)")
    let elsewhere = try history(workplace, "prune", "--keep-last", "9", "--reference", "release").output
    #expect(elsewhere.contains("would prune 48 values of 4 runs"), "\(elsewhere)")
    #expect(try runs(workplace).allSatisfy { $0["pruned"] as? Bool == false })
    #expect(try history(workplace, "prune", "--keep-last", "1", "--yes").output.contains("of 2 runs"))
    #expect(try runs(workplace, "--commit", "c2").allSatisfy { $0["pruned"] as? Bool == true })
    #expect(try history(workplace, "show", "c2aa").output.contains("were pruned"))
    #expect(
      try history(workplace, "prune", "--older-than", "1d", "--yes").output.contains("nothing to prune"))
    #expect(try history(workplace, "prune", code: 64).errors.contains("--older-than 90d"))
    #expect(try history(workplace, "verify").output.contains("(2 pruned)"))
    try workplace.write("4.json", summary(p95: "204"))
    let check = try workplace.slogate(
      "check", "--baseline", "4.json", "--commit", "c4aa", "--branch", "main", "--env", "stage=perf",
      "--verbose")
    #expect(check.output.contains("1 run left out: pruned"), "\(check.output)")
  }

  @Test("Histories are merged, exported and imported without loss")
  func exchange() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try fill(workplace, history: "other.sqlite")
    #expect(try history(workplace, "merge", "other.sqlite").output.contains("0 new runs"))
    #expect(try history(workplace, "merge", "other.sqlite").output.contains("nothing new"))
    #expect(try history(workplace, "export", "out").output.contains("6 runs"))
    #expect(try history(workplace, "import", "out", "--history", "new.sqlite").output.contains("6 new runs"))
    for path in ["history/slogate.sqlite", "new.sqlite", "other.sqlite"] {
      #expect(try history(workplace, "verify", "--history", path).output.hasPrefix("INTACT"))
    }
    _ = try history(workplace, "merge", "absent.sqlite", code: 66)
    _ = try history(workplace, "import", "absent", code: 66)
  }

  @Test("A wrong file in an export is reported with its place, and nothing is imported")
  func wrongImport() throws {
    let workplace = try Workplace()
    try fill(workplace)
    _ = try history(workplace, "export", "out")
    try workplace.write("out/runs/aa/\(String(repeating: "a", count: 64)).json", "{\"schema\": 7}")
    let result = try history(workplace, "import", "out", "--history", "new.sqlite", code: 65)
    #expect(result.errors.contains("content of the digest"))
    #expect(!FileManager.default.fileExists(atPath: workplace.path("new.sqlite")))
  }

  @Test("A run that the export lacks, and one that a history altered, exit 65 and leave the target alone")
  func altered() throws {
    let workplace = try Workplace()
    try fill(workplace)
    _ = try history(workplace, "export", "out")
    let runs = workplace.path("out/runs")
    let shelf = try #require(try FileManager.default.contentsOfDirectory(atPath: runs).first)
    try FileManager.default.removeItem(atPath: "\(runs)/\(shelf)")
    let imported = try history(workplace, "import", "out", "--history", "new.sqlite", code: 65)
    #expect(imported.errors.contains("no file of the run"), "\(imported.errors)")
    #expect(!FileManager.default.fileExists(atPath: workplace.path("new.sqlite")))
    let stored = workplace.bytes("history/slogate.sqlite")
    var bytes = try #require(stored)
    let place = try #require(bytes.firstRange(of: Data("\"stage\":\"perf\"".utf8)))
    bytes.replaceSubrange(place, with: Data("\"stage\":\"prod\"".utf8))
    try workplace.write("altered.sqlite", bytes)
    let merged = try history(workplace, "merge", "altered.sqlite", "--history", "new.sqlite", code: 65)
    #expect(merged.errors.contains("altered.sqlite: is not as it was recorded"), "\(merged.errors)")
  }

  @Test("What was edited is named and exits 74, as text and as JSON")
  func tampered() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let stored = workplace.bytes("history/slogate.sqlite")
    var bytes = try #require(stored)
    let place = try #require(bytes.firstRange(of: Data("\"stage\":\"perf\"".utf8)))
    bytes.replaceSubrange(place, with: Data("\"stage\":\"prod\"".utf8))
    try workplace.write("history/slogate.sqlite", bytes)
    let text = try history(workplace, "verify", code: 74)
    #expect(text.output.hasPrefix("NOT AS IT WAS RECORDED"), "\(text.output)")
    let json = try history(workplace, "verify", "--format", "json", code: 74).json()
    #expect(json["intact"] as? Bool == false)
    #expect((json["findings"] as? [[String: Any]])?.isEmpty == false)
  }

  @Test("Where there is no history, that is said")
  func absent() throws {
    let workplace = try Workplace()
    for arguments in [
      ["list"], ["list", "--format", "json"], ["show", "c1"], ["hold", "c1", "--reason", "x"],
      ["prune", "--keep-last", "1"], ["export", "out"],
    ] {
      let result = try workplace.run(["history"] + arguments)
      #expect(
        result.code == 66 && result.errors.contains("there is no history"), "\(arguments): \(result.errors)")
    }
    _ = try history(workplace, "verify", code: 66)
    #expect(!FileManager.default.fileExists(atPath: workplace.path("history")))
  }

  @Test("What cannot be written says how to fix it, and of --no-record only a check")
  func unwritable() throws {
    let workplace = try Workplace()
    try workplace.write("1.json", summary(p95: "201"))
    try workplace.write("file", "")
    let options = ["--baseline", "1.json", "--commit", "c1aa", "--history", "file/h.sqlite"]
    let check = try workplace.run(["check"] + options)
    let record = try workplace.run(["record"] + options)
    #expect(check.code == 74 && check.errors.contains(", or pass --no-record"), "\(check.errors)")
    #expect(record.code == 74 && !record.errors.contains("--no-record"), "\(record.errors)")
  }

  @Test("Untrusted text is escaped wherever it is shown")
  func hostile() throws {
    let workplace = try Workplace()
    let evil = "main\u{1b}[2J\n::error::\u{202e}##[x]"
    try workplace.write("1.json", summary(p95: "201"))
    let recorded = try workplace.run([
      "record", "--baseline", "1.json", "--commit", "c1aa", "--branch", evil, "--env", "stage=\(evil)",
      "--service",
      evil,
    ])
    try #require(recorded.code == 0, "\(recorded.errors)")
    _ = try history(workplace, "hold", "c1aa", "--reason", evil, "--by", evil)
    _ = try history(
      workplace, "accept", "--commit", "c1aa", "--reason", evil, "--by", evil, "--endpoint", evil, "--force")
    for arguments in [
      ["list"], ["show", "c1aa"], ["list", "--format", "json"], ["show", "c1aa", "--format", "json"],
    ] {
      let output = try workplace.run(["history"] + arguments).output
      #expect(output.contains("main"))
      #expect(!output.contains("\u{1b}") && !output.contains("\u{202e}"), "\(output)")
      #expect(!output.split(separator: "\n").contains { $0.hasPrefix("::") })
    }
    let missing = try workplace.run(["history", "show", "\u{1b}[2Jx"])
    #expect(missing.code == 64 && !missing.errors.contains("\u{1b}"))
  }
}
