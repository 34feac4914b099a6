import SLOBudgets
package import SLOGate
import SLOModel
import SLOSupport

/// The verdict as JUnit XML, for whatever shows test results: a suite a profile, a case for each series that has a
/// budget or was compared, and one for the run as a whole.
///
/// JUnit has no warnings: what only warns passes, and is written to the output of its case, as is what is near its
/// limit or better; what is about no series, to that of the last. A case is called the same at every commit, so that its history
/// can be followed.
package func junitReport(of verdict: Verdict) -> String {
  junitDocument(named: verdict.gateKey, [junitSuites(of: verdict)])
}

/// A document of suites.
/// - Parameter groups: the suites that have properties of their own: those of a service.
func junitDocument(named name: String, _ groups: [JUnitGroup]) -> String {
  """
  <?xml version="1.0" encoding="UTF-8"?>
  <testsuites name="slogate \(xmlText(name))"\(JUnitSuite.counts(groups.flatMap(\.suites).flatMap(\.cases)))>
  \(groups.map(\.text).joined())</testsuites>

  """
}

/// The suites of a verdict.
/// - Parameter prefix: what their names begin with.
func junitSuites(of verdict: Verdict, prefix: String = "") -> JUnitGroup {
  let judged = Dictionary(grouping: verdict.findings.filter(\.isJudged), by: \.series.profile)
  let profiles = Set(judged.keys).union(verdict.commonFactors.map(\.profile))
    .union(verdict.rules.map(\.profile)).sorted()
  let causes = verdict.causes
  let suites =
    profiles.map { profile in
      JUnitSuite(
        name: prefix + profile,
        cases: (judged[profile] ?? []).map { testCase($0, verdict, after: causes[$0.series]) }
          + verdict.rules.filter { $0.profile == profile }.map(testCase)
          + verdict.commonFactors.filter { $0.profile == profile }.map { testCase($0, verdict) },
        timestamp: verdict.runs.first { $0.run.profile == profile }?.run.reading.startedAt)
    } + [JUnitSuite(name: prefix + "slogate", cases: [wholeCase(verdict)], timestamp: nil)]
  return JUnitGroup(suites: suites, properties: facts(of: verdict))
}

/// Suites with the same properties.
struct JUnitGroup {
  var suites: [JUnitSuite]
  var properties: [(String, String)]

  fileprivate var text: String {
    let properties = JUnitSuite.properties(properties)
    return suites.map { $0.text(properties: properties) }.joined()
  }
}

private func facts(of verdict: Verdict) -> [(String, String)] {
  let fixed: [(String, String?)] = [
    ("tool", Tool.description),
    ("verdict", verdict.outcome.rawValue), ("service", verdict.service), ("commit", verdict.commit.sha),
    ("branch", verdict.commit.branch), ("reference", verdict.reference),
    ("environment", verdict.environment.name), ("fingerprint", verdict.environment.fingerprint),
  ]
  return fixed.compactMap { name, value in value.map { (name, $0) } }
    + verdict.environment.sizing.sorted { $0.key < $1.key }.map { ("sizing.\($0.key)", $0.value) }
}

/// A series as a test: its limit or its history is what it is tested against.
private func testCase(_ finding: Finding, _ verdict: Verdict, after cause: String?) -> JUnitCase {
  let name = SeriesName(finding.series)
  var test = JUnitCase(className: name.endpoint, name: "\(name.profile) \(name.metric)", result: .passed)
  if [.ok, .recorded].contains(finding.outcome) { return test }
  let row = FindingRow(finding)
  let text = ([StoryWords.headline(of: row)] + verdict.sentences(on: finding, after: cause))
    .joined(separator: "\n")
  let message = finding.value == nil ? row.words : "\(row.words): \(row.figures)"
  test.result =
    switch finding.outcome {
    case .over, .regressed, .suspect:
      .failure(type: AnnotationRule(finding)?.rawValue ?? "budget", message: message, text: text)
    case .missing: .error(type: "missing", message: message, text: text)
    case .waived: .skipped(message: ([row.words] + verdict.sentences(on: finding)).joined(separator: ", "))
    case .warn, .near, .improved, .ok, .recorded: .passed
    }
  if [.warn, .near, .improved].contains(finding.outcome) { test.output = "\(row.words)\n\(text)" }
  return test
}

/// A rule as a test, once for each endpoint.
private func testCase(_ finding: RuleFinding) -> JUnitCase {
  let sentence = VisibleText.escaped(finding.sentence)
  let result: JUnitCase.Result =
    switch finding.outcome {
    case .over: .failure(type: "budget", message: sentence, text: sentence)
    case .missing:
      .error(type: "missing", message: sentence, text: VisibleText.escaped(finding.remedy ?? ""))
    default: .passed
    }
  let endpoint = SeriesName.endpoint(finding.endpoint)
  return JUnitCase(
    className: endpoint, name: VisibleText.escaped("\(finding.profile) rule \(finding.rule.text)"),
    result: result, output: finding.outcome == .warn ? sentence : "")
}

