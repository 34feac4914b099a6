import SLOModel

/// The samples of a JMeter test, put together as those of its CSV and XML results alike
/// (<https://jmeter.apache.org/usermanual/listeners.html>).
///
/// A sample is a request, whatever its sampler: its elapsed time is the duration, and it failed where JMeter calls it no
/// success, by its status or an assertion. What a transaction controller writes is no request: it is the time of several.
struct JMeterSamples {
  /// The requests.
  var requests = LoadSamples()
  /// The transactions.
  var transactions = LoadSamples()
  /// The most threads there were at a time.
  var threads: Double?

  /// What the message of a transaction controller's sample begins with.
  static let transaction: StaticString = "Number of samples in transaction"

  /// Adds a sample.
  /// - Parameters:
  ///   - start: when it began, in nanoseconds since 1970; nil where the file does not say.
  ///   - elapsed: what it took, in milliseconds.
  mutating func add(
    _ label: String?, start: Int64?, elapsed: Double, isFailed: Bool, isTransaction: Bool
  ) {
    if isTransaction {
      transactions.add(label, duration: elapsed, isFailed: isFailed)
    } else {
      requests.add(label, duration: elapsed, isFailed: isFailed)
      if let start { requests.note(start: start, duration: elapsed) }
    }
  }

  /// How many samples there are.
  var count: Int { requests.count + transactions.count }

  /// The run they are of.
  /// - Parameter hasOutcome: whether the file says which samples failed.
  func run(format: String, hasOutcome: Bool, _ naming: NamingRules) -> LoadRun {
    var run = LoadRun(format: format, tool: "JMeter")
    let figures = requests.figures(hasOutcome: hasOutcome)
    run.whole = .all(figures.map(\.figures))
    run.requests = figures.map { label, figures in
      (label.flatMap { LoadEndpoint($0, by: naming) }, figures)
    }
    run.groups = transactions.figures().map { label, figures in
      (label.flatMap { LoadEndpoint($0, by: naming) }, figures)
    }
    (run.startedAt, run.duration, run.users) = (requests.start, requests.duration, threads)
    if requests.count == 0, transactions.count > 0 {
      run.whole = LoadFigures()
      run.notices.append(
        "the file has samples of transaction controllers alone, whose requests it does not have: their times are"
          + " group_duration; without \"Generate parent sample\" the requests are written too")
    }
    return run
  }

  /// That a file ends within a sample.
  func cut(_ end: String) -> String { LoadRun.cut(end, after: count) }
}
