import Foundation
import Testing

@Suite("slogate explain, to the developer whose build is red")
struct ExplainTests {
  private static let where_ = ["--env", "stage=perf", "--branch", "main"]

  /// Ten calm commits, and a check of an eleventh that measured this.
  private func checked(_ workplace: borrowing Workplace, p95: Double) throws {
    for (index, p95) in [200.0, 203, 198, 205, 201, 197, 202, 199, 204, 200].enumerated() {
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      let result = try workplace.run(
        ["record", "--baseline", "h.json", "--commit", "c\(index)"] + ExplainTests.where_)
      try #require(result.code == 0, "\(result.errors)")
    }
    try workplace.write("new.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "100"))
    _ = try workplace.run(["check", "--baseline", "new.json", "--commit", "new"] + ExplainTests.where_)
  }

  @Test("The newest recorded check is explained: value, limit, history, novelty, and what to do")
  func newest() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 260)
    let result = try workplace.slogate("explain")
    #expect(result.code == 0, "\(result.errors)")
    for part in [
      "BLOCKED: new (main) of service default, stage=perf", "baseline  (whole run)  p95  ✗ SLOWER +29.",
      "value   260 ms", "limit   < 400 ms: default limit", "typical 201 ms", "noise   not noise: ",
      "new with this change", "slogate trend --profile baseline --endpoint '*' --metric p95",
    ] { #expect(result.output.contains(part), "\(part)\n\(result.output)") }
  }

