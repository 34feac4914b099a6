internal import SLOModel
internal import SLOSupport

/// The XML report that most test runners write in the manner of JUnit
/// (<https://github.com/testmoapp/junitxml>): suites of test cases, each with its failure where it has one.
struct JUnitReport: EvidenceReader {
  static var kind: EvidenceKind { .test }
  static let title = "a JUnit report"

  private let root: XMLElement

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    guard start.withBytes(beginsReport) else { return nil }
    return .results(JUnitReport(root: try XMLElement(file.text(), file: file.path)))
  }

  private static func beginsReport(_ text: UnsafeRawBufferPointer) -> Bool {
    let first = text.first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
    return first == UInt8(ascii: "<") && text.contains("<testsuite".utf8)
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var run = TestRun(tests: [], format: "junit-xml")
    let suites = root.name == "testsuite" ? [root] : root.elements(named: "testsuite")
    for suite in suites { try add(suite, of: file.path, to: &run) }
    run.startedAt =
      [root.attributes["timestamp"], suites.first?.attributes["timestamp"]].compactMap { $0 }
      .lazy.compactMap { Timestamp(rfc3339: $0) }.first
    run.duration = try root.number("time", in: file.path)
    return [try run.reading(of: file, profile: profile)]
  }

  static func joined(_ readings: [Reading]) -> [Reading] { TestRun.joined(readings) }

  private func add(_ suite: XMLElement, of file: String, to run: inout TestRun) throws(InputError) {
    var own: [TestOutcome] = []
    for test in suite.elements(named: "testcase") {
      let outcome = try outcome(of: test, in: suite, file)
      own.append(outcome)
    }
    for inner in suite.elements(named: "testsuite") { try add(inner, of: file, to: &run) }
    if suite.elements(named: "testsuite").isEmpty { own += try unlisted(suite, own, file) }
    run.tests += own
  }

  private func outcome(
    of test: XMLElement, in suite: XMLElement, _ file: String
  ) throws(InputError) -> TestOutcome {
    let subject =
      [test.attributes["file"], suite.attributes["file"], test.attributes["classname"]]
      .compactMap { $0 }.first { !$0.isEmpty } ?? JUnitReport.name(of: suite)
    let title = test.attributes["name"] ?? "a test without a name"
    // One report of a test in several browsers has a suite for each, distinguished by their host.
    let project = suite.attributes["hostname"].flatMap { $0.isEmpty ? nil : " (\($0))" } ?? ""
    return TestOutcome(
      file: subject, title: title + project, state: JUnitReport.state(of: test),
      duration: try test.number("time", in: file).map { $0 * 1_000 })
  }

  /// Some runners list the attempts that came before the last one under names of their own.
  private static func state(of test: XMLElement) -> TestOutcome.State {
    if test.has(["failure", "error"]) { return .failed }
    let isLeftOut = ["notrun", "disabled", "skipped"].contains(test.attributes["status"]?.lowercased() ?? "")
    if test.has(["skipped"]) || isLeftOut { return .skipped }
    return test.has(["flakyFailure", "flakyError", "rerunFailure", "rerunError"]) ? .flaky : .passed
  }

  /// Failures that a suite counts and lists no test for, such as one of its setup: not to be lost.
  private func unlisted(
    _ suite: XMLElement, _ tests: [TestOutcome], _ file: String
  ) throws(InputError) -> [TestOutcome] {
    let counted = try (suite.number("failures", in: file) ?? 0) + (suite.number("errors", in: file) ?? 0)
    let listed = tests.count { $0.state == .failed }
    let missing = max(
      min(Int(saturating: counted), 1_000) - listed, suite.has(["error"]) && listed == 0 ? 1 : 0)
    guard missing > 0 else { return [] }
    let name = tests.first?.file ?? suite.attributes["file"] ?? JUnitReport.name(of: suite)
    return (0..<missing).map { _ in
      TestOutcome(file: name, title: "a failure that the suite counts and names no test of", state: .failed)
    }
  }

  private static func name(of suite: XMLElement) -> String {
    suite.attributes["name"].flatMap { $0.isEmpty ? nil : $0 } ?? "a suite without a name"
  }
}