private func testCase(_ common: Verdict.CommonFactorFinding, _ verdict: Verdict) -> JUnitCase {
  let sentence = VisibleText.escaped(verdict.sentence(common))
  return JUnitCase(
    className: "(whole run)", name: "\(common.profile) all metrics together",
    result: common.blocks || common.isSuspect
      ? .failure(type: AnnotationRule.commonShift.rawValue, message: sentence, text: sentence) : .passed,
    output: common.blocks || common.isSuspect ? "" : sentence)
}

/// Whether everything could be judged: else a verdict that is inconclusive would pass for green.
private func wholeCase(_ verdict: Verdict) -> JUnitCase {
  let gaps = verdict.gaps.map(VisibleText.escaped)
  let unbudgeted = verdict.unbudgeted.map { "measured without a budget: \($0)" }
  let remarks =
    verdict.waiverSentences.map { "waiver \($0)" }
    + (verdict.budgetReview?.sentences ?? []).map { "budget \($0)" }
    + verdict.warnings.map { "warning \($0)" } + verdict.remarks + unbudgeted
    + [verdict.grounds].compactMap { $0 }
  return JUnitCase(
    className: "(whole run)", name: "everything could be judged",
    result: verdict.code == .warnings
      ? .failure(type: "strict", message: verdict.headline, text: verdict.headline)
      : verdict.gaps.isEmpty
        ? .passed
        : .error(
          type: "inconclusive", message: gaps.joined(separator: "; "), text: gaps.joined(separator: "\n")),
    output: unique(remarks).map(VisibleText.escaped).joined(separator: "\n"))
}

/// A test of JUnit's XML.
struct JUnitCase {
  enum Result {
    case passed
    case failure(type: String, message: String, text: String)
    case error(type: String, message: String, text: String)
    case skipped(message: String)
  }

  var className: String
  var name: String
  var result: Result
  /// What is worth reading though no test fails by it.
  var output = ""

  var text: String {
    let start = "<testcase classname=\"\(xmlText(className))\" name=\"\(xmlText(name))\""
    var elements: [String] = []
    switch result {
    case .passed: break
    case .failure(let type, let message, let text): elements = [element("failure", type, message, text)]
    case .error(let type, let message, let text): elements = [element("error", type, message, text)]
    case .skipped(let message): elements = ["<skipped message=\"\(xmlText(message))\"/>"]
    }
    if !output.isEmpty { elements.append("<system-out>\(lines(output))</system-out>") }
    if elements.isEmpty { return "    \(start)/>\n" }
    return "    \(start)>\n" + elements.map { "      \($0)\n" }.joined() + "    </testcase>\n"
  }

  private func element(_ name: String, _ type: String, _ message: String, _ text: String) -> String {
    "<\(name) type=\"\(xmlText(type))\" message=\"\(xmlText(message))\">\(lines(text))</\(name)>"
  }

  private func lines(_ text: String) -> String {
    text.split(separator: "\n").map { xmlText(String($0)) }.joined(separator: "\n")
  }
}

/// A suite of tests of JUnit's XML, in the dialect that Ant wrote and Jenkins and GitLab read.
struct JUnitSuite {
  var name: String
  var cases: [JUnitCase]
  var timestamp: Timestamp?

  func text(properties: String) -> String {
    // Of ISO 8601 the dialect wants no zone.
    let start = timestamp.map { " timestamp=\"\($0.description.prefix(19))\"" } ?? ""
    return "  <testsuite name=\"\(xmlText(name))\"\(JUnitSuite.counts(cases))\(start)>\n\(properties)"
      + cases.map(\.text).joined() + "  </testsuite>\n"
  }

  static func properties(_ facts: [(String, String)]) -> String {
    let lines = facts.map { "      <property name=\"\(xmlText($0.0))\" value=\"\(xmlText($0.1))\"/>\n" }
    return "    <properties>\n\(lines.joined())    </properties>\n"
  }

  /// How many tests there are, by what they came to, as attributes.
  static func counts(_ cases: [JUnitCase]) -> String {
    var (failures, errors, skipped) = (0, 0, 0)
    for test in cases {
      switch test.result {
      case .passed: break
      case .failure: failures += 1
      case .error: errors += 1
      case .skipped: skipped += 1
      }
    }
    return " tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(errors)\" skipped=\"\(skipped)\""
  }
}
