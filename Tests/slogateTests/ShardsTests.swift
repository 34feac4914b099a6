import Foundation
import Testing

@Suite("Distributed runs")
struct ShardsTests {
  /// One instance's samples: 40 requests within ten seconds, and its virtual users once a second.
  private static func instance(_ number: Int, of count: Int = 3, from start: Int = 0) -> String {
    let requests = (0..<40).map { index in
      let order = index * count + number
      let time = stamp(start * 1_000 + order * 250 / count)
      let tags = "{\"endpoint\":\"\(order % 2 == 0 ? "search" : "pay")\",\"instance_id\":\"\(number + 1)\"}"
      return [
        ("http_reqs", "1"), ("http_req_duration", "\(20 + order % 37).5"), ("http_req_failed", "0"),
      ].map { point($0.0, $0.1, at: time, tags) }.joined()
    }
    let users = (0..<10).map { second in
      point("vus", "5", at: stamp(start * 1_000 + second * 1_000 + number * 100), "{}")
        + point("vus_max", "8", at: stamp(start * 1_000 + second * 1_000 + number * 100), "{}")
    }
    return (requests + users).joined()
  }

  private static func point(_ metric: String, _ value: String, at time: String, _ tags: String) -> String {
    #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(time)","value":\#(value),"tags":\#(tags)}}"#
      + "\n"
  }

  private static func stamp(_ milliseconds: Int) -> String {
    let rest = String(1_000 + milliseconds % 1_000).dropFirst()
    let second = String(100 + milliseconds / 1_000 % 60).dropFirst()
    return "2026-11-20T23:\(10 + milliseconds / 60_000):\(second).\(rest)Z"
  }

  private static let budget = """
    version: 1
    defaults: { "*": { p95: 400ms, error_rate: 5% } }
    rules: [vus_max >= 24]

    """

  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    for number in 0..<3 { try workplace.write("run-1/pod-\(number).json", Self.instance(number)) }
    for number in 0..<3 { try workplace.write("run-2/pod-\(number).json", Self.instance(number, from: 60)) }
    try workplace.write("budgets/b.yaml", Self.budget)
    return workplace
  }

  private func value(
    _ result: Workplace.Result, _ endpoint: String, _ metric: String, _ statistic: String
  ) throws -> Double {
    try #require(result.finding("baseline", endpoint, metric, statistic)["value"] as? Double)
  }

  @Test("The files of all instances are judged as one run")
  func check() throws {
    let workplace = try workplace()
    let result = try workplace.slogate(
      "check", "--baseline-shards", "run-1/pod-0.json", "run-1/pod-1.json", "run-1/pod-2.json", "--no-record",
      "--format", "json")
    #expect(result.code == 0, "\(result.errors)\(result.output.suffix(600))")
    #expect(try value(result, "*", "http_reqs", "count") == 120)
    #expect(try value(result, "*", "vus_max", "value") == 24)
    #expect(try abs(value(result, "*", "http_reqs", "rate") - 120 / 9.916) < 1e-9)
    let runs = try #require(try result.json()["runs"] as? [[String: Any]])
    #expect(runs.count == 1 && (runs[0]["facts"] as? [String: String])?["shards"] == "3")
    #expect((runs[0]["source"] as? [String: Any])?["path"] as? String == "run-1/pod-{0,1,2}.json")
  }

  @Test("The option given twice is two repetitions, by name or by pattern")
  func repetitions() throws {
    let workplace = try workplace()
    let result = try workplace.slogate(
      "check", "--baseline-shards", "run-1/*.json", "--baseline-shards=run-2", "--no-record", "--format",
      "json")
    #expect(result.code == 0, "\(result.errors)\(result.output.suffix(600))")
    let finding = try result.finding("baseline", "*", "http_req_duration", "p95")
    #expect((finding["repetitions"] as? [Double])?.count == 2)
    let mixed = try workplace.slogate(
      "check", "--baseline-shards", "run-1/pod-0.json", "run-2/pod-0.json", "--no-record")
    #expect(mixed.code == 65 && mixed.errors.contains("measured at the same time"), "\(mixed.errors)")
  }

  @Test("Any other profile has shards too, and so has what changes are held against")
  func profiles() throws {
    let workplace = try workplace()
    let result = try workplace.slogate(
      "check", "--profile-shards", "soak=run-1/pod-0.json", "run-1/pod-1.json", "soak=run-1/pod-2.json",
      "--against-shards", "run-2/*.json", "--no-record", "--format", "json")
    #expect(result.code == 0, "\(result.errors)\(result.output.suffix(600))")
    #expect(try result.finding("soak", "*", "http_reqs", "count")["value"] as? Double == 120)
    for wrong in [["--profile-shards", "run-1/pod-0.json"], ["--baseline-shards"]] {
      #expect(try workplace.run(["check"] + wrong).code == 64)
    }
  }

  @Test("The same shards in another order are the same run, for record, explain and compare")
  func identity() throws {
    let workplace = try workplace()
    let flags = ["--commit", String(repeating: "a", count: 40), "--env", "stage=t"]
    let files = ["run-1/pod-0.json", "run-1/pod-1.json", "run-1/pod-2.json"]
    let first = try workplace.run(["record", "--baseline-shards"] + files + flags)
    #expect(first.output.hasPrefix("recorded 1 of 1"), "\(first.errors)")
    let again = try workplace.run(["record", "--baseline-shards"] + files.reversed() + flags)
    #expect(again.output.hasPrefix("recorded 0 of 1"), "\(again.output)")
    let explained = try workplace.run(
      ["explain", "--metric", "p95", "--endpoint", "pay", "--baseline-shards"] + files + ["--format", "json"])
    #expect(explained.code == 0 && explained.output.contains("\"pay\""), "\(explained.errors)")
    let compared = try workplace.slogate("compare", "--shards", "./run-1", "./run-2", "--format", "json")
    #expect(compared.code == 0, "\(compared.errors)")
    let apart = try workplace.slogate("compare", "./run-1", "./run-2", "--format", "json")
    #expect(apart.output != compared.output)
  }

  @Test("A shard that was cut short makes the verdict inconclusive; a summary is refused")
  func bad() throws {
    let workplace = try workplace()
    try workplace.write("run-1/pod-1.json", String(Self.instance(1).dropLast(30)))
    let cut = try workplace.slogate("check", "--baseline-shards", "run-1/*.json", "--no-record")
    #expect(cut.code == 3 && cut.output.contains("run-1/pod-1.json"), "\(cut.output)")
    try workplace.write("summary.json", #"{"metrics":{"http_reqs":{"count":1,"rate":1}},"root_group":{}}"#)
    let summary = try workplace.slogate("check", "--baseline-shards", "run-1/pod-0.json", "summary.json")
    #expect(summary.code == 65 && summary.errors.contains("summary.json: found a k6 summary"))
    #expect(summary.errors.split(separator: "\n").count == 1, "\(summary.errors)")
  }
}
