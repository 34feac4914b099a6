internal import SLOModel

/// The report that Playwright's JSON reporter writes (<https://playwright.dev/docs/test-reporters#json-reporter>).
struct PlaywrightReport: EvidenceReader {
  static var kind: EvidenceKind { .test }
  static let title = "a Playwright report"

  private let root: JSONObject

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object(), object["suites"]?.kind == .array,
      object["config"]?.kind == .object
    else { return nil }
    return .results(PlaywrightReport(root: object))
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    [try run().reading(of: file, profile: profile)]
  }

  static func joined(_ readings: [Reading]) -> [Reading] { TestRun.joined(readings) }

  private func run() throws(InputError) -> TestRun {
    var run = TestRun(tests: [], format: "playwright-json")
    for suite in try list(root, "suites") { try add(suite, within: [], to: &run) }
    let (config, stats) = (try root.object("config"), try root.object("stats"))
    run.version = try config?.string("version")
    run.workers = try config?.number("workers").flatMap { Int(exactly: $0) }
    run.startedAt = try stats?["startTime"].flatMap { value throws(InputError) in
      try ImpossibleValue.time(value)
    }
    run.duration = try stats?.number("duration").map { $0 / 1_000 }
    for error in try list(root, "errors") {
      run.errors.append(try error.object().string("message") ?? "an error without a message")
    }
    return run
  }

  /// Adds the tests of a suite, which may hold further suites.
  /// - Parameter titles: the titles of the suites around it, that of the file aside.
  private func add(_ value: JSONValue, within titles: [String], to run: inout TestRun) throws(InputError) {
    let suite = try value.object()
    for spec in try list(suite, "specs") { try addSpec(spec, within: titles, to: &run) }
    for inner in try list(suite, "suites") {
      try add(inner, within: titles + [try inner.object().string("title") ?? ""], to: &run)
    }
  }

  private func addSpec(_ value: JSONValue, within titles: [String], to run: inout TestRun) throws(InputError)
  {
    let spec = try value.object()
    guard let file = try spec.string("file") else {
      throw value.error(expected: "a test with the \"file\" it is in")
    }
    let title = (titles + [try spec.string("title") ?? ""]).joined(separator: " › ")
    for test in try list(spec, "tests") {
      let object = try test.object()
      let project = try object.string("projectName") ?? ""
      let last = try list(object, "results").last.map { value throws(InputError) in try value.object() }
      run.tests.append(
        TestOutcome(
          file: file, title: project.isEmpty ? title : "\(title) (\(project))",
          state: try state(of: object, last), duration: try duration(of: last)))
    }
  }

  /// What the reporter says of all attempts, else how the last one ended.
  private func state(of test: JSONObject, _ last: JSONObject?) throws(InputError) -> TestOutcome.State {
    switch try test.string("status") {
    case "expected": return .passed
    case "flaky": return .flaky
    case "skipped": return .skipped
    case "unexpected": return .failed
    default: break
    }
    guard let status = try last?.string("status"), status != "skipped" else { return .skipped }
    return status == (try test.string("expectedStatus") ?? "passed") ? .passed : .failed
  }

  private func duration(of attempt: JSONObject?) throws(InputError) -> Double? {
    guard let value = attempt?["duration"] else { return nil }
    let duration = try value.number()
    try ImpossibleValue.check(duration, in: MetricUnit.milliseconds.possibleValues, .milliseconds, at: value)
    return duration
  }

  private func list(_ object: JSONObject, _ name: StaticString) throws(InputError) -> [JSONValue] {
    try object[name]?.elements() ?? []
  }
}
