import Foundation
import Testing

@Suite("What a command has to say reaches somebody, or the exit code tells")
struct OutputTests {
  private static let context = ["--env", "stage=ci", "--branch", "main"]

  private func fill(_ workplace: borrowing Workplace) throws {
    for index in 0..<4 {
      try workplace.write("\(index).json", summary(p95: "\(100 + index)"))
      let result = try workplace.run(
        ["record", "--baseline", "\(index).json", "--commit", "c\(index)aa"] + OutputTests.context)
      try #require(result.code == 0, "\(result.errors)")
    }
    try workplace.write("4.json", summary(p95: "101"))
    try workplace.write("b.yaml", "version: 1\ndefaults: { baseline: { p95: 400ms } }\n")
    try workplace.write("c.yaml", "version: 1\ndefaults: { baseline: { p95: 500ms } }\n")
    let check = ["check", "--baseline", "4.json", "--commit", "c4aa", "--quiet", "--budgets", "b.yaml"]
    _ = try workplace.run(check + OutputTests.context)
    _ = try workplace.run(
      ["record", "--baseline", "4.json", "--commit", "other", "--history", "o.sqlite"] + OutputTests.context)
  }

  static let commands: [[String]] = [
    ["check", "--baseline", "4.json", "--budgets", "b.yaml", "--format", "json"] + context,
    ["record", "--baseline", "4.json"] + context, ["history", "list"],
    ["history", "list", "--format", "json"],
    ["history", "show", "c1aa"], ["history", "show", "c1aa", "--format", "json"], ["history", "verify"],
    ["history", "accept", "--commit", "c1aa", "--endpoint", "*", "--reason", "x", "--by", "x"],
    ["history", "hold", "c1aa", "--reason", "x", "--by", "x"], ["history", "prune", "--keep-last", "1"],
    ["history", "export", "made"], ["history", "merge", "o.sqlite"],
    ["explain", "--endpoint", "*"], ["explain", "--endpoint", "*", "--format", "json"],
    ["selftest", "--reference", "main"], ["report", "--format", "text"], ["trend"],
    ["compare", "c1aa", "c2aa"],
    ["changes"], ["capacity", "--per-day", "1e6"],
    ["budgets", "lint", "b.yaml"], ["budgets", "diff", "b.yaml", "c.yaml"],
    ["budgets", "explain", "*", "--budgets", "b.yaml"], ["budgets", "export", "b.yaml", "--to", "k6"],
    ["budgets", "schema"], ["budgets", "suggest"], ["budgets", "backtest", "b.yaml"], ["init", "made"],
  ]

  @Test(
    "Colours are where somebody asks for them, and whoever refuses them is asked first",
    arguments: [
      ([], [:], false), ([], ["FORCE_COLOR": "1"], true), ([], ["CLICOLOR_FORCE": "1"], true),
      ([], ["FORCE_COLOR": "0"], false), ([], ["FORCE_COLOR": "1", "NO_COLOR": "1"], false),
      (["--color", "always"], ["NO_COLOR": "1"], true), (["--color", "never"], ["FORCE_COLOR": "1"], false),
      (["--no-color"], ["CLICOLOR_FORCE": "1"], false),
    ] as [([String], [String: String], Bool)])
  func colours(options: [String], variables: [String: String], isColoured: Bool) throws {
    let workplace = try Workplace()
    try workplace.write("b.json", summary())
    let result = try workplace.run(
      ["check", "--baseline", "b.json", "--no-record"] + options, variables: variables)
    #expect(result.output.contains("\u{1b}[") == isColoured)
  }

  @Test("Two answers to one question of colour are a usage error")
  func contradictingColours() throws {
    let result = try Workplace().slogate("check", "--baseline", "b.json", "--no-color", "--color", "always")
    #expect(result.code == 64 && result.errors.contains("contradict"))
  }

  @Test("A command that cannot print ends with 74", arguments: commands)
  func full(arguments: [String]) throws {
    let workplace = try Workplace()
    try fill(workplace)
    let shown = try workplace.run(arguments)
    #expect(!shown.output.isEmpty && shown.code <= 4, "\(shown.code) \(shown.errors)")
    try? FileManager.default.removeItem(at: workplace.folder.appending(path: "made"))
    let full = try workplace.run(arguments, to: "/dev/full")
    #expect(full.code == 74)
    #expect(full.errors.contains("standard output"), "\(full.errors)")
  }

