import SLOModel

@testable import SLOReaders

/// Reports of test runners, as small as they can be.
enum TestReports {
  /// A test of Playwright's, by how its attempts ended.
  static func playwrightTest(
    _ title: String, _ status: String, _ attempts: [(status: String, duration: Double)],
    project: String = "chromium"
  ) -> String {
    let results = attempts.map { "{\"status\":\"\($0.status)\",\"duration\":\($0.duration)}" }
    return """
      {"title":"\(title)","file":"cart.spec.ts","tests":[{"projectName":"\(project)","expectedStatus":"passed",\
      "status":"\(status)","results":[\(results.joined(separator: ","))]}]}
      """
  }

  /// A report of Playwright's with these tests in one suite of one file.
  static func playwright(_ specs: [String], workers: Int = 1, errors: [String] = []) -> String {
    """
    {"config":{"version":"1.51.0","workers":\(workers)},"suites":[{"title":"cart.spec.ts","file":"cart.spec.ts",\
    "specs":[],"suites":[{"title":"cart","specs":[\(specs.joined(separator: ","))]}]}],\
    "errors":[\(errors.map { "{\"message\":\"\($0)\"}" }.joined(separator: ","))],\
    "stats":{"startTime":"2026-03-04T05:06:06.900Z","duration":104310.25}}
    """
  }

  /// The readings of texts, each a file of one request, as those of one check.
  static func read(
    _ texts: [String], ext: String, as request: EvidenceRequest = .any()
  ) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      let paths = texts.indices.map { "\(folder)/report-\($0).\(ext)" }
      for (path, text) in zip(paths, texts) { try Fixtures.write(text, to: path) }
      var result = Readers.read(paths: paths, as: request)
      result.usable = Readers.settled(result.usable)
      return result
    }
  }
}

extension ReadResult {
  /// A figure of the first reading.
  func figure(_ metric: String, of file: String = Series.wholeRun) -> Double? {
    usable.first?.measurements.first { $0.series.metric == metric && $0.series.endpoint == file }?.value
  }

  /// What is behind a figure of the first reading.
  func details(_ metric: String, of file: String) -> [String] {
    usable.first?.details.first { $0.key.metric == metric && $0.key.endpoint == file }?.value ?? []
  }
}
