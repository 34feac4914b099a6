import Foundation
import Testing

@Suite("Without a budget file the six default limits hold")
struct DefaultLimitsTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var profile: String
    var p95 = "100"
    var p99 = "200"
    var failed = 0
    var code: Int32
    var testDescription: String { "\(profile) p95=\(p95) p99=\(p99) failed=\(failed)/1000 → \(code)" }
  }

  static let cases = [
    Case(profile: "baseline", code: 0),
    Case(profile: "baseline", p95: "399.999999", code: 0),
    Case(profile: "baseline", p95: "400.0", code: 1),
    Case(profile: "baseline", p95: "4e2", code: 1),
    Case(profile: "baseline", p99: "899.9999", code: 0),
    Case(profile: "baseline", p99: "900", code: 1),
    Case(profile: "baseline", failed: 9, code: 0),
    Case(profile: "baseline", failed: 10, code: 1),
    Case(profile: "spike", p95: "499.9999", code: 0),
    Case(profile: "spike", p95: "500", code: 1),
    Case(profile: "spike", p99: "1199.99", code: 0),
    Case(profile: "spike", p99: "1200", code: 1),
    Case(profile: "spike", failed: 19, code: 0),
    Case(profile: "spike", failed: 20, code: 1),
  ]

  @Test("strictly", arguments: cases)
  func limits(_ example: Case) throws {
    let workplace = try Workplace()
    try workplace.write("summary.json", summary(p95: example.p95, p99: example.p99, failed: example.failed))
    let result = try workplace.slogate("check", "--\(example.profile)", "summary.json", "--no-record")
    #expect(result.code == example.code, "\(result.output)\(result.errors)")
  }

  @Test("and the gate script's old flag names are understood")
  func aliases() throws {
    let workplace = try Workplace()
    try workplace.write("good.json", summary())
    try workplace.write("slow.json", summary(p95: "600"))
    let result = try workplace.slogate(
      "check", "--baseline-summary", "good.json", "--spike-summary", "slow.json", "--no-record")
    #expect(result.code == 1)
    #expect(result.output.contains("OVER"))
  }

  @Test("A missing p(99) is inconclusive and says which statistic to ask k6 for")
  func missingPercentile() throws {
    let workplace = try Workplace()
    try workplace.write("summary.json", summary().replacingOccurrences(of: "\"p(99)\": 200, ", with: ""))
    let result = try workplace.slogate("check", "--baseline", "summary.json", "--no-record")
    #expect(result.code == 3)
    #expect(result.output.contains("--summary-trend-stats"))
  }

  @Test("An exceeded budget goes before a missing value")
  func precedence() throws {
    let workplace = try Workplace()
    try workplace.write(
      "summary.json", summary(p95: "401").replacingOccurrences(of: "\"p(99)\": 200, ", with: ""))
    #expect(try workplace.slogate("check", "--baseline", "summary.json", "--no-record").code == 1)
  }

  @Test("A run without requests is inconclusive, whatever its zeros say")
  func noTraffic() throws {
    let workplace = try Workplace()
    try workplace.write("summary.json", summary(p95: "0", p99: "0", of: 0, med: "0"))
    #expect(try workplace.slogate("check", "--baseline", "summary.json", "--no-record").code == 3)
  }
}
