import Foundation
import Testing

/// A SARIF log read back, with what is wrong in its structure by the standard and by GitHub's limits.
struct SARIFLog {
  struct Result {
    var rule: String
    var level: String
    var message: String
    var uri: String
    var line: Int
    var fingerprint: String
    var isSuppressed: Bool
    var properties: [String: Any]
  }

  private(set) var results: [Result] = []
  private(set) var flaws: [String] = []

  init(_ text: String) throws {
    let log = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    require(log["version"] as? String == "2.1.0", "version")
    require((log["$schema"] as? String)?.hasSuffix("sarif-schema-2.1.0.json") == true, "$schema")
    let runs = try #require(log["runs"] as? [[String: Any]])
    require(runs.count == 1, "one run")
    let driver = try #require((runs[0]["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    let ids = rules.compactMap { $0["id"] as? String }
    require(driver["name"] is String && ids.count == rules.count && Set(ids).count == ids.count, "rules")
    for rule in rules {
      for text in ["shortDescription", "fullDescription", "help"] {
        require((rule[text] as? [String: Any])?["text"] is String, "\(text) of \(rule["id"] ?? "?")")
      }
      require(((rule["properties"] as? [String: Any])?["tags"] as? [String])?.count ?? 99 <= 10, "tags")
    }
    for entry in try #require(runs[0]["results"] as? [[String: Any]]) { read(entry, ids) }
    require(results.count <= 25_000, "25,000 results")
    require(Set(results.map(\.fingerprint)).count == results.count, "fingerprints differ")
  }

  private mutating func read(_ entry: [String: Any], _ ids: [String]) {
    let places = entry["locations"] as? [[String: Any]]
    let physical = places?.first?["physicalLocation"] as? [String: Any]
    let result = Result(
      rule: entry["ruleId"] as? String ?? "", level: entry["level"] as? String ?? "",
      message: (entry["message"] as? [String: Any])?["text"] as? String ?? "",
      uri: (physical?["artifactLocation"] as? [String: Any])?["uri"] as? String ?? "",
      line: (physical?["region"] as? [String: Any])?["startLine"] as? Int ?? 0,
      fingerprint: (entry["partialFingerprints"] as? [String: String])?["slogate/v1"] ?? "",
      isSuppressed: (entry["suppressions"] as? [[String: Any]])?.isEmpty == false,
      properties: entry["properties"] as? [String: Any] ?? [:])
    let index = entry["ruleIndex"] as? Int ?? -1
    require(ids.indices.contains(index) && ids[index] == result.rule, "ruleIndex of \(result.rule)")
    require(["error", "warning", "note"].contains(result.level), "level \(result.level)")
    require(!result.message.isEmpty && !result.uri.isEmpty && result.line >= 1, "message and location")
    require(result.fingerprint.count == 64, "fingerprint")
    require(
      !result.uri.contains(/[^A-Za-z0-9._~\/%-]/.matchingSemantics(.unicodeScalar)), "uri \(result.uri)")
    let link = /[^\\]\]\(|(^|[^{])\{[0-9]+\}/.matchingSemantics(.unicodeScalar)
    require(!result.message.contains(link), "a link or a placeholder in a message")
    results.append(result)
  }

  private mutating func require(_ holds: Bool, _ what: String) { if !holds { flaws.append(what) } }
}

/// An issue of a Code Quality report, read back.
struct CodeQualityIssue {
  var description: String
  var check: String
  var severity: String
  var fingerprint: String
  var path: String
  var line: Int
}

/// The issues of a Code Quality report; each has every field GitLab demands.
func codeQualityIssues(_ text: String) throws -> [CodeQualityIssue] {
  let issues = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  return try issues.map { issue in
    let location = try #require(issue["location"] as? [String: Any])
    let lines = try #require(location["lines"] as? [String: Any])
    let severity = try #require(issue["severity"] as? String)
    #expect(["info", "minor", "major", "critical", "blocker"].contains(severity))
    return CodeQualityIssue(
      description: try #require(issue["description"] as? String),
      check: try #require(issue["check_name"] as? String), severity: severity,
      fingerprint: try #require(issue["fingerprint"] as? String),
      path: try #require(location["path"] as? String), line: try #require(lines["begin"] as? Int))
  }
}

/// The labels of the samples of OpenMetrics text, with the sample's name under `""` and its value under `=`.
func openMetricsSamples(_ text: String) throws -> [[String: String]] {
  var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  #expect(lines.popLast()?.isEmpty == true && lines.popLast() == "# EOF")
  let comment = /^# (TYPE|UNIT|HELP) [a-z_]+ .+$/
  let sample = /^([a-z_]+)\{((?:[a-z_]+="(?:[^"\\]|\\.)*",?)+)\} (-?[0-9.e+-]+)$/.matchingSemantics(
    .unicodeScalar)
  let label = /([a-z_]+)="((?:[^"\\]|\\.)*)"/.matchingSemantics(.unicodeScalar)
  let escape = /\\(.)/.matchingSemantics(.unicodeScalar)
  return try lines.compactMap { line in
    if line.firstMatch(of: comment) != nil { return nil }
    let match = try #require(line.firstMatch(of: sample), "\(line)")
    var labels = ["": String(match.1), "=": String(match.3)]
    for pair in match.2.matches(of: label) {
      labels[String(pair.1)] = String(pair.2).replacing(escape) { String($0.1) }
    }
    return labels
  }
}
