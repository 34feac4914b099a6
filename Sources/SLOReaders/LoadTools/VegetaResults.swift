import SLOModel
import SLOSupport

/// The results of Vegeta one by one, as `vegeta encode` writes them: an object a line, or CSV without a header
/// (<https://github.com/tsenart/vegeta#encode-command>). Times are in nanoseconds, endpoints are named by method and URL.
struct VegetaResults: LoadToolReader {
  static let title = "Vegeta's results"

  private let isCSV: Bool

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    start.withBytes { text in
      let first = text.prefix(1_024)
      let keys = [#""attack":"#, #""seq":"#, #""code":"#, #""timestamp":"#, #""latency":"#]
      if first.first == UInt8(ascii: "{"), keys.allSatisfy({ first.contains($0.utf8) }) {
        return .results(VegetaResults(isCSV: false))
      }
      let fields = LoadRows.header(text, separator: UInt8(ascii: ",")).names
      return isRow(fields) ? .results(VegetaResults(isCSV: true)) : nil
    }
  }

  /// Whether fields are those of a result: a time in nanoseconds, a status, a latency, bytes out and in, and behind an
  /// error, a body and a name the number of the request.
  private static func isRow(_ fields: [String]) -> Bool {
    guard fields.count == 9 || fields.count == 12, fields[0].utf8.count == 19 else { return false }
    return [0, 1, 2, 3, 4, 8].allSatisfy { !fields[$0].isEmpty && fields[$0].utf8.allSatisfy(\.isDigit) }
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    var samples = LoadSamples()
    let text = try file.text()
    let isCut =
      isCSV
      ? try text.withBytes { text throws(InputError) in try readRows(text, file.path, into: &samples) }
      : try readLines(text, file.path, into: &samples)
    var run = LoadRun(format: isCSV ? "vegeta-csv" : "vegeta-json", tool: "Vegeta")
    let figures = samples.figures()
    run.whole = .all(figures.map(\.figures))
    run.requests = figures.compactMap { label, figures in
      guard let parts = label?.split(separator: "\t", maxSplits: 1), parts.count == 2 else { return nil }
      let method = parts[0] == "-" ? nil : String(parts[0])
      return (LoadEndpoint(String(parts[1]), method: method, by: options.naming), figures)
    }
    (run.startedAt, run.duration) = (samples.start, samples.duration)
    if isCut {
      run.failure = LoadRun.cut("within a line", after: samples.count)
    }
    return [try run.reading(of: file, profile: profile, options)]
  }

  private func readRows(
    _ text: UnsafeRawBufferPointer, _ file: String, into samples: inout LoadSamples
  ) throws(InputError) -> Bool {
    let separator = UInt8(ascii: ",")
    let columns = LoadRows.header(text, separator: separator).names.count
    var rows = LoadRows(text, file: file, separator: separator, columns: columns)
    while try rows.next() {
      let latency = try rows.number(2, "a latency in nanoseconds, 0 or more")
      guard let start = Int64(rows.said(0)), SampleSuspect.possibleTimes.contains(start) else {
        throw rows.fault(0, expected: "a time in nanoseconds since 1970")
      }
      let label = columns == 12 ? VegetaResults.label(rows.said(9), rows.said(10)) : nil
      add(label, start, latency, rows.said(1), to: &samples)
    }
    return rows.isCut
  }

  private func readLines(
    _ text: Bytes, _ file: String, into samples: inout LoadSamples
  ) throws(InputError) -> Bool {
    var clock = SampleTime()
    var start = 0
    let count = text.buffer.count
    while start < count {
      let line = text.dropFirst(start).withBytes { $0.firstIndex(of: 0x0A) ?? $0.count }
      let range = start..<start + line
      defer { start = range.upperBound + 1 }
      if line == 0 { continue }
      let document: JSONDocument
      do {
        document = try JSONDocument(text, part: range, file: file)
      } catch {
        if range.upperBound == count { return true }
        throw error
      }
      try add(document.root.object(), &clock, to: &samples)
    }
    return false
  }

  private func add(
    _ result: JSONObject, _ clock: inout SampleTime, to samples: inout LoadSamples
  ) throws(InputError) {
    guard let latency = try result.load("latency", .milliseconds), let code = try result.load("code", .count),
      let time = result["timestamp"]
    else {
      throw result.value.error(expected: "a result with its \"timestamp\", \"latency\" and \"code\"")
    }
    let start = Array(try time.string().utf8).withUnsafeBufferPointer { clock.nanoseconds(rfc3339: $0) }
    guard let start, SampleSuspect.possibleTimes.contains(start) else {
      throw time.error(expected: "a time in the years 2000 to 2100")
    }
    let label = VegetaResults.label(try result.string("method") ?? "", try result.string("url") ?? "")
    add(label, start, latency, String(Int(saturating: code)), to: &samples)
  }

  private func add(
    _ label: String?, _ start: Int64, _ latency: Double, _ code: String, to samples: inout LoadSamples
  ) {
    samples.add(label, duration: latency / 1e6, isFailed: !StatusCounts.isSuccess(code))
    samples.note(start: start, duration: latency / 1e6)
  }

  private static func label(_ method: String, _ url: String) -> String? {
    url.isEmpty ? nil : "\(method.isEmpty ? "-" : method)\t\(url)"
  }
}
