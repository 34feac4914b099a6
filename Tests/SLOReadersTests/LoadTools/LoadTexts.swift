import SLOModel

@testable import SLOReaders

/// Results of load tools, as small as they can be.
enum LoadTexts {
  /// The reading of one result, under the names it has alone.
  static func read(_ text: String, ext: String = "txt", options: ReadOptions = ReadOptions()) throws
    -> ReadResult
  {
    try read([text], ext: ext, options: options)
  }

  /// The readings of several, each a file of one request.
  static func read(
    _ texts: [String], ext: String = "txt", options: ReadOptions = ReadOptions()
  ) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      let paths = texts.indices.map { "\(folder)/result-\($0).\(ext)" }
      for (path, text) in zip(paths, texts) { try Fixtures.write(text, to: path) }
      var result = Readers.read(paths: paths, as: .profile("baseline"), options: options)
      result.usable = Readers.settled(result.usable)
      return result
    }
  }

  /// JMeter's CSV with the usual columns.
  static func jmeter(_ rows: [String], header: String = jmeterHeader) -> String {
    ([header] + rows).map { $0 + "\n" }.joined()
  }

  static let jmeterHeader =
    "timeStamp,elapsed,label,responseCode,responseMessage,threadName,dataType,success,failureMessage,bytes,sentBytes,"
    + "grpThreads,allThreads,URL,Latency,IdleTime,Connect"

  /// A sample of JMeter's: when it began, after 1796046985000, and what it took, in milliseconds.
  static func sample(
    _ label: String, at start: Int, took elapsed: Int, success: Bool = true, message: String = "OK",
    threads: Int = 2
  ) -> String {
    "\(1_796_046_985_000 + start),\(elapsed),\(label),\(success ? 200 : 500),\(message),t 1-1,text,\(success),,9,8,"
      + "\(threads),\(threads),http://h.example/,\(elapsed),0,1"
  }
}

extension ReadResult {
  /// A figure of the first reading.
  func load(_ metric: String, _ statistic: Statistic, _ endpoint: String = Series.wholeRun) -> Double? {
    usable.first?.value(metric, statistic, endpoint: endpoint)
  }

  /// The endpoints of the first reading.
  var endpoints: [String] { Set(usable.first?.measurements.map(\.series.endpoint) ?? []).sorted() }
}