  @Test("What prints nothing has nothing to lose")
  func quiet() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    #expect(try workplace.run(["record", "--baseline", "a.json", "--quiet"], to: "/dev/full").code == 0)
  }

  // MARK: Reports

  @Test("The folders of a report are made")
  func folders() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let result = try workplace.slogate("check", "--baseline", "a.json", "--report", "json=new/dir/v.json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(workplace.bytes("new/dir/v.json")?.isEmpty == false)
  }

  @Test("A report without a place ends with 74 before anything is read or recorded")
  func noPlace() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("file", "in the way")
    for (place, input) in [("file/v.json", "a.json"), ("file/v.json", "missing.json"), (".", "a.json")] {
      let result = try workplace.slogate("check", "--baseline", input, "--report", "json=\(place)")
      #expect(result.code == 74, "\(result.errors)")
      #expect(workplace.bytes("history/slogate.sqlite") == nil)
    }
    #expect(workplace.bytes("file") == Data("in the way".utf8))
  }

  @Test(
    "A report does not take the place of the history, a result, a budget file or another report",
    arguments: [
      ["json=history/slogate.sqlite"], ["json=./history/../history/slogate.sqlite"], ["html=a.json"],
      ["html=linked.json"], ["json=b.yaml"], ["json=v.json", "html=./v.json"],
      ["json=history/slogate.sqlite-wal"],
    ])
  func taken(reports: [String]) throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    try workplace.write("b.yaml", "version: 1\ndefaults: { baseline: { p95: 400ms } }\n")
    let options = ["--baseline", "a.json", "--budgets", "b.yaml", "--env", "stage=ci", "--commit", "a1"]
    try #require(try workplace.run(["check"] + options).code == 0)
    try FileManager.default.createSymbolicLink(
      at: workplace.folder.appending(path: "linked.json"),
      withDestinationURL: workplace.folder.appending(path: "a.json"))
    let before = ["a.json", "b.yaml", "history/slogate.sqlite"].map { workplace.bytes($0) }
    let result = try workplace.run(["check"] + options + ["--report"] + reports)
    #expect(result.code == 64, "\(result.errors)")
    #expect(["a.json", "b.yaml", "history/slogate.sqlite"].map { workplace.bytes($0) } == before)
    #expect(workplace.bytes("v.json") == nil)
  }

  @Test("A file that may not grow is reported as a full disk is")
  func fileSizeLimit() throws {
    let workplace = try Workplace()
    try workplace.write("a.json", summary())
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c", "ulimit -f 1; exec \"$0\" check --baseline a.json --no-record --quiet --report html=v.html",
      Workplace.executable.path,
    ]
    process.currentDirectoryURL = workplace.folder
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 74)
    #expect(workplace.bytes("v.html") == nil)
  }

  @Test(
    "A terminal of any width is drawn in",
    arguments: ["9223372036854775807", "0", "-1", "1", "x", "99999999999999999999"])
  func columns(width: String) throws {
    let workplace = try Workplace()
    try fill(workplace)
    for format in ["chart", "table", "svg"] {
      let result = try workplace.run(["trend", "--format", format], variables: ["COLUMNS": width])
      #expect(result.code == 0 && result.output.count < 1_000_000)
    }
  }

  // MARK: The same bytes

  @Test("The same input gives the same bytes in every format")
  func sameBytes() throws {
    let workplace = try Workplace()
    for index in 0..<24 {
      let slow = index >= 12 ? "140" : "100"
      for profile in ["a", "b", "c"] { try workplace.write("\(profile).json", summary(p95: slow, med: slow)) }
      let profiles = ["a", "b", "c"].flatMap { ["--profile", "\($0)x=\($0).json"] }
      _ = try workplace.run(["record", "--commit", "c\(index)aa"] + profiles + OutputTests.context)
    }
    let profiles = ["a", "b", "c"].flatMap { ["--profile", "\($0)x=\($0).json"] }
    for format in [
      "text", "json", "markdown", "junit", "sarif", "github", "gitlab", "gitlab-metrics", "badge",
    ] {
      let results = try (0..<8).map { _ in
        try workplace.run(
          ["check", "--no-record", "--commit", "newaa", "--format", format] + profiles + OutputTests.context)
      }
      #expect(Set(results.map(\.output)).count == 1, "\(format)")
      #expect(results[0].output.count > 2)
    }
    for command in [
      ["trend"], ["trend", "--format", "csv"], ["changes"], ["explain"], ["history", "show", "c3aa"],
    ] {
      let results = try (0..<8).map { _ in try workplace.run(command) }
      #expect(Set(results.map(\.output)).count == 1, "\(command)")
    }
  }
}