  @Test("A named figure, or --all, is reported with its statistics and the earlier commits")
  func details() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 260)
    for arguments in [["--metric", "p95"], ["--all"], ["--verbose"]] {
      let result = try workplace.run(["explain"] + arguments)
      for part in [
        "service default, stage=perf", "limit   < 400 ms, blocks, default limit", "against c9", "test    p",
        "slogate compare c9 new",
      ] { #expect(result.output.contains(part), "\(part)\n\(result.output)") }
    }
  }

  @Test("The commits that came since the last good run are named with author and subject, hostile ones too")
  func suspects() throws {
    let workplace = try Workplace()
    try workplace.git("init", "-q", "-b", "main")
    for (index, p95) in [200.0, 203, 198, 205, 201, 197, 202, 199, 204, 200].enumerated() {
      try workplace.commit("calm \(index)", day: index)
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      try #require(try workplace.slogate("record", "--baseline", "h.json", "--env", "stage=perf").code == 0)
    }
    try workplace.commit("search: fuzzy matching", day: 11)
    try workplace.commit("::error::\u{1b}[2J ##[group]", day: 12)
    try workplace.write("new.json", summary(p95: "280", p99: "420", med: "100"))
    _ = try workplace.slogate("check", "--baseline", "new.json", "--env", "stage=perf")
    let result = try workplace.slogate("explain")
    let lines = result.output.split(separator: "\n")
    #expect(lines.contains { $0.contains("search: fuzzy matching (") }, "\(result.output)")
    #expect(!result.output.contains("calm 9"))
    #expect(!result.output.contains("\u{1b}") && !result.output.contains("##["))
    let json = try workplace.slogate("explain", "--format", "json").json()
    let told = try #require((json["explanations"] as? [[String: Any]])?.first?["suspects"] as? [String: Any])
    #expect((told["commits"] as? [[String: Any]])?.count == 2)
  }

  @Test("Of an endpoint the figures that stand for it are listed first")
  func listed() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 201)
    let result = try workplace.slogate("explain", "--endpoint", "*")
    let rows = result.output.split(separator: "\n").map { $0.prefix { $0 != " " } }
    #expect(result.output.hasPrefix("baseline  (whole run)\n"), "\(result.output)")
    #expect(rows.dropFirst().prefix(4) == ["metric", "p95", "p99", "med"], "\(result.output)")
  }

  @Test("Commands name the history and the budgets where these are not the usual ones")
  func storage() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 260)
    try workplace.write("limits/b.yaml", "defaults: { baseline: { p95: 400ms } }")
    try FileManager.default.moveItem(
      atPath: workplace.path("history/slogate.sqlite"), toPath: workplace.path("my runs.sqlite"))
    let result = try workplace.slogate("explain", "--history", "my runs.sqlite", "--budgets", "limits")
    let line = try #require(result.output.split(separator: "\n").first { $0.contains("slogate trend") })
    #expect(line.hasSuffix("--history 'my runs.sqlite' --budgets limits"), "\(line)")
  }

  @Test("Any finding can be asked for, and what is not there is reported")
  func asked() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 201)
    let quiet = try workplace.slogate("explain")
    #expect(quiet.code == 0)
    #expect(quiet.output.contains("nothing blocks or warns"), "\(quiet.output)")
    let asked = try workplace.slogate("explain", "--metric", "p95", "--endpoint", "*")
    #expect(asked.output.contains("no: it is like its references"))
    let stranger = try workplace.slogate("explain", "--endpoint", "nowhere")
    #expect(stranger.code == 64)
    #expect(stranger.errors.contains("no such finding"))
  }

  @Test("A past check is explained as it was then, not by what came after")
  func past() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 260)
    for index in 0..<8 {
      try workplace.write("later.json", summary(p95: "\(260 + index)", p99: "400", med: "100"))
      _ = try workplace.run(
        ["record", "--baseline", "later.json", "--commit", "later\(index)"] + ExplainTests.where_)
    }
    let result = try workplace.slogate("explain", "--commit", "new", "--metric", "p95")
    #expect(result.output.contains("new with this change"), "\(result.output)")
    #expect(!result.output.contains("later"))
  }

  @Test("Results can be explained without recording them")
  func fromFiles() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 201)
    try workplace.write("pr.json", summary(p95: "280", p99: "420", med: "100"))
    let result = try workplace.run(
      ["explain", "--baseline", "pr.json", "--commit", "pr", "--format", "json"] + ExplainTests.where_)
    #expect(result.code == 0, "\(result.errors)")
    let explanations = try #require(try result.json()["explanations"] as? [[String: Any]])
    let novelty = try #require(explanations.first?["novelty"] as? [String: Any])
    #expect(novelty["answer"] as? String == "new")
    #expect(try result.json()["schema"] as? String == "slogate.explain/v1")
  }

  @Test("Of several services, branches and sizings the newest check that is meant is explained")
  func meant() throws {
    let workplace = try Workplace()
    for (service, branch, stage, p95) in [
      ("shop", "main", "perf", 510), ("shop", "pr", "perf", 520), ("shop", "pr", "tiny", 530),
      ("pay", "main", "perf", 540),
    ] {
      try workplace.write("s.json", summary(p95: "\(p95)", p99: "700", med: "250"))
      let result = try workplace.slogate(
        "check", "--baseline", "s.json", "--commit", "c\(p95)", "--service", service,
        "--new-service", "--branch", branch, "--env", "stage=\(stage)")
      try #require(result.code == 1, "\(result.errors)")
    }
    func explained(_ arguments: String...) throws -> String {
      let result = try workplace.run(["explain", "--metric", "p95"] + arguments)
      return String(try #require(result.output.firstMatch(of: /value +(\d+) ms/), "\(result.errors)").1)
    }
    #expect(try explained() == "540")
    #expect(try explained("--service", "shop") == "530")
    #expect(try explained("--service", "shop", "--env", "stage=perf") == "520")
    #expect(try explained("--service", "shop", "--branch", "main") == "510")
    #expect(try explained("--commit", "c510", "--service", "shop") == "510")
    for strange in [
      ["--service", "nosuch"], ["--branch", "x"], ["--environment", "x"], ["--env", "stage=x"],
    ] {
      let result = try workplace.run(["explain"] + strange)
      #expect(result.code == 64 && result.errors.contains("has no check with"), "\(result.errors)")
    }
    #expect(try workplace.slogate("explain", "--set", "a=b").code == 64)
  }

  @Test("A profile is named as in other commands, and one that is not there is reported with those that are")
  func profiles() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 260)
    for option in ["--profile", "--only"] {
      let known = try workplace.slogate("explain", option, "baseline", "--metric", "p95")
      #expect(known.code == 0 && known.output.contains("value   260 ms"), "\(known.errors)")
      let strange = try workplace.slogate("explain", option, "nosuch")
      #expect(strange.code == 64 && strange.errors.contains("its profiles are baseline"), "\(strange.errors)")
    }
    #expect(try workplace.slogate("check", "--profile", "soak").errors.contains("NAME=FILE"))
    #expect(try workplace.slogate("explain", "--profile", "soak=").code == 64)
  }

  @Test("JSON says how many findings there are beyond the limit, and its commands by themselves")
  func total() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 260)
    let json = try workplace.slogate("explain", "--format", "json", "--endpoint", "*", "--limit", "1").json()
    let told = try #require(json["explanations"] as? [[String: Any]])
    #expect(told.count == 1 && json["total"] as? Int ?? 0 > 1)
    let commands = try #require(told[0]["commands"] as? [String])
    #expect(commands.contains("slogate compare c9 new"))
  }

  @Test("What cannot be is reported as an error, not with the usage of slogate as a whole")
  func usage() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 201)
    let result = try workplace.slogate("explain", "--endpoint", "nowhere")
    #expect(result.code == 64)
    #expect(
      result.errors.contains("slogate: error: ") && !result.errors.contains("Usage:"), "\(result.errors)")
  }

  @Test("A recorded check is explained by what it was held to: --strict and --require-history too")
  func options() throws {
    let workplace = try Workplace()
    try workplace.write("s.json", summary(p95: "395", p99: "500", med: "100"))
    let young = try workplace.slogate(
      "check", "--baseline", "s.json", "--commit", "c1", "--env", "stage=a", "--branch", "main",
      "--require-history")
    #expect(young.code == 3)
    let open = try workplace.slogate("explain")
    #expect(open.output.hasPrefix("INCONCLUSIVE: c1"), "\(open.output)")
    #expect(open.output.contains("nothing could be compared with the history"))
    #expect(open.errors.isEmpty, "\(open.errors)")
    try workplace.write("budgets/b.yaml", "defaults: { baseline: { p95: { warn: 300ms } } }")
    let changed = try workplace.slogate("explain")
    #expect(!changed.errors.contains("exit code"), "\(changed.errors)")
    let warned = try workplace.slogate(
      "check", "--baseline", "s.json", "--commit", "c2", "--env", "stage=a", "--branch", "main", "--strict")
    #expect(warned.code == 4, "\(warned.output)")
    #expect(try workplace.slogate("explain").errors.isEmpty)
    try workplace.write("budgets/b.yaml", "defaults: { baseline: { p95: 300ms } }")
    let other = try workplace.slogate("explain")
    #expect(other.errors.contains("ended with exit code 4; by the budgets and the history of now it is 1"))
  }

  @Test("A percentile is between 0 and 100")
  func percentiles() throws {
    let workplace = try Workplace()
    try checked(workplace, p95: 201)
    for name in ["p200", "http_req_duration.p200"] {
      let result = try workplace.slogate("explain", "--metric", name)
      #expect(result.code == 64 && result.errors.contains("percentiles are p0 to p100"), "\(result.errors)")
    }
  }

  @Test("Without a history it says what to give")
  func nothing() throws {
    let result = try Workplace().slogate("explain")
    #expect(result.code == 66)
    #expect(result.errors.contains("there is no history"))
  }
}

