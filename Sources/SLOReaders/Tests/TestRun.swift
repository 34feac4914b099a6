internal import SLOModel
internal import SLOSupport

/// What became of one test, whatever runner ran it.
struct TestOutcome: Sendable {
  /// How its last attempt ended.
  enum State: Sendable {
    case passed, failed, skipped
    /// It failed, and passed when it was tried again.
    case flaky
  }

  /// The file it is in, or what stands for one: a class, a suite.
  var file: String
  /// Its own name within the file, with what it ran in.
  var title: String
  var state: State
  /// What the last attempt took, in milliseconds; nil where the report does not say.
  var duration: Double?
}

/// The results of a run of tests as a reading: figures of every file, and of the run as a whole.
struct TestRun {
  var tests: [TestOutcome]
  /// When it began, where the report says it.
  var startedAt: Timestamp?
  /// What it took, in seconds, where the report says it.
  var duration: Double?
  /// The version of the runner.
  var version: String?
  /// The tests that ran at a time, where the report says it.
  var workers: Int?
  /// What kept the runner itself from running all tests; empty for a whole run.
  var errors: [String] = []

  /// The name of the runner's report as a format.
  let format: String

  func reading(of file: SourceFile, profile: String?) throws(InputError) -> Reading {
    let source = Reading.Source(path: file.path, format: format, sha256: try file.sha256())
    var reading = Reading(profile: profile ?? EvidenceKind.test.profiles.usual[0], source: source)
    (reading.toolVersion, reading.startedAt, reading.duration) = (version, startedAt, duration)
    let files = Dictionary(grouping: tests, by: \.file).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    for (subject, tests) in [(Series.wholeRun, tests)] + files {
      add(tests, of: subject, to: &reading)
    }
    reading.notices = notices
    if let error = errors.first {
      reading.failure = "the runner itself failed: \(UntrustedText.cleaned(error, limit: 300))"
    } else if tests.allSatisfy({ $0.state == .skipped }) {
      reading.failure = TestRun.noTest
    }
    return reading
  }

  private func add(_ tests: [TestOutcome], of subject: String, to reading: inout Reading) {
    func add(_ metric: String, _ statistic: Statistic, _ value: Double) -> Series? {
      reading.add(value, metric, statistic, of: subject, in: .test)
    }
    for (metric, state) in [("failed", TestOutcome.State.failed), ("flaky", .flaky), ("skipped", .skipped)] {
      let found = tests.filter { $0.state == state }
      let series = add(metric, .count, Double(found.count))
      if let series, !found.isEmpty, state != .skipped {
        reading.details[series] = found.map {
          subject == Series.wholeRun ? "\($0.file): \($0.title)" : $0.title
        }
      }
    }
    _ = add("tests", .count, Double(tests.count))
    let durations = tests.compactMap(\.duration)
    if !durations.isEmpty { _ = add("duration", .value, durations.reduce(0, +)) }
  }

  private var notices: [String] {
    let flaky = tests.filter { $0.state == .flaky }.map {
      UntrustedText.cleaned("\($0.file): \($0.title)", limit: 160)
    }
    let more = flaky.count > 3 ? " and \(flaky.count - 3) more" : ""
    return [
      flaky.isEmpty
        ? nil
        : "\(flaky.count) flaky test\(flaky.count == 1 ? "" : "s"), passed when tried again: "
          + flaky.prefix(3).joined(separator: ", ") + more,
      workers.flatMap { $0 == 1 ? nil : "ran with \($0) workers: durations include what the others took" },
    ].compactMap(\.self)
  }

  /// The reports of one profile are parts of one run: their figures are added up.
  static func joined(_ readings: [Reading]) -> [Reading] {
    Reading.joined(readings, combining: +).map { whole in
      var whole = whole
      let failures = readings.map(\.failure)
      whole.failure =
        failures.compactMap(\.self).first { $0 != noTest }
        ?? (failures.allSatisfy { $0 == noTest } ? noTest : nil)
      return whole
    }
  }

  private static let noTest = "no test was run"
}
