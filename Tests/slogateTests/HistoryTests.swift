import Foundation
import Testing

@Suite("The history makes a regression visible that a budget does not see")
struct HistoryTests {
  static let where_ = ["--env", "stage=perf", "--branch", "main"]

  /// Ten commits whose p95 scatters by a few per cent around 200 ms.
  private func fill(_ workplace: borrowing Workplace) throws {
    for (index, p95) in [200.0, 203, 198, 205, 201, 197, 202, 199, 204, 200].enumerated() {
      try workplace.write("h.json", summary(p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)"))
      let result = try workplace.run(
        ["record", "--baseline", "h.json", "--commit", "c\(index)"] + HistoryTests.where_)
      try #require(result.code == 0, "\(result.errors)")
    }
  }

  @Test("A run like the others passes, and shows what it was compared with")
  func unchanged() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try workplace.write("new.json", summary(p95: "201.5", p99: "303", med: "100.7"))
    let result = try workplace.run(
      ["check", "--baseline", "new.json", "--commit", "new", "--format", "json"] + HistoryTests.where_)
    #expect(result.code == 0, "\(result.output)")
    let finding = try result.finding("baseline", "*", "http_req_duration", "p95")
    let regression = try #require(finding["regression"] as? [String: Any])
    #expect(regression["outcome"] as? String == "none")
    #expect(regression["references"] as? Int == 10)
    #expect(abs((regression["typical"] as? Double ?? 0) - 200.5) < 2)
  }

  @Test("A slowdown inside the budget exits 2")
  func slower() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try workplace.write("new.json", summary(p95: "260", p99: "390", med: "130"))
    let result = try workplace.run(
      ["check", "--baseline", "new.json", "--commit", "new", "--format", "json"] + HistoryTests.where_)
    #expect(result.code == 2, "\(result.output)")
    let regression = try #require(
      try result.finding("baseline", "*", "http_req_duration", "p95")["regression"] as? [String: Any])
    #expect(regression["outcome"] as? String == "slower")
    #expect(try result.json()["verdict"] as? String == "blocked")
  }

  @Test("The same values at another sizing are not compared")
  func otherSizing() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try workplace.write("new.json", summary(p95: "260", p99: "390", med: "130"))
    let result = try workplace.slogate(
      "check", "--baseline", "new.json", "--commit", "new", "--env", "stage=tiny", "--branch", "main",
      "--format", "json")
    #expect(result.code == 0)
    let regression = try #require(
      try result.finding("baseline", "*", "http_req_duration", "p95")["regression"] as? [String: Any])
    #expect(regression["outcome"] as? String == "incomparable")
  }

  @Test("--require-history is inconclusive where there is none")
  func requireHistory() throws {
    let workplace = try Workplace()
    try workplace.write("new.json", summary())
    let arguments =
      ["check", "--baseline", "new.json", "--commit", "new", "--require-history"] + HistoryTests.where_
    #expect(try workplace.run(arguments).code == 3)
  }

  @Test("Checking the same file twice stores it once; --no-record stores nothing")
  func idempotence() throws {
    let workplace = try Workplace()
    try workplace.write("new.json", summary())
    let arguments = ["record", "--baseline", "new.json", "--commit", "new"] + HistoryTests.where_
    #expect(try workplace.run(arguments).output.contains("recorded 1 of 1"))
    #expect(try workplace.run(arguments).output.contains("recorded 0 of 1"))
    let other = try Workplace()
    try other.write("new.json", summary())
    #expect(try other.slogate("check", "--baseline", "new.json", "--no-record").code == 0)
    #expect(!FileManager.default.fileExists(atPath: other.path("history")))
  }

  @Test("Many processes record at once and none is lost")
  func concurrency() async throws {
    let workplace = try Workplace()
    for index in 0..<12 { try workplace.write("\(index).json", summary(p95: "\(100 + index)")) }
    let folder = workplace.folder
    let codes = await withTaskGroup(of: Int32.self) { group in
      for index in 0..<12 {
        group.addTask {
          (try? Workplace().slogate(
            "record", "--baseline", folder.path + "/\(index).json", "--history", folder.path + "/h.sqlite",
            "--commit", "c\(index)", "--env", "stage=perf"
          ).code) ?? -1
        }
      }
      return await group.reduce(into: [Int32]()) { $0.append($1) }
    }
    #expect(codes.allSatisfy { $0 == 0 })
    let result = try workplace.slogate(
      "check", "--baseline", "0.json", "--history", "h.sqlite", "--commit", "x", "--env", "stage=perf",
      "--format", "json")
    let comparisons = try #require(try result.json()["comparisons"] as? [[String: Any]])
    #expect((comparisons.first?["references"] as? [String])?.count == 12)
  }
}
