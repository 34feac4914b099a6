import Foundation
import TestSupport
import Testing

@Suite("Raw samples")
struct SamplesTests {
  /// A real run: 40 iterations a second for 12 seconds, 481 requests an endpoint.
  static let run = packageFolder.appending(path: "Benchmarks/Samples/run.json.gz")

  static func samples() throws -> Data { try Data(contentsOf: run) }

  /// Some of its requests fail.
  static let budget = "version: 1\ndefaults: { baseline: { p95: 400ms, p99: 900ms, error_rate: 5% } }\n"

  @Test("k6's NDJSON is judged like a summary, gzipped or not, from a file or standard input")
  func check() throws {
    let workplace = try Workplace()
    try workplace.write("samples.json.gz", Self.samples())
    try workplace.write("budgets/b.yaml", Self.budget)
    let file = try workplace.slogate(
      "check", "--baseline", "samples.json.gz", "--no-record", "--format", "json")
    #expect(file.code == 0, "\(file.errors)")
    let p95 = try file.finding("baseline", "search", "http_req_duration", "p95")
    #expect(p95["samples"] as? Int == 481)
    let limits = try file.finding("baseline", "*", "http_req_duration", "p99")["budget"] as? [String: Any]
    #expect(limits?["outcome"] as? String == "ok")
    let pipe = try workplace.run(
      ["check", "--baseline", "-", "--no-record", "--format", "json"], input: Self.samples())
    #expect(try findings(of: pipe) == findings(of: file))
    #expect(file.errors.isEmpty && pipe.errors.isEmpty)
  }

  /// The findings, without the names of the files that tell the script's thresholds.
  private func findings(of result: Workplace.Result) throws -> NSArray {
    let findings = try #require(try result.json()["findings"] as? [[String: Any]])
    return findings.map { $0.filter { $0.key != "script" } } as NSArray
  }

  @Test("A file that was cut off is inconclusive, and blocked where what is there exceeds a budget")
  func cut() throws {
    let workplace = try Workplace()
    try workplace.write("cut.json.gz", Self.samples().dropLast(60_000))
    try workplace.write("budgets/b.yaml", Self.budget)
    let cut = try workplace.slogate("check", "--baseline", "cut.json.gz", "--no-record")
    #expect(cut.code == 3 && cut.output.contains("cut short after"), "\(cut.output)")
    try workplace.write("budgets/b.yaml", "version: 1\ndefaults: { baseline: { p95: 5ms } }\n")
    #expect(try workplace.slogate("check", "--baseline", "cut.json.gz", "--no-record").code == 1)
  }

  @Test("A damaged line is an error with its number, and nothing is recorded")
  func damaged() throws {
    let workplace = try Workplace()
    let point =
      #"{"metric":"http_reqs","type":"Point","data":{"time":"2026-11-20T23:17:12Z","value":1,"tags":{}}}"#
    try workplace.write(
      "s.json",
      [point, point, point.replacingOccurrences(of: "1,", with: "one,"), point].joined(separator: "\n"))
    let result = try workplace.slogate("check", "--baseline", "s.json")
    #expect(result.code == 65 && result.errors.contains("s.json:3:"), "\(result.errors)")
    #expect(workplace.bytes("history/slogate.sqlite") == nil)
  }

  @Test("What a budget names is measured: tags that name no endpoint, percentiles nobody asked k6 for")
  func budgets() throws {
    let workplace = try Workplace()
    try workplace.write("samples.json.gz", Self.samples())
    try workplace.write(
      "budgets/b.yaml",
      """
      version: 1
      defaults: { baseline: { p97.5: 1s } }
      endpoints:
        checkout: { match: { group: "::pay::confirm" }, baseline: { p95: 1ms } }
        writes: { match: { method: POST, status: "200" }, baseline: { p95: 2ms } }
        search: { baseline: { "http_req_duration{expected_response:true}.p95": 1s } }
      """)
    let result = try workplace.slogate(
      "check", "--baseline", "samples.json.gz", "--no-record", "--format", "json")
    #expect(result.code == 1, "\(result.errors)\(result.output.suffix(300))")
    for (endpoint, metric, statistic, outcome) in [
      ("*", "http_req_duration", "p97.5", "ok"), ("::pay::confirm", "http_req_duration", "p95", "over"),
      ("*", "http_req_duration{method:POST,status:200}", "p95", "over"),
      ("search", "http_req_duration{expected_response:true}", "p95", "ok"),
    ] {
      let budget = try result.finding("baseline", endpoint, metric, statistic)["budget"] as? [String: Any]
      #expect(budget?["outcome"] as? String == outcome, "\(endpoint) \(metric)")
    }
  }

