import Foundation
import Testing

@Suite("slogate changes")
struct ChangesTests {
  private static let noise = [0.2, -0.9, 1.1, -0.4, 0.6, -1.2, 0.9, 0.1, -0.7, 1.3, -0.2, -1, 0.5]

  /// Rows of a series whose level steps from 100 to 130 at its thirtieth value.
  private func rows(_ name: String, count: Int = 60) -> String {
    (0..<count).map { index in
      "\(name),\(index),\((index < 30 ? 100 : 130) + ChangesTests.noise[index * 5 % 13])\n"
    }.joined()
  }

  private func lines(_ result: Workplace.Result) throws -> [[String: Any]] {
    try result.output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("Of CSV, one JSON object a series in the order of the file")
  func csv() throws {
    let workplace = try Workplace()
    let still = (0..<40).map { "still,\($0),\(7 + ChangesTests.noise[$0 * 5 % 13] / 20)\n" }.joined()
    try workplace.write("s.csv", "series_id,index,value\n" + rows("z") + still + rows("a"))
    let result = try workplace.slogate("changes", "--csv", "s.csv", "--format", "jsonl")
    #expect(result.code == 0 && result.errors.isEmpty, "\(result.errors)")
    let found = try lines(result)
    #expect(found.map { $0["series"] as? String } == ["z", "still", "a"])
    #expect(found.map { $0["change_points"] as? [Int] } == [[30], [], [30]])
    let detail = try #require((found[0]["details"] as? [[String: Any]])?.first)
    #expect(
      Set(detail.keys) == [
        "index", "before", "after", "change", "p_value", "kind", "provisional", "suspects", "rise_per_run",
      ])
    #expect((detail["suspects"] as? [[String: Any]])?.map { $0["index"] as? Int } == [30])
    #expect(detail["index"] as? Int == 30 && detail["provisional"] as? Bool == false)
    #expect(abs((detail["change"] as? Double ?? 0) - 0.3) < 0.02)
  }

  @Test("Standard input, text and one JSON document")
  func formats() throws {
    let workplace = try Workplace()
    let input = Data(("series_id,index,value\n" + rows("checkout")).utf8)
    let text = try workplace.slogate("changes", "--csv", "-", input: input)
    #expect(text.output.contains("checkout  60 values · 1 change"))
    #expect(text.output.contains("at 30") && text.output.contains("+30"))
    let json = try workplace.slogate("changes", "--csv", "-", "--format", "json", input: input).json()
    #expect(json["schema"] as? String == "slogate.series-changes/v1")
  }

  @Test("A value between two levels leaves two suspects, which a table names by their positions")
  func suspects() throws {
    let workplace = try Workplace()
    let rows = rows("s").split(separator: "\n").map { $0.hasPrefix("s,29,") ? "s,29,114" : String($0) }
    try workplace.write("s.csv", "series_id,index,value\n" + rows.joined(separator: "\n"))
    let text = try workplace.slogate("changes", "--csv", "s.csv").output
    #expect(text.contains("or 29 before it (95 %)") || text.contains("or 30 after it (95 %)"), "\(text)")
  }

  @Test("A gap counts as a position")
  func gaps() throws {
    let workplace = try Workplace()
    let rows = rows("s").replacing("s,3,", with: "s,3,#").split(separator: "\n")
      .map { $0.contains("#") ? "s,3," : String($0) }
    try workplace.write("s.csv", "series_id,index,value\n" + rows.joined(separator: "\n"))
    let found = try lines(try workplace.slogate("changes", "--csv", "s.csv", "--format", "jsonl"))
    #expect(found.first?["change_points"] as? [Int] == [30])
  }

  @Test("Cases are judged one by one")
  func gate() throws {
    let workplace = try Workplace()
    func rows(_ name: String, _ candidate: [Double], history: Int = 15) -> String {
      (0..<history).map { "\(name),history,\($0),0,\(100 + ChangesTests.noise[$0 * 5 % 13])\n" }.joined()
        + candidate.enumerated().map { "\(name),candidate,\(history),\($0.offset),\($0.element)\n" }.joined()
    }
    try workplace.write(
      "g.csv",
      "case_id,role,run,rep,value\n" + rows("same", [100.3, 99.8]) + rows("worse", [130, 131, 129])
        + rows("better", [70]) + rows("few", [130], history: 2) + rows("none", []))
    let result = try workplace.slogate("changes", "--gate-csv", "g.csv", "--format", "jsonl")
    #expect(result.code == 0, "\(result.errors)")
    let found = try lines(result)
    #expect(found.map { $0["case"] as? String } == ["same", "worse", "better", "few", "none"])
    #expect(
      found.map { $0["verdict"] as? String }
        == ["ok", "regression", "improvement", "inconclusive", "inconclusive"])
    #expect(found.map { $0["p"] is NSNull } == [false, false, false, true, true])
    #expect(abs((found[1]["change"] as? Double ?? 0) - 0.3) < 0.02)
    let higher = try lines(
      try workplace.slogate("changes", "--gate-csv", "g.csv", "--format", "jsonl", "--direction", "higher"))
    #expect(
      higher[1]["verdict"] as? String == "improvement" && higher[2]["verdict"] as? String == "regression")
  }

  @Test(
    "What is asked of the history is not asked of a table",
    arguments: [
      ["--last", "3"], ["--since", "2026-01-01"], ["--service", "x"], ["--branch", "x"], ["--env", "a=b"],
      ["--environment", "x"], ["--budgets", "b"], ["--direction", "higher"],
    ])
  func ignored(option: [String]) throws {
    let workplace = try Workplace()
    try workplace.write("s.csv", "series_id,index,value\n" + rows("s"))
    let result = try workplace.run(["changes", "--csv", "s.csv"] + option)
    #expect(result.code == 64 && result.errors.contains(option[0]), "\(result.errors)")
  }

  @Test("What is wrong is reported with its line, and ends in its exit code")
  func errors() throws {
    let workplace = try Workplace()
    try workplace.write("s.csv", "series_id,index,value\na,0,1\na,0,x\n")
    let wrong = try workplace.slogate("changes", "--csv", "s.csv")
    #expect(wrong.code == 65 && wrong.output.isEmpty)
    #expect(wrong.errors.contains("s.csv:3:3:") && wrong.errors.contains("s.csv:3:5:"))
    #expect(try workplace.slogate("changes", "--csv", "none.csv").code == 66)
    #expect(try workplace.slogate("changes", "--csv", "a", "--gate-csv", "b").code == 64)
    #expect(try workplace.slogate("changes", "--gate-csv", "s.csv", "--format", "text").code == 64)
    #expect(try workplace.slogate("changes", "--csv", "s.csv", "--metric", "p95").code == 64)
    let header = try workplace.slogate("changes", "--gate-csv", "s.csv")
    #expect(header.code == 65 && header.errors.contains("case_id,role,run,rep,value"))
  }
}
