import Foundation
import Testing

@Suite("slogate trend and changes over a recorded history")
struct TrendsTests {
  private static let sizing = ["--env", "stage=perf", "--branch", "main"]

  private static func sha(_ index: Int) -> String { "41d0e77a\(100 + index)" }

  /// Twenty-four commits whose p95 steps from 200 to 260 ms at the fourteenth, every sixth measured twice.
  private func fill(_ workplace: borrowing Workplace) throws {
    for index in 0..<24 {
      let scatter = [1, -4, 4, -2, 3, -5, 4, 0, -3, 5, -1, -4, 2][index * 5 % 13]
      for repetition in 0..<(index % 6 == 0 ? 2 : 1) {
        let p95 = Double((index < 14 ? 200 : 260) + scatter + repetition)
        try workplace.write(
          "h.json",
          summary(
            p95: "\(p95)", p99: "\(p95 * 1.5)", med: "\(p95 / 2)",
            extra:
              ", \"http_req_duration{endpoint:a|b}\": {\"med\": 5, \"p(95)\": \(9 + Double(scatter) / 50)}"))
        let result = try workplace.run(
          ["record", "--baseline", "h.json", "--commit", TrendsTests.sha(index)] + TrendsTests.sizing)
        try #require(result.code == 0, "\(result.errors)")
      }
    }
  }