  @Test("The options of samples are understood, and explained where they are not")
  func options() throws {
    let workplace = try Workplace()
    try workplace.write("samples.json.gz", Self.samples())
    try workplace.write("budgets/b.yaml", Self.budget)
    let result = try workplace.slogate(
      "check", "--baseline", "samples.json.gz", "--no-record", "--format", "json", "--discard", "6s",
      "--split-by",
      "scenario", "--metric-type", "own=rate")
    #expect(result.code == 0, "\(result.errors)")
    _ = try result.finding("baseline", "search", "http_req_duration{scenario:baseline}", "p95")
    let kept = try result.finding("baseline", "search", "http_req_duration", "p95")["samples"] as? Int ?? 0
    #expect((200...280).contains(kept))
    for (flag, value) in [("--discard", "30"), ("--metric-type", "own=number")] {
      let wrong = try workplace.slogate("check", "--baseline", "samples.json.gz", flag, value)
      #expect(wrong.code == 64 && wrong.errors.contains(value))
    }
  }

  @Test("The same samples, however packed, are recorded once")
  func once() throws {
    let workplace = try Workplace()
    try workplace.write("samples.json.gz", Self.samples())
    let flags = ["--commit", String(repeating: "a", count: 40), "--env", "stage=t"]
    #expect(
      try workplace.run(["record", "--baseline", "samples.json.gz"] + flags).output.hasPrefix(
        "recorded 1 of 1"))
    let again = try workplace.run(["record", "--baseline", "-"] + flags, input: Self.samples())
    #expect(again.output.hasPrefix("recorded 0 of 1"), "\(again.output)")
  }

  static let k6 = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { "\($0)/k6" }.first { FileManager.default.isExecutableFile(atPath: $0) }

  @Test("The real k6 is read from its pipe, and says the same as its own summary", .enabled(if: k6 != nil))
  func pipe() throws {
    let workplace = try Workplace()
    try workplace.write(
      "script.js",
      """
      import http from 'k6/http';
      import { Trend, Rate } from 'k6/metrics';
      const own = new Trend('own_time', true), paid = new Rate('paid');
      export const options = {
        vus: 2, iterations: 40, summaryTrendStats: ['avg', 'min', 'med', 'max', 'p(90)', 'p(95)', 'p(99)', 'count'],
        thresholds: { 'own_time{kind:b}': ['max<5'] },
      };
      export default function () {
        http.get('http://127.0.0.1:9/', { tags: { endpoint: 'closed' } });
        own.add(Math.random() * 10, { kind: __ITER % 2 ? 'a' : 'b' });
        paid.add(__ITER % 3 == 0);
      }
      """)
    let k6 = try #require(Self.k6)
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = workplace.folder
    shell.arguments = [
      "-c",
      """
      "\(k6)" run --out json=- --summary-export summary.json script.js 2>/dev/null \
        | "\(Workplace.executable.path)" check --baseline - --no-record --format json > samples-verdict.json
      """,
    ]
    try shell.run()
    shell.waitUntilExit()
    let samples = Workplace.Result(
      code: 0, output: String(decoding: workplace.bytes("samples-verdict.json") ?? Data(), as: UTF8.self),
      errors: "")
    let summary = try workplace.slogate(
      "check", "--baseline", "summary.json", "--no-record", "--format", "json")
    for (metric, statistic) in [
      ("own_time", "p95"), ("own_time", "avg"), ("own_time{kind:b}", "max"), ("paid", "rate"),
      ("http_reqs", "count"),
      ("http_req_failed", "rate"), ("iteration_duration", "p99"), ("data_sent", "count"),
    ] {
      let mine = try #require(samples.finding("baseline", "*", metric, statistic)["value"] as? Double)
      let theirs = try #require(summary.finding("baseline", "*", metric, statistic)["value"] as? Double)
      #expect(abs(mine - theirs) <= 1e-9 * max(1, abs(theirs)), "\(metric) \(statistic)")
    }
  }
}