@Suite("slogate selftest, on the team's own history")
struct SelfTestCommandTests {
  private func filled(_ workplace: borrowing Workplace, commits: Int) throws {
    for index in 0..<commits {
      let p95 = 200 + Double(index * 7 % 10)
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      let result = try workplace.slogate(
        "record", "--baseline", "h.json", "--commit", "c\(index)", "--env", "stage=perf", "--branch", "main")
      try #require(result.code == 0, "\(result.errors)")
    }
  }

  @Test("It proves that the gate blocks, and from which slowdown on")
  func blocks() throws {
    let workplace = try Workplace()
    try filled(workplace, commits: 15)
    let text = try workplace.slogate("selftest")
    #expect(text.code == 0, "\(text.errors)")
    #expect(text.output.contains("THE GATE BLOCKS"))
    #expect(text.output.contains("never broken"))
    #expect(text.output.contains("service default at stage=perf, 15 commits of main"))
    #expect(text.output.contains("4 more had no history"))
    let json = try workplace.slogate("selftest", "--format", "json", "--require", "30%")
    #expect(json.code == 0)
    #expect(try json.json()["can_block"] as? Bool == true)
    let catches = try #require(try json.json()["catches"] as? [[String: Any]])
    #expect((catches.first?["slowdown"] as? Double ?? 9) <= 0.3)
    let alarms = try #require(try json.json()["false_alarms"] as? [String: Any])
    #expect(alarms["checks"] as? Int == 11)
    #expect((try json.json()["without_history"] as? [String])?.count == 4)
    #expect(try json.json()["service"] as? String == "default")
    #expect(alarms["blocked"] as? Int == 0)
  }

