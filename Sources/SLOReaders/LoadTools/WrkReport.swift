import SLOModel

/// What wrk prints, and wrk2, which keeps a constant rate and measures from when a request was due.
///
/// Failed are answers of other than status 2xx and 3xx, and what the line of socket errors counts; out of all answers and
/// these. Percentiles are printed with `--latency`.
struct WrkReport: LoadToolReader {
  static let title = "a report of wrk"

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    PrintedReport.isReport(start, marked: " test @ ", beginningWith: begins) ? .results(WrkReport()) : nil
  }

  private static func begins(_ line: Substring) -> Bool {
    line.hasPrefix("Running ") && line.contains(" test @ ")
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let report = try PrintedReport(of: file, beginningWith: WrkReport.begins)
    let isSecond = report.lines.contains { $0.contains("HdrHistogram") || $0.hasPrefix("Thread calibration") }
    var run = LoadRun(format: isSecond ? "wrk2-text" : "wrk-text", tool: isSecond ? "wrk2" : "wrk")
    if isSecond {
      run.estimate =
        "percentiles are those of a histogram of three digits; they are counted from when a request was due"
    }
    guard let (answers, length) = WrkReport.total(report) else {
      run.failure = LoadRun.cut("before its number of requests", of: "report")
      return [try run.reading(of: file, profile: profile, options)]
    }
    let unanswered = WrkReport.socketErrors(report)
    run.whole = LoadFigures(requests: answers + unanswered)
    run.whole.failed = min(report.number("Non-2xx or 3xx responses:") ?? 0, answers) + unanswered
    run.whole.timed = answers
    run.whole.rate = unanswered == 0 ? report.number("Requests/sec:") : nil
    run.duration = length / 1_000
    if answers > 0 { run.whole.durations = WrkReport.durations(report) }
    return [try run.reading(of: file, profile: profile, options)]
  }

  /// The answers and the length in milliseconds, of `39932 requests in 5.00s, 31.57MB read`.
  private static func total(_ report: PrintedReport) -> (answers: Double, length: Double)? {
    for line in report.lines {
      let words = line.split(separator: " ")
      if words.count > 3, words[1] == "requests", words[2] == "in",
        let answers = PrintedReport.number(words[0]),
        let length = PrintedTime.milliseconds(words[3].dropLast())
      {
        return (answers, length)
      }
    }
    return nil
  }

  /// `Socket errors: connect 0, read 2, write 0, timeout 1`; the line is not there where there are none.
  private static func socketErrors(_ report: PrintedReport) -> Double {
    (report.value(of: "Socket errors:") ?? "").split(separator: ",").compactMap {
      $0.split(separator: " ").last.flatMap(PrintedReport.number)
    }.reduce(0, +)
  }

  private static func durations(_ report: PrintedReport) -> [Statistic: Double] {
    var durations: [Statistic: Double] = [:]
    let words = report.lines.first { $0.hasPrefix("Latency ") && !$0.hasPrefix("Latency Distribution") }?
      .split(separator: " ")
    if let words, words.count >= 4 {
      durations[.average] = PrintedTime.milliseconds(words[1])
      let hasMaximum = report.lines.contains { $0.hasPrefix("Thread Stats") && $0.contains(" Max ") }
      if hasMaximum { durations[.maximum] = PrintedTime.milliseconds(words[3]) }
    }
    // A second distribution is of the times without the waiting of requests that were due.
    guard let start = report.lines.firstIndex(where: { $0.hasPrefix("Latency Distribution") }) else {
      return durations
    }
    for line in report.lines[(start + 1)...] {
      let words = line.split(separator: " ")
      guard words.count == 2, words[0].hasSuffix("%"), let time = PrintedTime.milliseconds(words[1]),
        let statistic = Statistic(spelled: "p" + words[0].dropLast())
      else { break }
      if statistic.rawValue == "p100" { durations[.maximum] = time } else { durations[statistic] = time }
    }
    addSpectrum(report.lines[start...], to: &durations)
    return durations
  }

  /// The 95th percentile, mean and largest value of wrk2's detailed spectrum, in milliseconds with three decimals.
  private static func addSpectrum(_ lines: ArraySlice<Substring>, to durations: inout [Statistic: Double]) {
    for line in lines {
      let words = line.split { " =,[]#".contains($0) }
      if words.count == 4, words[1] == "0.950000" { durations[.p95] = PrintedReport.number(words[0]) }
      if line.hasPrefix("#["), words.count > 1, let number = PrintedReport.number(words[1]) {
        if words[0] == "Mean" { durations[.average] = number }
        if words[0] == "Max" { durations[.maximum] = number }
      }
      if line.hasPrefix("Latency Distribution"), line != lines.first { return }
    }
  }
}
