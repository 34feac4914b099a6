import Foundation
import Testing

@Suite("A command line that is wrong: what was typed is named, and what is probably meant")
struct UsageTests {
  @Test(
    "An unknown option before anything else",
    arguments: [
      (["check", "--basline", "x.json"], "--basline", "--baseline"),
      (
        ["check", "--baseline", "x.json", "--bugdets", "b.yaml", "--env", "nonsense"], "--bugdets",
        "--budgets"
      ),
      (["record", "--comit=abc"], "--comit", "--commit"),
      (["check", "-baseline", "x.json"], "-baseline", "--baseline"),
      (["history", "accept", "--comit", "x"], "--comit", "--commit"),
      (["history", "list", "--limt", "3"], "--limt", "--limit"),
      (["budgets", "diff", "--fail-om", "any"], "--fail-om", "--fail-on"),
      (["--verison"], "--verison", "--version"),
    ])
  func option(arguments: [String], typed: String, meant: String) throws {
    let workplace = try Workplace()
    let result = try workplace.run(arguments)
    #expect(result.code == 64)
    #expect(result.errors.contains("unknown option '\(typed)'; did you mean '\(meant)'?"), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test(
    "An unknown command at every level",
    arguments: [
      (["chekc", "--baseline", "x.json"], "check"), (["histroy", "list"], "history"),
      (["help", "chek"], "check"),
      (["history", "lst"], "list"), (["budgets", "lnit", "x"], "lint"),
      (["help", "history", "verfy"], "verify"),
      (["history", "frobnicate"], "known here: list"),
    ])
  func command(arguments: [String], meant: String) throws {
    let workplace = try Workplace()
    let result = try workplace.run(arguments)
    #expect(result.code == 64)
    #expect(result.errors.contains(meant), "\(result.errors)")
  }

  @Test(
    "A result without its profile asks for it",
    arguments: [
      (["check", "results.json"], "--baseline results.json"),
      (["check", "out/spike-1.json"], "--spike out/spike-1.json"),
      (["record", "lhr-1.json"], "--lighthouse lhr-1.json"),
      (["check", "--strict", "a.json"], "--baseline a.json"),
    ])
  func strayFile(arguments: [String], meant: String) throws {
    let workplace = try Workplace()
    let result = try workplace.run(arguments)
    #expect(result.code == 64)
    #expect(result.errors.contains("as in \(meant)"), "\(result.errors)")
  }

  @Test("A result in place of a command is an error that names the command that judges it")
  func fileAsCommand() throws {
    let workplace = try Workplace()
    try workplace.write("results.json", summary())
    let result = try workplace.slogate("results.json")
    #expect(result.code == 64)
    #expect(result.errors.contains("slogate check --baseline results.json"), "\(result.errors)")
  }

  @Test("The version in every usual way", arguments: ["version", "--version", "-v", "-V"])
  func version(word: String) throws {
    let workplace = try Workplace()
    let result = try workplace.slogate(word)
    #expect(result.code == 0)
    #expect(result.output.wholeMatch(of: /[0-9]+\.[0-9]+\.[0-9]+\n/) != nil)
  }

  @Test(
    "Help that is asked for is no error",
    arguments: [["--help"], ["help", "check"], ["history", "list", "--help"]])
  func help(arguments: [String]) throws {
    let workplace = try Workplace()
    let result = try workplace.run(arguments)
    #expect(result.code == 0 && result.output.contains("USAGE"))
    #expect(try workplace.run(arguments, to: "/dev/full").code == 74)
  }

