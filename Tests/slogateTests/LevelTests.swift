import Foundation
import Testing

@Suite("Accepted steps and pinned anchors, through the binary")
struct LevelCommandTests {
  private static let where_ = ["--env", "stage=perf", "--branch", "main"]

  /// Commits `41d0e77a100`, `41d0e77a101` … of main whose p95 lies at these levels, with a little scatter.
  private func fill(_ workplace: borrowing Workplace, _ levels: [Double]) throws {
    for (index, level) in levels.enumerated() {
      let p95 = level * [1, 1.012, 0.991, 1.02, 1.004, 0.986, 1.009, 0.996][(index * 5 + index / 3) % 8]
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      let result = try workplace.run(
        ["record", "--baseline", "h.json", "--commit", LevelCommandTests.sha(index)]
          + LevelCommandTests.where_)
      try #require(result.code == 0, "\(result.errors)")
    }
  }

  private static func sha(_ index: Int) -> String { "41d0e77a1\(index < 10 ? "0" : "")\(index)" }

  private func check(_ workplace: borrowing Workplace, p95: Double, _ more: String...) throws
    -> Workplace.Result
  {
    try workplace.write("new.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
    return try workplace.run(
      ["check", "--baseline", "new.json", "--commit", "new", "--no-record"] + LevelCommandTests.where_ + more)
  }

  @Test("A wanted step blocks until it is accepted, and the next loss blocks again")
  func accept() throws {
    let workplace = try Workplace()
    try fill(workplace, Array(repeating: 200, count: 12))
    try workplace.write("new.json", summary(p95: "250", p99: "375", med: "125"))
    let step = ["check", "--baseline", "new.json", "--commit", "new"] + LevelCommandTests.where_
    #expect(try workplace.run(step).code == 2)
    let accepted = try workplace.slogate(
      "history", "accept", "--commit", "new", "--reason", "new cipher", "--by", "sre", "--all")
    #expect(accepted.code == 0, "\(accepted.errors)")
    #expect(try workplace.run(step).code == 0)
    try workplace.write("next.json", summary(p95: "340", p99: "510", med: "170"))
    let lost = try workplace.run(
      ["check", "--baseline", "next.json", "--commit", "next", "--no-record"] + LevelCommandTests.where_)
    #expect(lost.code == 2)
    #expect(lost.output.contains("since new (+26.1 % there, accepted by sre)"), "\(lost.output)")
  }

  @Test("A merged slowdown is reported as long as nobody accepts it")
  func merged() throws {
    let workplace = try Workplace()
    try fill(workplace, Array(repeating: 200, count: 14) + Array(repeating: 260, count: 8))
    let result = try check(workplace, p95: 262)
    #expect(result.code == 0)
    #expect(result.output.contains("main is worse since 41d0e77a11"), "\(result.output)")
  }

  /// A repository whose main has ten measured commits; a branch `a` left it at the last and accepted a step there.
  private func branched(_ workplace: borrowing Workplace) throws {
    try workplace.git("init", "-q")
    for index in 0..<10 {
      try workplace.commit("main \(index)", day: index)
      try recorded(workplace, p95: 200 + Double(index * 7 % 10))
    }
    try workplace.git("switch", "-q", "-c", "a")
    try workplace.commit("a", day: 10)
    try recorded(workplace, p95: 260)
    let accepted = try workplace.slogate(
      "history", "accept", "--commit", "HEAD", "--reason", "new cipher", "--by", "sre", "--all")
    try #require(accepted.code == 0, "\(accepted.errors)")
    try workplace.git("switch", "-q", "main")
  }

  /// Records what the commit checked out measured.
  private func recorded(_ workplace: borrowing Workplace, p95: Double) throws {
    try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
    let result = try workplace.slogate("record", "--baseline", "h.json", "--env", "stage=perf")
    try #require(result.code == 0, "\(result.errors)")
  }

  /// Checks the commit checked out, `clone` being the folder it lies in.
  private func checked(
    _ workplace: borrowing Workplace, p95: Double, in clone: String = ".", _ more: String...
  ) throws -> Workplace.Result {
    try workplace.write("new.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
    let (results, history) = (workplace.path("new.json"), workplace.path("history/slogate.sqlite"))
    return try workplace.run(
      ["check", "--baseline", results, "--env", "stage=perf", "--no-record", "--history", history] + more,
      in: clone)
  }

  @Test("A level accepted on an unmerged branch changes no verdict of another one")
  func unmerged() throws {
    let workplace = try Workplace()
    try branched(workplace)
    try workplace.commit("main", day: 11)
    try recorded(workplace, p95: 203)
    try workplace.git("switch", "-q", "-c", "b")
    try workplace.commit("b", day: 12)
    let result = try checked(workplace, p95: 205, in: ".", "--format", "json")
    let finding = try result.finding("baseline", "*", "http_req_duration", "p95")
    let regression = try #require(finding["regression"] as? [String: Any])
    #expect(regression["references"] as? Int == 11, "\(regression)")
    #expect(try checked(workplace, p95: 265).code == 2)
  }

  @Test("A later commit of the accepted branch is at its level, in a whole clone and in a cut one")
  func shallow() throws {
    let workplace = try Workplace()
    try branched(workplace)
    try workplace.commit("main", day: 11)
    try recorded(workplace, p95: 203)
    try workplace.git("switch", "-q", "a")
    try workplace.commit("later", day: 12)
    #expect(try checked(workplace, p95: 262).code == 0)
    try workplace.git("clone", "-q", "--depth", "1", "file://" + workplace.folder.path, "cut")
    let cut = try checked(workplace, p95: 262, in: "cut", "--reference", "main")
    #expect(cut.code == 0, "\(cut.output)")
  }

  @Test("Slow drift from a pinned anchor blocks, and names the anchor")
  func creep() throws {
    let workplace = try Workplace()
    try fill(workplace, (0..<36).map { 200 * (1 + 0.006 * Double($0)) })
    try workplace.write(
      "budgets/shop.yaml", "regression: { creep: { anchor: \(LevelCommandTests.sha(6)), max: 10% } }")
    let result = try check(workplace, p95: 244)
    #expect(result.code == 2, "\(result.output)")
    #expect(result.output.contains("CREPT +18.7 %") && result.output.contains("(crept +18.7 %)"))
    #expect(result.output.contains("at 41d0e77a106; 10 % is allowed, q"), "\(result.output)")
    let json = try check(workplace, p95: 244, "--format", "json")
    let creep = try #require(
      try json.finding("baseline", "*", "http_req_duration", "p95")["creep"] as? [String: Any])
    #expect(creep["outcome"] as? String == "over" && creep["blocks"] as? Bool == true)
  }

  @Test("An anchor that nobody knows is told, and a day before the first run says what is missing")
  func anchors() throws {
    let workplace = try Workplace()
    try fill(workplace, Array(repeating: 200, count: 6))
    try workplace.write("budgets/shop.yaml", "regression: { creep: { anchor: v9, max: 10% } }")
    let unknown = try check(workplace, p95: 201)
    #expect(
      unknown.code == 0 && unknown.output.contains("the anchor 'v9' is not known here"), "\(unknown.output)")
    try workplace.write("budgets/shop.yaml", "regression: { creep: { anchor: 2020-01-01, max: 10% } }")
    let early = try check(workplace, p95: 201)
    #expect(early.output.contains("0 comparable commits up to 2020-01-01"), "\(early.output)")
  }
}
