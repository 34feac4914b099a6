import SLOModel

/// What oha writes with `--output-format json` (earlier releases: `--json`): times in seconds.
///
/// Failed are answers of status 400 and above, and requests without an answer; out of both. What oha broke off at the end
/// of its time is no request.
struct OhaReport: LoadToolReader {
  static let title = "a report of oha"

  private let root: JSONObject

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object(), object.contains("latencyPercentiles"),
      object.contains("statusCodeDistribution"),
      try object.object("summary")?.contains("requestsPerSec") == true
    else { return nil }
    return .results(OhaReport(root: object))
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var run = LoadRun(format: "oha-json", tool: "oha")
    let codes = StatusCounts(try root.counts("statusCodeDistribution"))
    let errors = HeyReport.unanswered(try root.counts("errorDistribution"))
    run.whole = LoadFigures(requests: codes.answered + errors, failed: codes.failed + errors)
    run.whole.timed = codes.answered
    let summary = try root.object("summary")
    run.duration = try summary?.seconds("total").map { $0 / 1_000 }
    if codes.answered > 0 {
      run.whole.durations[.minimum] = try summary?.seconds("fastest")
      run.whole.durations[.maximum] = try summary?.seconds("slowest")
      run.whole.durations[.average] = try summary?.seconds("average")
      for member in try root.object("latencyPercentiles")?.members ?? [] where !member.value.isNull {
        guard let statistic = Statistic(spelled: member.key) else { continue }
        run.whole.durations[statistic] = try member.value.load(.milliseconds) * 1_000
      }
    }
    return [try run.reading(of: file, profile: profile, options)]
  }
}

extension JSONObject {
  /// A time in seconds under a key, in milliseconds.
  fileprivate func seconds(_ name: StaticString) throws(InputError) -> Double? {
    try load(name, .milliseconds).map { $0 * 1_000 }
  }
}