  @Test(
    "Control characters of an argument are shown, and no line of it is a command to a build server",
    arguments: [
      ["check", "--baseline", "b.json", "--env", "ODD"], ["check", "--baseline", "b.json", "--set", "ODD"],
      ["check", "--baseline", "b.json", "--discard", "ODD"],
      ["check", "--baseline", "b.json", "--warmup", "ODD"],
      ["check", "--baseline", "b.json", "--format", "ODD"],
      ["check", "--baseline", "b.json", "--profile", "ODD"],
      ["check", "--baseline", "b.json", "--report", "ODD"], ["check", "--ODD"], ["check", "ODD"], ["ODD"],
      ["history", "ODD"], ["history", "show", "ODD"], ["trend", "--since", "ODD"],
      ["history", "prune", "--older-than", "ODD"],
      ["budgets", "export", "--to", "ODD"], ["selftest", "--require", "ODD"], ["help", "ODD"],
      ["check", "--baseline", "b.json", "--env", "a=1", "a=ODD"],
      ["check", "--baseline", "b.json", "--history", "ODD/"],
    ])
  func controlCharacters(arguments: [String]) throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    let odd = "x\u{1b}[31m\u{7}y\n::error::z\u{7f}\r"
    let result = try workplace.run(arguments.map { $0.replacingOccurrences(of: "ODD", with: odd) })
    #expect(result.code != 0)
    let text = result.output + result.errors
    #expect(
      !text.unicodeScalars.contains { $0.properties.generalCategory == .control && $0 != "\n" }, "\(text)")
    #expect(!text.split(separator: "\n").contains { $0.trimmingCharacters(in: .whitespaces).hasPrefix("::") })
  }

  // MARK: Services and commits

  @Test("A service that nothing knows is refused where others are known, and never recorded")
  func service() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write(
      "budgets/b.yaml", "version: 1\nservice: orders\ndefaults: { baseline: { p95: 400ms } }\n")
    let arguments = [
      "check", "--baseline", "a.json", "--env", "stage=ci", "--commit", "a1", "--branch", "main",
    ]
    let refused = try workplace.run(arguments + ["--service", "odrers"])
    #expect(refused.code == 64)
    #expect(refused.errors.contains("did you mean 'orders'?"), "\(refused.errors)")
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
    #expect(try workplace.run(["record"] + arguments.dropFirst() + ["--service", "odrers"]).code == 64)
    #expect(try workplace.run(arguments + ["--service", "odrers", "--new-service"]).code == 0)
    #expect(try workplace.run(arguments + ["--service", "odrers"]).code == 0)
    #expect(try workplace.run(arguments + ["--service", "orders"]).code == 0)
    #expect(try workplace.run(arguments + ["--service", ""]).code == 0)
  }

  @Test("Where nothing is known yet every service is taken")
  func firstService() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    #expect(try workplace.slogate("record", "--baseline", "a.json", "--service", "orders").code == 0)
    #expect(try workplace.slogate("record", "--baseline", "a.json", "--service", "shop").code == 64)
  }

  @Test("A revision that git does not know is no commit; a whole SHA is one wherever it lies")
  func commit() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.git("init", "-q")
    try workplace.commit("one", day: 0)
    try workplace.git("tag", "v1.2.0")
    func code(_ commit: String, _ variables: [String: String] = [:]) throws -> Int32 {
      try workplace.slogate(
        "record", "--baseline", "a.json", "--env", "stage=ci", "--commit", commit, variables: variables
      ).code
    }
    let refused = try workplace.slogate("check", "--baseline", "a.json", "--commit", "v1.2.1")
    #expect(refused.code == 64 && refused.errors.contains("did you mean 'v1.2.0'?"), "\(refused.errors)")
    #expect(try code("no-such-tag") == 64)
    #expect(try code("beef") == 64)
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
    #expect(try code("v1.2.0") == 0)
    #expect(try code("HEAD") == 0)
    #expect(try code(String(repeating: "a", count: 40)) == 0)
    #expect(try code(String(repeating: "b", count: 40), ["PATH": "/nowhere"]) == 0)
    #expect(try code("v1.2.0", ["PATH": "/nowhere"]) == 64)
  }

  // MARK: The history

  @Test("A history that is no file is refused by every command", arguments: ["", "  ", ":memory:"])
  func history(name: String) throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let commands = [
      ["check", "--baseline", "a.json"], ["record", "--baseline", "a.json"], ["trend"], ["changes"],
      ["report"],
      ["explain"], ["selftest"], ["compare", "a", "b"], ["history", "list"], ["history", "verify"],
      ["history", "merge", "x"], ["history", "export", "x"], ["budgets", "lint"], ["budgets", "suggest"],
    ]
    for command in commands {
      let result = try workplace.run(command + ["--history", name])
      #expect(result.code == 64, "\(command): \(result.errors)")
      #expect(result.errors.contains("--history"), "\(result.errors)")
    }
  }

  @Test("Without a history every command that reads it exits 66")
  func noHistory() throws {
    let workplace = try Workplace()
    for command in [["report"], ["explain"], ["trend"], ["changes"], ["selftest"], ["history", "list"]] {
      #expect(try workplace.run(command + ["--history", "none.sqlite"]).code == 66, "\(command)")
    }
  }

  // MARK: Secrets

  @Test(
    "A secret among settings and facts is refused, kept nowhere and shown nowhere",
    arguments: [
      ("--set", "API_TOKEN=s3cr3t-8311"), ("--env", "db_password=s3cr3t-8311"),
      ("--set", "dsn=postgres://app:s3cr3t-8311@db/shop"), ("--set", "note=Bearer s3cr3t-8311"),
      ("--set", "eyJhbGciOiJIUzI1NiJ9.s3cr3t-8311"), ("--set", "x=ghp_s3cr3t8311"),
    ])
  func secrets(option: String, entry: String) throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    for command in ["check", "record"] {
      let result = try workplace.slogate(command, "--baseline", "a.json", option, entry)
      #expect(result.code == 64)
      #expect(!(result.output + result.errors).contains("8311"), "\(result.errors)")
    }
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
  }
}
