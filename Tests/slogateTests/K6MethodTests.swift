import Foundation
import Testing

@Suite("k6 of today")
struct K6MethodTests {
  private static func summary(iterations: Int, requests: Int = 40, options: String = "{}", p95: Double = 120)
    -> String
  {
    """
    {"options": \(options), "root_group": {}, "state": {"testRunDurationMs": 10000}, "metrics": {
      "http_reqs": {"type": "counter", "contains": "default", "values": {"count": \(requests), "rate": 4}},
      "http_req_failed": {"type": "rate", "contains": "default", "values": {"rate": 0, "passes": 0, "fails": \(requests)}},
      "http_req_duration": {"type": "trend", "contains": "time",
        "values": {"avg": 60, "med": 55, "max": 200, "min": 2, "p(90)": 90, "p(95)": \(p95), "p(99)": 150, "count": \(requests)}},
      "iterations": {"type": "counter", "contains": "default", "values": {"count": \(iterations), "rate": 1}}}}
    """
  }

  private static func machineReadable(version: String, p95: Double) -> String {
    """
    {"version": "1.0.0", "metadata": {"generated_at": "2026-11-20T10:00:00Z", "k6_version": "\(version)"},
     "config": {"duration": 10, "execution": "local", "script": "export default function () {}"},
     "results": {"checks": {"metrics": [], "results": []}, "metrics": [
       {"name": "http_reqs", "type": "counter", "contains": "default", "values": {"count": 900}},
       {"name": "http_req_failed", "type": "rate", "contains": "default", "values": {"rate": 0, "matches": 0, "total": 900}},
       {"name": "http_req_duration", "type": "trend", "contains": "time",
        "values": {"avg": 60, "med": 55, "max": 200, "min": 2, "p90": 90, "p95": \(p95)}}]}}
    """
  }

  @Test("A run of one iteration is no load test: inconclusive, unless the budget asks for one sample")
  func once() throws {
    let workplace = try Workplace()
    try workplace.write("once.json", Self.summary(iterations: 1))
    let result = try workplace.slogate("check", "--baseline", "once.json", "--no-record")
    #expect(result.code == 3 && result.output.contains("k6 run --once"), "\(result.output)\(result.errors)")
    try workplace.write(
      "budgets/b.yaml", "version: 1\nprofiles: { smoke: { min_samples: 1 } }\nrun: { smoke: { p95: 1s } }\n")
    let meant = try workplace.slogate("check", "--profile", "smoke=once.json", "--no-record")
    #expect(meant.code == 0, "\(meant.output)\(meant.errors)")
    try workplace.write("budgets/b.yaml", "version: 1\nrun: { smoke: { p95: 100ms } }\n")
    #expect(try workplace.slogate("check", "--profile", "smoke=once.json", "--no-record").code == 1)
  }

  private func record(_ workplace: borrowing Workplace, _ texts: [String]) throws {
    for (number, text) in texts.enumerated() {
      try workplace.write("past.json", text)
      let commit = String(repeating: "\(number + 1)", count: 40)
      let result = try workplace.slogate(
        "record", "--baseline", "past.json", "--commit", commit, "--branch", "main", "--env", "stage=t")
      #expect(result.code == 0, "\(result.errors)")
    }
  }

  private func check(_ workplace: borrowing Workplace, _ text: String) throws -> Workplace.Result {
    try workplace.write("now.json", text)
    return try workplace.slogate(
      "check", "--baseline", "now.json", "--commit", String(repeating: "f", count: 40), "--branch", "main",
      "--env", "stage=t", "--no-record", "--format", "json")
  }

  @Test(
    "Percentiles of a histogram are not compared with those of samples, and options that matter are a sizing")
  func conditions() throws {
    let workplace = try Workplace()
    try record(workplace, (0..<5).map { Self.summary(iterations: 40, p95: 120.25 + Double($0)) })
    let same = try check(workplace, Self.summary(iterations: 40, p95: 190))
    #expect(try references(of: same) == 5)
    for option in [#""features": ["native-histograms"]"#, #""discardResponseBodies": true"#] {
      let other = try check(workplace, Self.summary(iterations: 40, options: "{\(option)}", p95: 190))
      #expect(try references(of: other) == 0, "\(other.output.suffix(400))")
      #expect(other.output.contains("\"k6_"))
    }
  }

  private func references(of result: Workplace.Result) throws -> Int {
    let comparisons = try #require(try result.json()["comparisons"] as? [[String: Any]], "\(result.errors)")
    return (comparisons.first?["references"] as? [String])?.count ?? -1
  }

  @Test("Another release of k6 is reported")
  func versions() throws {
    let workplace = try Workplace()
    try record(workplace, (0..<5).map { Self.machineReadable(version: "2.2.0", p95: 120.25 + Double($0)) })
    let result = try check(workplace, Self.machineReadable(version: "2.3.0", p95: 122))
    #expect(
      result.output.contains("measured by k6 2.3, the commits compared with by 2.2"), "\(result.errors)")
    #expect(try references(of: result) == 5)
  }
}
