import Foundation
import Testing

@Suite("Commits, runs and files side by side")
struct CompareTests {
  private static let levels = [200.0, 203, 198, 205, 201, 197, 202, 199]

  /// A SHA that is read easily: `a0`, `a1` … and zeros.
  private static func sha(_ name: String) -> String {
    name.padding(toLength: 40, withPad: "0", startingAt: 0)
  }

  private func record(
    _ p95: Double, commit: String, branch: String = "main", env: String = "stage=perf", set: String? = nil,
    in workplace: borrowing Workplace
  ) throws {
    try workplace.write(
      "r.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", failed: Int(p95) % 7, med: "\(p95 / 2)"))
    let result = try workplace.run(
      ["record", "--baseline", "r.json", "--commit", commit, "--branch", branch, "--env", env]
        + (set.map { ["--set", $0] } ?? []))
    try #require(result.code == 0, "\(result.errors)")
  }

  /// Eight calm commits on main, a slow one and one like the others on a branch, each recorded as two runs.
  private func fill(_ workplace: borrowing Workplace) throws {
    for (index, p95) in CompareTests.levels.enumerated() {
      try record(p95, commit: CompareTests.sha("a\(index)abcd"), in: workplace)
    }
    for repetition in [0.0, 1] {
      try record(
        280 + repetition, commit: CompareTests.sha("51000000"), branch: "slow", set: "pool=40", in: workplace)
      try record(
        201 + repetition, commit: CompareTests.sha("ca1300"), branch: "calm", set: "pool=20", in: workplace)
    }
  }

  private func series(_ result: Workplace.Result, _ statistic: String) throws -> [String: Any] {
    let cohort = try #require((try result.json()["cohorts"] as? [[String: Any]])?.first)
    return try #require(
      (cohort["series"] as? [[String: Any]])?.first {
        $0["metric"] as? String == "http_req_duration" && $0["statistic"] as? String == statistic
      })
  }

  @Test("A slower commit is significantly worse; it is no failure, unless it is asked to be")
  func slower() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let result = try workplace.slogate("compare", "ca1300", "51000000", "--format", "json")
    #expect(result.code == 0, "\(result.errors)")
    #expect(try result.json()["schema"] as? String == "slogate.compare/v1")
    let p95 = try series(result, "p95")
    #expect(p95["outcome"] as? String == "worse" && p95["regression"] as? Bool == true)
    #expect((p95["a"] as? [String: Any])?["repetitions"] as? [Double] == [201, 202])
    let interval = try #require((p95["interval"] as? [String: Any])?["relative"] as? [Double])
    #expect(interval[0] > 0.2 && interval[0] < 0.392 && interval[1] > 0.392 && interval[1] < 0.7)
    let failing = try workplace.slogate("compare", "ca1300", "51000000", "--fail-on", "regression", "--quiet")
    #expect(failing.code == 2 && failing.output.isEmpty)
    #expect(try workplace.slogate("compare", "51000000", "ca1300", "--fail-on", "regression").code == 0)
  }

  @Test("The text says what moved, what was set, and what says the noise")
  func text() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let output = try workplace.slogate("compare", "ca1300", "51000000").output
    for part in [
      "worse", "pool: 20 → 40", "of 8 other comparable commits", "(whole run)", "+39.2 %", "stage=perf",
      "without a significant change",
    ] { #expect(output.contains(part), "\(part) is not in:\n\(output)") }
    #expect(!output.contains("\u{1b}"))
    #expect(try workplace.slogate("compare", "ca1300", "51000000", "--all").output.contains("throughput"))
  }

  @Test("Another sizing is refused field by field; across environments it is compared and marked")
  func sizing() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try record(200, commit: CompareTests.sha("b16000"), env: "stage=big", in: workplace)
    let refused = try workplace.slogate("compare", "ca1300", "b16000")
    #expect(refused.code == 3 && refused.output.contains("stage: perf → big"))
    let across = try workplace.slogate("compare", "ca1300", "b16000", "--across-environments")
    #expect(across.code == 0 && across.output.contains("ACROSS ENVIRONMENTS"))
    #expect(across.output.contains("[across environments]"))
    let json = try workplace.slogate(
      "compare", "ca1300", "b16000", "--across-environments", "--format", "json"
    ).json()
    #expect(json["across_environments"] as? Bool == true)
  }

  @Test("Files are compared with files, and with commits at the sizing stated for them")
  func files() throws {
    let workplace = try Workplace()
    try workplace.write("one.json", summary(p95: "200"))
    try workplace.write("two.json", summary(p95: "300"))
    let plain = try workplace.slogate("compare", "one.json", "two.json")
    #expect(plain.code == 0 && plain.output.contains("none judged, too little history"))
    #expect(plain.output.contains("+50 %") && plain.output.contains("4 missing"))
    #expect(try workplace.slogate("compare", "one.json", "two.json", "--fail-on", "regression").code == 3)
    try fill(workplace)
    #expect(try workplace.slogate("compare", "ca1300", "two.json").code == 3)
    let stated = try workplace.slogate(
      "compare", "ca1300", "two.json", "--env", "stage=perf", "--format", "json")
    #expect(stated.code == 0)
    #expect(try series(stated, "p95")["outcome"] as? String == "worse")
  }

  @Test("Several files of a side are repetitions; their spread is shown for what it is")
  func repetitions() throws {
    let workplace = try Workplace()
    for index in 1...3 {
      try workplace.write("a/\(index).json", summary(p95: "\(200 + index)", p99: "\(300 + index)"))
      try workplace.write("b/\(index).json", summary(p95: "\(250 + index)", p99: "\(350 + index)"))
    }
    let output = try workplace.slogate("compare", "a", "b/*.json").output
    #expect(output.contains("201 ms to 203 ms → 251 ms to 253 ms"), "\(output)")
    #expect(output.contains("within one session: smallest and largest repetition"))
  }

  @Test("Lighthouse reports tell their own profile")
  func lighthouse() throws {
    let workplace = try Workplace()
    let report = """
      {"lighthouseVersion":"12.0.0","requestedUrl":"https://shop.example/","fetchTime":"2026-01-01T00:00:00Z",
       "configSettings":{"formFactor":"mobile","throttlingMethod":"simulate"},"environment":{"benchmarkIndex":INDEX},
       "categories":{"performance":{"id":"performance","score":SCORE}},
       "audits":{"largest-contentful-paint":{"id":"largest-contentful-paint","numericValue":2000,"numericUnit":"millisecond","score":1}}}
      """
    for (name, index, score) in [("a.json", "1200", "0.9"), ("b.json", "900", "0.8")] {
      try workplace.write(
        name,
        report.replacingOccurrences(of: "INDEX", with: index).replacingOccurrences(of: "SCORE", with: score))
    }
    let result = try workplace.slogate("compare", "a.json", "b.json")
    #expect(result.code == 0, "\(result.errors)")
    for part in ["lighthouse-mobile", "benchmarkIndex: 1200 → 900", "-0.10"] {
      #expect(result.output.contains(part), "\(result.output)")
    }
  }

  @Test("A run goes by the beginning of its id")
  func runs() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let json = try workplace.slogate("compare", "ca1300", "51000000", "--format", "json").json()
    let ids = try ["a", "b"].map { side in
      let runs = (json[side] as? [String: Any])?["runs"] as? [[String: Any]]
      return try #require(runs?.first?["id"] as? String)
    }
    let result = try workplace.slogate(
      "compare", String(ids[0].prefix(12)), String(ids[1].prefix(12)), "--format", "json")
    let side = try #require(try result.json()["a"] as? [String: Any])
    #expect(side["kind"] as? String == "run" && (side["runs"] as? [Any])?.count == 1)
  }

  @Test("Without git a branch is its newest recorded commit")
  func branch() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let json = try workplace.slogate("compare", "main", "slow", "--format", "json").json()
    #expect(
      commit(json, "a") == CompareTests.sha("a7abcd") && commit(json, "b") == CompareTests.sha("51000000"))
  }

  @Test("Git's names are understood: tags, branches, HEAD~1; a tip that was never measured is said")
  func git() throws {
    let workplace = try Workplace()
    func git(_ arguments: String...) throws -> String {
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(filePath: "/usr/bin/env")
      process.arguments =
        ["git", "-C", workplace.folder.path, "-c", "user.name=t", "-c", "user.email=t@example.org"]
        + arguments
      process.standardOutput = output
      process.standardError = Pipe()
      try process.run()
      process.waitUntilExit()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
    _ = try git("init", "-q", "-b", "main")
    var shas: [String] = []
    for index in 0..<2 {
      _ = try git("commit", "-q", "--allow-empty", "-m", "\(index)")
      shas.append(try git("rev-parse", "HEAD"))
      try record(200 + Double(index), commit: shas[index], in: workplace)
    }
    _ = try git("tag", "v1.0", shas[0])
    let json = try workplace.slogate("compare", "v1.0", "HEAD", "--format", "json").json()
    #expect(commit(json, "a") == shas[0] && commit(json, "b") == shas[1])
    #expect(
      commit(try workplace.slogate("compare", "HEAD~1", "main", "--format", "json").json(), "a") == shas[0])
    _ = try git("commit", "-q", "--allow-empty", "-m", "unmeasured")
    let result = try workplace.slogate("compare", "v1.0", "main", "--format", "json")
    #expect(commit(try result.json(), "b") == shas[1])
    #expect(result.errors.contains("the tip of main was never measured"))
  }

  private func commit(_ json: [String: Any], _ side: String) -> String? {
    ((json[side] as? [String: Any])?["commit"] as? [String: Any])?["sha"] as? String
  }

  @Test("A name of nothing, of several things, or of a file and a commit is a usage error that says so")
  func names() throws {
    let workplace = try Workplace()
    let alone = try workplace.slogate("compare", "x", "y")
    #expect(alone.code == 66 && alone.errors.contains("there is no history"))
    try fill(workplace)
    try record(200, commit: CompareTests.sha("a0abcdef"), in: workplace)
    let unknown = try workplace.slogate("compare", "nothing", "slow")
    #expect(unknown.code == 64 && unknown.errors.contains("'nothing' is no file"))
    let several = try workplace.slogate("compare", "a0abcd", "slow")
    #expect(several.code == 64 && several.errors.contains("'a0abcd' could be commit a0abcd"))
    let pruned = try workplace.slogate(
      "history", "prune", "--keep-last", "1", "--keep-commit", "a0abcdef", "--yes")
    #expect(pruned.code == 0, "\(pruned.errors)")
    let gone = try workplace.slogate("compare", "a1ab", "main")
    #expect(gone.code == 64 && gone.errors.contains("the values of 'a1ab' were pruned"), "\(gone.errors)")
    try workplace.write("slow", summary())
    let both = try workplace.slogate("compare", "main", "slow")
    #expect(both.code == 64 && both.errors.contains("write ./slow for the file"))
    #expect(try workplace.slogate("compare", "main", "./slow", "--env", "stage=perf").code == 0)
    #expect(try workplace.slogate("compare", "main", "slow", "--env", "x").code == 64)
    let hostile = try workplace.slogate("compare", "main", "\u{1b}31m::error::x")
    #expect(hostile.code == 64 && !hostile.errors.contains("\u{1b}"))
    let pattern = try workplace.slogate("compare", "main", "\u{1b}[31m*")
    #expect(pattern.code == 66 && !pattern.errors.contains("\u{1b}"))
  }

  @Test("A damaged file is malformed input, and nothing is compared")
  func damaged() throws {
    let workplace = try Workplace()
    try workplace.write("one.json", summary())
    try workplace.write("two.json", "{\"metrics\": {")
    let result = try workplace.slogate("compare", "one.json", "two.json")
    #expect(result.code == 65 && result.output.isEmpty && result.errors.contains("two.json"))
  }
}