  @Test("What check would not compare is no proof: a level that was accepted and not measured yet")
  func accepted() throws {
    let workplace = try Workplace()
    try workplace.git("init", "-q")
    try workplace.write("budgets/shop.yaml", "defaults: { baseline: { p95: 10s } }")
    for index in 0..<12 {
      let p95 = 200 + Double(index * 7 % 10)
      try workplace.commit("\(index)", day: index)
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      _ = try workplace.slogate("record", "--baseline", "h.json", "--env", "stage=perf")
    }
    #expect(try workplace.slogate("selftest", "--require", "30%").code == 0)
    try workplace.commit("a new cipher", day: 12)
    let accepted = try workplace.slogate(
      "history", "accept", "--commit", "HEAD", "--reason", "new cipher", "--by", "sre", "--all",
      "--force")
    #expect(accepted.code == 0, "\(accepted.errors)")
    let test = try workplace.slogate("selftest", "--require", "30%")
    #expect(test.code == 3, "\(test.output)")
    #expect(test.output.contains("THE GATE CANNOT BLOCK"))
  }

  @Test("What creeps beyond its anchor is blocked as it is, and no proof")
  func creeping() throws {
    let workplace = try Workplace()
    for index in 0..<30 {
      let p95 = 200 * (1 + 0.006 * Double(index))
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      _ = try workplace.slogate(
        "record", "--baseline", "h.json", "--commit", "41d0e77a1\(10 + index)", "--env", "stage=perf",
        "--branch", "main")
    }
    try workplace.write("budgets/shop.yaml", "regression: { creep: { anchor: 41d0e77a116, max: 8% } }")
    let catches = try #require(
      try workplace.slogate("selftest", "--format", "json").json()["catches"] as? [[String: Any]])
    #expect(catches.first?["blocked_already"] as? Bool == true)
  }

  @Test("A slowdown that must be caught and is not exits 3")
  func blind() throws {
    let workplace = try Workplace()
    try filled(workplace, commits: 2)
    let result = try workplace.slogate("selftest", "--require", "20%")
    #expect(result.code == 3, "\(result.output)")
    #expect(result.output.contains("BLIND SPOTS"))
  }

  @Test("Wrong options and missing histories are reported")
  func wrong() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("selftest").code == 66)
    #expect(try workplace.slogate("selftest", "--require", "much").code == 64)
    for strange in [["--commit", "c1"], ["--branch", "main"], ["--set", "a=b"]] {
      #expect(try workplace.run(["selftest"] + strange).errors.contains("unknown option"))
    }
    try filled(workplace, commits: 1)
    let result = try workplace.slogate("selftest", "--reference", "nowhere")
    #expect(result.code == 64)
    #expect(result.errors.contains("no run on the branch 'nowhere'"))
  }
}
