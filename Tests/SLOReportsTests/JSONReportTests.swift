import Foundation
import SLOBudgets
import SLOGate
import SLOModel
import SLOStatistics
import Testing

@testable import SLOReports

@Suite("The JSON verdict")
struct JSONReportTests {
  enum Kind { case text, number, flag, list, object }

  private func document(_ verdict: Verdict) throws -> [String: Any] {
    let json = try JSONSerialization.jsonObject(with: Data(jsonReport(of: verdict).utf8))
    return try #require(json as? [String: Any])
  }

  private func finding(_ document: [String: Any], where isMeant: ([String: Any]) -> Bool) throws
    -> [String: Any]
  {
    let findings = try #require(document["findings"] as? [[String: Any]])
    let found = findings.first(where: isMeant)
    return try #require(found)
  }

  private func check(_ object: Any?, has keys: [String: Kind]) throws {
    let object = try #require(object as? [String: Any])
    for (key, kind) in keys {
      let value = object[key]
      switch kind {
      case .text: #expect(value is String, "\(key)")
      case .number: #expect(value is NSNumber, "\(key)")
      case .flag: #expect(value as? Bool != nil, "\(key)")
      case .list: #expect(value is [Any], "\(key)")
      case .object: #expect(value is [String: Any], "\(key)")
      }
    }
  }

  @Test("Every documented key is there, with its type")
  func contract() throws {
    let document = try document(Scenes.blocked.verdict())
    try check(
      document,
      has: [
        "schema": .text, "verdict": .text, "exit_code": .number, "commit": .object, "environment": .object,
        "runs": .list, "findings": .list, "summary": .object,
      ])
    #expect(document["schema"] as? String == "slogate.verdict/v1")
    #expect(document["verdict"] as? String == "blocked")
    #expect(document["exit_code"] as? Int == 1)
    try check(document["commit"], has: ["sha": .text, "branch": .text, "reference": .text])
    try check(document["environment"], has: ["name": .text, "fingerprint": .text, "sizing": .object])
    let run = (document["runs"] as? [Any])?.first
    try check(
      run,
      has: ["id": .text, "profile": .text, "repetition": .number, "source": .object, "started_at": .text])
    try check((run as? [String: Any])?["source"], has: ["path": .text, "format": .text, "sha256": .text])
    try check(
      document["summary"],
      has: [
        "evaluated": .number, "over": .number, "regressed": .number, "warned": .number, "waived": .number,
        "missing": .number, "unbudgeted": .list,
      ])
  }

  @Test("A finding's keys, its budget's and its regression's")
  func findings() throws {
    let document = try document(Scenes.blocked.verdict())
    let found = try finding(document) { $0["endpoint"] as? String == "POST /payments" }
    try check(
      found,
      has: [
        "profile": .text, "endpoint": .text, "metric": .text, "statistic": .text, "unit": .text,
        "value": .number,
        "repetitions": .list, "budget": .object, "regression": .object, "outcome": .text,
      ])
    #expect(found["outcome"] as? String == "over")
    try check(
      found["budget"],
      has: [
        "outcome": .text, "operator": .text, "limit": .number, "severity": .text, "file": .text,
        "line": .number,
      ])
    try check(
      found["regression"],
      has: [
        "outcome": .text, "typical": .number, "noise": .number, "change": .number, "p_value": .number,
        "q_value": .number, "references": .number, "detectable": .number,
      ])
  }

  @Test("What is not there is null")
  func nulls() throws {
    let document = try document(Scenes.blocked.verdict())
    let unbudgeted = try finding(document) { $0["metric"] as? String == "checks" }
    #expect(unbudgeted["budget"] is NSNull)
    let notJudged = try finding(document) { $0["outcome"] as? String == "missing" }
    #expect(notJudged["regression"] is NSNull && notJudged["value"] is NSNull)
    #expect((notJudged["repetitions"] as? [Any])?.isEmpty == true)
    let inconclusive = try self.document(Scenes.inconclusive.verdict())
    #expect((inconclusive["commit"] as? [String: Any])?["branch"] is NSNull)
    #expect((inconclusive["environment"] as? [String: Any])?["name"] is NSNull)
    #expect((inconclusive["environment"] as? [String: Any])?["fingerprint"] as? String == "unknown")
    let incomparable = try finding(inconclusive) { $0["regression"] is [String: Any] }
    let regression = try #require(incomparable["regression"] as? [String: Any])
    for key in ["typical", "noise", "change", "p_value", "q_value", "detectable"] {
      #expect(regression[key] is NSNull, "\(key)")
    }
  }

  @Test("The built-in limits stand in no file")
  func builtIn() throws {
    var verdict = try Scenes.blocked.verdict()
    for index in verdict.findings.indices { verdict.findings[index].budget?.limit.place = .init(file: "x") }
    let budget = try finding(document(verdict)) { $0["budget"] is [String: Any] }["budget"] as? [String: Any]
    #expect(budget?["file"] is NSNull && budget?["line"] is NSNull)
  }

  @Test(
    "Numbers survive to the last digit",
    arguments: [
      0, 0.1, 1.0 / 3, 399.999_6, 1e-9, 1e300, .leastNonzeroMagnitude, 1.797_693_134_862_315_7e308, -2.5,
      9_007_199_254_740_992,
      312.399_999_999_999_98,
    ])
  func numbers(number: Double) throws {
    var verdict = try Scenes.passing.verdict()
    verdict.findings[0].value = number
    verdict.findings[0].repetitions = [number]
    let found = try finding(document(verdict)) { _ in true }
    #expect(found["value"] as? Double == number)
    #expect(found["repetitions"] as? [Double] == [number])
    #expect(jsonReport(of: verdict).contains("\"value\": \(number),"))
  }

  @Test("What is no number is null", arguments: [Double.nan, .infinity, -.infinity])
  func noNumber(number: Double) throws {
    var verdict = try Scenes.passing.verdict()
    verdict.findings[0].value = number
    #expect(try finding(document(verdict)) { _ in true }["value"] is NSNull)
  }

  @Test("It counts as its findings say", arguments: ["passing", "blocked", "inconclusive"])
  func summary(name: String) throws {
    let document = try document(GoldenTests.scene(name).verdict())
    let outcomes = try #require(document["findings"] as? [[String: Any]]).compactMap {
      $0["outcome"] as? String
    }
    let summary = try #require(document["summary"] as? [String: Any])
    for (key, outcome) in [
      ("over", "over"), ("regressed", "regressed"), ("warned", "warn"), ("waived", "waived"),
      ("missing", "missing"), ("improved", "improved"),
    ] {
      #expect(summary[key] as? Int == outcomes.count { $0 == outcome }, "\(key)")
    }
  }
}
