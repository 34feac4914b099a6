import SLOModel

/// What hey and oha print: a summary, the distribution of times, and how many answers had which status.
///
/// Failed are answers of status 400 and above, and requests without an answer; out of both. What oha broke off at the end
/// of its time is no request.
struct HeyReport: LoadToolReader {
  static let title = "a report of hey or oha"

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    let hasFigures = start.withBytes { text in
      (["Slowest:", "Fastest:", "Requests/sec:"] as [StaticString]).allSatisfy { PrintedReport.has(text, $0) }
    }
    guard hasFigures, PrintedReport.isReport(start, marked: "Summary:", beginningWith: begins) else {
      return nil
    }
    return .results(HeyReport())
  }

  private static func begins(_ line: Substring) -> Bool { line == "Summary:" }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let report = try PrintedReport(of: file, beginningWith: HeyReport.begins)
    let isOha = report.value(of: "Success rate:") != nil
    var run = LoadRun(format: isOha ? "oha-text" : "hey-text", tool: isOha ? "oha" : "hey")
    guard report.lines.contains("Status code distribution:") else {
      run.failure = LoadRun.cut("before its status codes", of: "report")
      return [try run.reading(of: file, profile: profile, options)]
    }
    let codes = StatusCounts(HeyReport.counts(in: "Status code distribution:", of: report))
    let errors = HeyReport.unanswered(HeyReport.counts(in: "Error distribution:", of: report))
    run.whole = LoadFigures(requests: codes.answered + errors, failed: codes.failed + errors)
    run.whole.timed = codes.answered
    run.duration = report.value(of: "Total:").flatMap(PrintedTime.milliseconds).map { $0 / 1_000 }
    if !isOha { run.whole.rate = report.number("Requests/sec:") }
    if codes.answered > 0 { run.whole.durations = HeyReport.durations(report) }
    return [try run.reading(of: file, profile: profile, options)]
  }

  private static func durations(_ report: PrintedReport) -> [Statistic: Double] {
    var durations: [Statistic: Double] = [:]
    durations[.minimum] = report.value(of: "Fastest:").flatMap(PrintedTime.milliseconds)
    durations[.maximum] = report.value(of: "Slowest:").flatMap(PrintedTime.milliseconds)
    durations[.average] = report.value(of: "Average:").flatMap(PrintedTime.milliseconds)
    for line in report.lines {
      // hey writes `10% in 0.0433 secs`, some releases with two signs.
      let number = line.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      let rest = line[number.endIndex...].drop { $0 == "%" }
      guard line[number.endIndex...].hasPrefix("%"), rest.hasPrefix(" in "),
        let statistic = Statistic(spelled: "p" + number),
        let time = PrintedTime.milliseconds(rest.dropFirst(4))
      else { continue }
      durations[statistic] = time
    }
    return durations
  }

  /// The lines `[200] 317 responses` of a part of a report; of errors by their text.
  private static func counts(in part: String, of report: PrintedReport) -> [(name: String, count: Double)] {
    guard let start = report.lines.firstIndex(where: { $0 == part }) else { return [] }
    let isErrors = part.hasPrefix("Error")
    return report.lines[(start + 1)...].prefix { $0.hasPrefix("[") }.compactMap { line in
      guard let end = line.firstIndex(of: "]") else { return nil }
      let (key, rest) = (line[line.index(after: line.startIndex)..<end], line[line.index(after: end)...])
      let text = rest.drop { $0.isWhitespace }
      if isErrors { return PrintedReport.number(key).map { (String(text), $0) } }
      return PrintedReport.number(text.prefix { $0.isNumber }).map { (String(key), $0) }
    }
  }

  /// The requests that ended without an answer: not those that the end of the run broke off.
  static func unanswered(_ errors: [(name: String, count: Double)]) -> Double {
    errors.filter { $0.name != "aborted due to deadline" }.reduce(0) { $0 + $1.count }
  }
}

/// What hey writes with `-o csv`: a line for each answer, times in seconds with four decimals. Requests without an answer
/// are not in it.
struct HeyCSV: LoadToolReader {
  static let title = "hey's answers in CSV"

  private static let columns = [
    "response-time", "DNS+dialup", "DNS", "Request-write", "Response-delay", "Response-read", "status-code",
    "offset",
  ]

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    let isTable = start.withBytes { LoadRows.header($0, separator: UInt8(ascii: ",")).names == columns }
    return isTable ? .results(HeyCSV()) : nil
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var samples = LoadSamples()
    let text = try file.text()
    let isCut = try text.withBytes { text throws(InputError) in
      let separator = UInt8(ascii: ",")
      let header = LoadRows.header(text, separator: separator)
      var rows = LoadRows(
        text, file: file.path, separator: separator, columns: HeyCSV.columns.count, skipping: header.end)
      while try rows.next() {
        let duration = try rows.number(0, "a time in seconds, 0 or more") * 1_000
        let start = try rows.number(7, "a time in seconds, 0 or more")
        samples.add(nil, duration: duration, isFailed: !StatusCounts.isSuccess(rows.said(6)))
        samples.note(start: Int64(exactly: (start * 1e9).rounded()) ?? 0, duration: duration)
      }
      return rows.isCut
    }
    var run = LoadRun(format: "hey-csv", tool: "hey")
    run.whole = .all(samples.figures().map(\.figures))
    run.duration = samples.duration
    if isCut {
      run.failure = LoadRun.cut("within a line", after: samples.count)
    }
    run.notices.append(
      "the file has no request without an answer, which the error rate does not count; the text that hey prints without"
        + " -o csv has them")
    return [try run.reading(of: file, profile: profile, options)]
  }
}
