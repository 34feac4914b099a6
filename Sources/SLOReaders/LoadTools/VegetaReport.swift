import SLOModel

/// What `vegeta report -type=json` writes: times in nanoseconds.
///
/// Failed are requests without an answer, and answers of other than status 2xx and 3xx, as Vegeta's `success` has it. The
/// rate is that of all requests from the first one to the last answer.
struct VegetaReport: LoadToolReader {
  static let title = "a Vegeta report"

  private let root: JSONObject

  /// What is to be said of percentiles.
  static let estimate =
    "Vegeta's reports estimate percentiles by a digest; results that vegeta encode writes give exact ones"

  static func recognition(of root: JSONValue) throws(InputError) -> Recognition? {
    guard root.kind == .object, case let object = try root.object(), object.contains("status_codes"),
      object.contains("requests"), try object.object("latencies")?.contains("mean") == true
    else { return nil }
    return .results(VegetaReport(root: object))
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var run = LoadRun(format: "vegeta-report", tool: "Vegeta")
    run.estimate = VegetaReport.estimate
    let requests = try root.load("requests", .count) ?? 0
    run.whole.requests = requests
    let codes = StatusCounts(try root.counts("status_codes"))
    if codes.answered == requests {
      run.whole.failed = codes.failed
    } else if let success = try root.load("success", .ratio) {
      run.whole.failed = requests * (1 - success)
    }
    if requests > 0 { run.whole.durations = try durations() }
    let attack = try root.load("duration", .milliseconds)
    run.duration = attack.map { $0 / 1e9 }
    if let attack, let wait = try root.load("wait", .milliseconds) { run.duration = (attack + wait) / 1e9 }
    run.startedAt = try root["earliest"].flatMap { value throws(InputError) in try ImpossibleValue.time(value)
    }
    return [try run.reading(of: file, profile: profile, options)]
  }

  private func durations() throws(InputError) -> [Statistic: Double] {
    var durations: [Statistic: Double] = [:]
    for member in try root.object("latencies")?.members ?? [] {
      let statistic: Statistic? =
        switch member.key {
        case "min": .minimum
        case "mean": .average
        case "max": .maximum
        default:
          member.key.hasSuffix("th") ? Statistic(spelled: "p" + member.key.dropLast(2)) : nil
        }
      if let statistic { durations[statistic] = try member.value.load(.milliseconds) / 1e6 }
    }
    return durations
  }
}

/// What `vegeta report` prints.
struct VegetaText: LoadToolReader {
  static let title = "a report that Vegeta prints"

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    PrintedReport.isReport(start, marked: "[total, rate", beginningWith: begins)
      ? .results(VegetaText()) : nil
  }

  private static func begins(_ line: Substring) -> Bool {
    line.hasPrefix("Requests ") && line.contains("[total, rate")
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let report = try PrintedReport(of: file, beginningWith: VegetaText.begins)
    var run = LoadRun(format: "vegeta-text", tool: "Vegeta")
    run.estimate = VegetaReport.estimate
    guard
      let requests = VegetaText.fields("Requests ", report).first.flatMap({ PrintedReport.number($0.value) }),
      let codes = report.value(of: "Status Codes")
    else {
      run.failure = LoadRun.cut("before its status codes", of: "report")
      return [try run.reading(of: file, profile: profile, options)]
    }
    run.whole.requests = requests
    let counts = codes.split(separator: " ").compactMap { pair -> (name: String, count: Double)? in
      let parts = pair.split(separator: ":")
      return parts.count == 2 ? PrintedReport.number(parts[1]).map { (String(parts[0]), $0) } : nil
    }
    let answers = StatusCounts(counts)
    if answers.answered == requests { run.whole.failed = answers.failed }
    run.duration = VegetaText.fields("Duration ", report).first.flatMap { PrintedTime.milliseconds($0.value) }
      .map { $0 / 1_000 }
    if requests > 0 {
      for (name, value) in VegetaText.fields("Latencies ", report) {
        guard let statistic = VegetaText.statistic(name) else { continue }
        run.whole.durations[statistic] = PrintedTime.milliseconds(value)
      }
    }
    return [try run.reading(of: file, profile: profile, options)]
  }

  private static func statistic(_ name: Substring) -> Statistic? {
    switch name {
    case "min": .minimum
    case "mean": .average
    case "max": .maximum
    default: PrintedReport.number(name).flatMap { _ in Statistic(spelled: "p" + name) }
    }
  }

  /// The names between the brackets of a line, and the values behind them.
  private static func fields(
    _ word: String, _ report: PrintedReport
  ) -> [(name: Substring, value: Substring)] {
    guard let line = report.value(of: word), line.first == "[", let end = line.firstIndex(of: "]") else {
      return []
    }
    let names = line[line.index(after: line.startIndex)..<end].split(separator: ",")
    let values = line[line.index(after: end)...].split(separator: ",")
    return zip(names, values).map { name, value in (name.drop { $0 == " " }, value.drop { $0 == " " }) }
  }
}
