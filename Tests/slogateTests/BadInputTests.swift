import Foundation
import Testing

@Suite("Bad input: one clear error, the documented exit code, the history untouched")
struct BadInputTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    var content: Data
    var says: [String]
    var testDescription: String { name }

    init(_ name: String, _ content: String, says: String...) {
      (self.name, self.content, self.says) = (name, Data(content.utf8), says)
    }

    init(_ name: String, bytes: Data, says: String...) {
      (self.name, self.content, self.says) = (name, bytes, says)
    }
  }

  static let malformed = [
    Case("empty file", "", says: "empty"),
    Case("truncated JSON", String(summary().prefix(200)), says: "results.json"),
    Case("another tool's JSON", #"{"aggregate": {"counters": {"http.requests": 3}}}"#, says: "load test"),
    Case("an HTML page", "<!doctype html><title>502</title>", says: "results.json"),
    Case("NaN", summary(p95: "NaN"), says: "NaN", "results.json:2:"),
    Case("Infinity", summary(p95: "Infinity"), says: "Infinity"),
    Case("a number in quotes", summary(p95: "\"12\""), says: "p(95)"),
    Case("200 levels", String(repeating: "[", count: 200) + String(repeating: "]", count: 200), says: "nest"),
    Case(
      "invalid UTF-8", bytes: Data("{\"metrics\": {\"".utf8) + Data([0xFF, 0xFE]) + Data("\": {}}}".utf8),
      says: "UTF-8"),
    Case(
      "duplicate keys",
      #"{"metrics": {"http_reqs": {"count": 1, "rate": 1}, "http_reqs": {"count": 2, "rate": 1}}}"#,
      says: "http_reqs"),
    Case("cut gzip", bytes: Data([0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0x4B]), says: "gzip"),
  ]

  @Test("of a result file exits 65", arguments: malformed)
  func malformedResult(_ example: Case) throws {
    let workplace = try Workplace()
    try recordOne(in: workplace)
    let before = workplace.bytes("history/slogate.sqlite")
    try workplace.write("results.json", example.content)
    let result = try workplace.slogate(
      "check", "--baseline", "results.json", "--env", "stage=x", "--commit", "b")
    #expect(result.code == 65, "\(result.errors)")
    #expect(result.output.isEmpty)
    for word in example.says + ["results.json"] { #expect(result.errors.contains(word), "\(result.errors)") }
    #expect(workplace.bytes("history/slogate.sqlite") == before)
  }

  @Test("100 MB of garbage are refused at a glance")
  func garbage() throws {
    let workplace = try Workplace()
    try workplace.write("results.json", Data(repeating: 0x5A, count: 100_000_000))
    let result = try workplace.slogate("check", "--baseline", "results.json")
    #expect(result.code == 65)
    #expect(result.errors.count < 1_000)
  }

  @Test("A missing file exits 66, and every missing file is named")
  func missing() throws {
    let workplace = try Workplace()
    let result = try workplace.slogate("check", "--baseline", "one.json", "--spike", "two.json")
    #expect(result.code == 66)
    #expect(result.errors.contains("one.json") && result.errors.contains("two.json"))
  }

  @Test("A folder without results exits 65 or 66 and says what was looked for")
  func emptyFolder() throws {
    let workplace = try Workplace()
    try workplace.write("results/readme.txt", "nothing")
    let result = try workplace.slogate("check", "--baseline", "results")
    #expect([65, 66].contains(result.code))
    #expect(result.errors.contains("results"))
  }

  @Test("A corrupt history exits 74 and stays as it is")
  func corruptHistory() throws {
    let workplace = try Workplace()
    try workplace.write("good.json", summary())
    let garbage = Data("this is no database, but it is somebody's file".utf8)
    try workplace.write("history/slogate.sqlite", garbage)
    let result = try workplace.slogate(
      "check", "--baseline", "good.json", "--env", "stage=x", "--commit", "a")
    #expect(result.code == 74)
    #expect(result.errors.contains("history/slogate.sqlite"))
    #expect(workplace.bytes("history/slogate.sqlite") == garbage)
  }

  @Test("A history that cannot be written exits 74")
  func unwritableHistory() throws {
    let workplace = try Workplace()
    try workplace.write("good.json", summary())
    try workplace.write("file", "in the way")
    let result = try workplace.slogate(
      "check", "--baseline", "good.json", "--env", "stage=x", "--commit", "a", "--history",
      "file/slogate.sqlite")
    #expect(result.code == 74)
  }

  @Test("Five mistakes in a budget file are five errors with their places, exit 78")
  func fiveMistakes() throws {
    let workplace = try Workplace()
    try workplace.write("good.json", summary())
    try workplace.write(
      "budgets/shop.yaml",
      """
      version: 1
      defautls: {}
      defaults:
        baseline: { p95: 400, error_rate: 3s, p99: 900ms }
        spike: { http_req_duratoin.p95: 1s }
      waivers:
        - endpoint: a
      """)
    let result = try workplace.slogate("check", "--baseline", "good.json", "--no-record")
    #expect(result.code == 78)
    #expect(result.errors.contains("budgets/shop.yaml:2:1:"))
    #expect(result.errors.contains("defaults"))
    #expect(result.errors.contains("400ms"))
    #expect(result.errors.contains("http_req_duration"))
    let places = result.errors.components(separatedBy: "budgets/shop.yaml:").count - 1
    #expect(places >= 5, "\(result.errors)")
  }

  @Test(
    "Wrong use exits 64",
    arguments: [["check"], ["check", "--nonsense"], ["check", "--baseline", "a", "--env", "x"], ["chek"]])
  func usage(arguments: [String]) throws {
    let workplace = try Workplace()
    #expect(try workplace.run(arguments).code == 64)
  }

  private func recordOne(in workplace: borrowing Workplace) throws {
    try workplace.write("first.json", summary())
    let result = try workplace.slogate(
      "record", "--baseline", "first.json", "--env", "stage=x", "--commit", "a", "--branch", "main")
    try #require(result.code == 0, "\(result.errors)")
  }
}