  @Test("Changes are reported by commit, with the command that lists what lies between")
  func changes() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let text = try workplace.slogate("changes", "--env", "stage=perf", variables: ["COLUMNS": "100"])
    #expect(text.code == 0, "\(text.errors)")
    #expect(text.output.contains("3 series slower"))
    #expect(text.output.contains("git log --oneline \(TrendsTests.sha(13))..\(TrendsTests.sha(14))"))
    #expect(text.output.contains("stage=perf"))
    let json = try workplace.slogate("changes", "--format", "json").json()
    #expect(json["schema"] as? String == "slogate.changes/v1")
    let event = try #require((json["events"] as? [[String: Any]])?.first)
    #expect(event["range"] as? String == "\(TrendsTests.sha(13))..\(TrendsTests.sha(14))")
    #expect(event["worse"] as? Int == 3 && event["better"] as? Int == 0)
    let lines = try workplace.slogate("changes", "--metric", "p95", "--format", "jsonl").output
    #expect(lines.split(separator: "\n").count == 1)
  }

  @Test("A trend as JSON: points, levels, change and limit")
  func json() throws {
    let workplace = try Workplace()
    try fill(workplace)
    let result = try workplace.slogate("trend", "--format", "json")
    #expect(result.code == 0, "\(result.errors)")
    let json = try result.json()
    #expect(json["schema"] as? String == "slogate.trend/v1")
    let series = try #require((json["series"] as? [[String: Any]])?.first)
    let points = try #require(series["points"] as? [[String: Any]])
    #expect(points.count == 24)
    #expect(points[0]["value"] as? Double == 201.5 && points[0]["repetitions"] as? Int == 2)
    #expect((series["levels"] as? [[String: Any]])?.map { $0["start"] as? Int } == [0, 14])
    #expect((series["limit"] as? [String: Any])?["limit"] as? Double == 400)
    #expect((series["changes"] as? [[String: Any]])?.first?["effect"] as? String == "slower")
  }

  @Test(
    "Every rendering, to standard output and to a file",
    arguments: ["table", "log", "chart", "csv", "json", "svg"])
  func renderings(format: String) throws {
    let workplace = try Workplace()
    try fill(workplace)
    let arguments = ["trend", "--format", format, "--endpoint", "**", "--metric", "p95", "--width", "80"]
    let result = try workplace.run(arguments)
    #expect(result.code == 0 && !result.output.isEmpty, "\(result.errors)")
    #expect(!result.output.contains("\u{1b}"))
    #expect(result.output.contains("a|b"))
    let file = try workplace.run(arguments + ["--output", "t.out"])
    #expect(file.code == 0 && file.output.isEmpty)
    #expect(workplace.bytes("t.out") == Data(result.output.utf8))
  }

  @Test("A log has the subjects of git, what was accepted, and the change between its commits")
  func log() throws {
    let workplace = try Workplace()
    try workplace.git("init", "-q")
    for index in 0..<12 {
      try workplace.commit(index == 8 ? "search: \u{1b}[31mfuzzy" : "step \(index)", day: index)
      try workplace.write("h.json", summary(p95: "\((index < 8 ? 200 : 260) + index * 5 % 7)"))
      let recorded = try workplace.slogate("record", "--baseline", "h.json", "--env", "stage=perf")
      try #require(recorded.code == 0, "\(recorded.errors)")
      if index == 8 {
        let accepted = try workplace.slogate(
          "history", "accept", "--commit", "HEAD", "--reason", "fuzzy search", "--by", "ops", "--all")
        try #require(accepted.code == 0, "\(accepted.errors)")
      }
    }
    let result = try workplace.slogate("trend", "--format", "log", "--endpoint", "*", "--width", "80")
    #expect(result.code == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n").map(String.init)
    let rule = try #require(lines.firstIndex { $0.hasPrefix("──── ") })
    #expect(lines[rule - 1].hasSuffix("step 7"))
    #expect(lines[rule].contains(" slower since "))
    #expect(lines[rule + 1].contains("✓ accepted · search: ") && lines[rule + 1].hasSuffix("fuzzy"))
    #expect(!result.output.contains("\u{1b}"))
    let table = try workplace.slogate("trend", "--endpoint", "*", "--width", "120").output
    #expect(table.contains("step 7"))
  }

  @Test("--last and --since choose the commits, --since by commit too")
  func range() throws {
    let workplace = try Workplace()
    try fill(workplace)
    func count(_ arguments: String...) throws -> Int {
      let result = try workplace.run(["trend", "--format", "csv", "--endpoint", "*"] + arguments)
      #expect(result.code == 0, "\(result.errors)")
      return result.output.split(separator: "\n").count - 1
    }
    #expect(try count("--last", "5") == 5)
    #expect(try count("--since", "2020-01-01") == 24)
    #expect(try count("--since", TrendsTests.sha(20)) == 4)
    #expect(try workplace.slogate("trend", "--since", "2999-01-01").code == 3)
    #expect(try workplace.slogate("trend", "--since", "nosuch").code == 64)
    #expect(try workplace.slogate("trend", "--last", "0").code == 64)
  }

  @Test("Sizings are never mixed, and one of them can be asked for")
  func sizings() throws {
    let workplace = try Workplace()
    try fill(workplace)
    try workplace.write("h.json", summary(p95: "900"))
    _ = try workplace.slogate(
      "record", "--baseline", "h.json", "--commit", "other", "--env", "stage=tiny", "--branch", "main")
    let both = try #require(
      try workplace.slogate("trend", "--format", "json").json()["series"] as? [[String: Any]])
    #expect(both.map { ($0["points"] as? [Any])?.count } == [1, 24, 24])
    let tiny = try workplace.slogate("trend", "--env", "stage=tiny")
    #expect(tiny.output.contains("stage=tiny") && !tiny.output.contains("stage=perf"))
  }

  @Test("A branch without runs is reported, and all are shown; one that was named is not replaced")
  func branches() throws {
    let workplace = try Workplace()
    try workplace.write("h.json", summary())
    _ = try workplace.slogate(
      "record", "--baseline", "h.json", "--commit", "c1", "--env", "stage=perf", "--branch", "trunk")
    let shown = try workplace.slogate("trend")
    #expect(shown.code == 0 && shown.errors.contains("main has no such run"))
    #expect(try workplace.slogate("trend", "--branch", "*").errors.isEmpty)
    #expect(try workplace.slogate("trend", "--branch", "main").code == 3)
  }

  @Test("What is not there is reported with what is, and ends in its exit code")
  func nothing() throws {
    let workplace = try Workplace()
    #expect(try workplace.slogate("trend").code == 66)
    try fill(workplace)
    let none = try workplace.slogate("trend", "--metric", "payment_time.p95")
    #expect(none.code == 3 && none.errors.contains("baseline of service default at stage=perf"))
    for (option, typed, meant) in [
      ("--service", "defualt", "default"), ("--profile", "basline", "baseline"), ("--endpoint", "a|c", "a|b"),
    ] {
      let unknown = try workplace.slogate("trend", option, typed)
      #expect(unknown.code == 3 && unknown.errors.contains("did you mean '\(meant)'?"), "\(unknown.errors)")
    }
    let partly = try workplace.slogate("trend", "--endpoint", "a|c", "a|b")
    #expect(partly.code == 0 && partly.errors.contains("no endpoint 'a|c' was recorded"), "\(partly.errors)")
    let wrong = try workplace.slogate("trend", "--metric", "p(95)")
    #expect(wrong.code == 64 && wrong.errors.contains("write p95"))
    try workplace.write("budgets/b.yaml", "version: 1\ndefaults: { baseline: { p95: 400 } }")
    #expect(try workplace.slogate("trend").code == 78)
    #expect(try workplace.slogate("trend", "--width", "9").code == 64)
    #expect(try workplace.slogate("trend", "--format", "csv", "--output", "h.json/x").code == 74)
  }

  @Test("A percentile nobody asked for is read off the sketches, and marked")
  func estimated() throws {
    let workplace = try Workplace()
    let samples = (0..<400).map { index in
      """
      {"metric":"http_req_duration","type":"Point","data":{"time":"2026-11-20T23:20:00.\(100 + index)Z","value":\(index + 1),"tags":{"endpoint":"a"}}}
      """
    }
    let header =
      #"{"type":"Metric","data":{"name":"http_req_duration","type":"trend","contains":"time","thresholds":[],"submetrics":null},"metric":"http_req_duration"}"#
    try workplace.write("s.json", ([header] + samples).joined(separator: "\n") + "\n")
    let recorded = try workplace.run(
      ["record", "--baseline", "s.json", "--commit", "c1"] + TrendsTests.sizing)
    try #require(recorded.code == 0, "\(recorded.errors)")
    let text = try workplace.slogate("trend", "--metric", "p97.5", "--endpoint", "a")
    #expect(text.output.contains("p97.5 ≈"), "\(text.output)\(text.errors)")
    let series =
      try workplace.slogate("trend", "--metric", "p97.5", "--endpoint", "a", "--format", "json").json()[
        "series"] as? [[String: Any]]
    #expect(series?.first?["estimated"] as? Bool == true)
    let value = (series?.first?["points"] as? [[String: Any]])?.first?["value"] as? Double ?? 0
    #expect(abs(value - 390) < 5)
  }
}
