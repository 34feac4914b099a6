import SLOModel
import SLOSupport

/// JMeter's results in CSV, one line a sample, with the columns that `jmeter.save.saveservice.*` ask for in any order.
struct JMeterCSV: LoadToolReader {
  static let title = "a JMeter result in CSV"

  /// The columns that are read.
  private enum Column: String, CaseIterable {
    case timeStamp, elapsed, label, responseMessage, success, allThreads
  }

  private let separator: UInt8
  /// The columns in their order.
  private let columns: [String]
  /// Where the first sample begins.
  private let start: Int
  private var hasHeader: Bool { start > 0 }

  static func recognition(of file: SourceFile, startingWith start: Bytes) throws(InputError) -> Recognition? {
    start.withBytes(JMeterCSV.init).map { .results($0) }
  }

  /// Recognises a header, or the first sample of a file without one.
  private init?(_ text: UnsafeRawBufferPointer) {
    for separator in ",;\t|".utf8 {
      let (names, end) = LoadRows.header(text, separator: separator)
      let known = Set(names).intersection(JMeterCSV.known).count
      if names.contains("elapsed"), known >= 3, Set(names).count == names.count {
        (self.separator, columns, start) = (separator, names, end)
        return
      }
      if JMeterCSV.isSample(names) {
        let others = names.indices.dropFirst(JMeterCSV.order.count).map { "column \($0)" }
        (self.separator, columns, start) = (separator, JMeterCSV.order + others, 0)
        return
      }
    }
    return nil
  }

  /// Names that hardly any other table has together.
  private static let known: Set<String> = [
    "timeStamp", "elapsed", "label", "responseCode", "responseMessage", "threadName", "success", "allThreads",
    "grpThreads", "failureMessage", "dataType", "Latency",
  ]

  /// The columns that a file without a header begins with in every release.
  private static let order = [
    "timeStamp", "elapsed", "label", "responseCode", "responseMessage", "threadName", "dataType", "success",
  ]

  /// Whether fields are those of a sample in the order of `order`: a time in milliseconds, a number, a kind of data and
  /// a truth value at their places.
  private static func isSample(_ fields: [String]) -> Bool {
    guard fields.count >= order.count, let time = Int64(fields[0]), let elapsed = Int64(fields[1]) else {
      return false
    }
    return Timestamp.plausible.contains(Timestamp(milliseconds: time)) && elapsed >= 0
      && ["text", "bin", ""].contains(fields[6]) && ["true", "false"].contains(fields[7])
  }

  func readings(
    of file: SourceFile, profile: String?, _ options: ReadOptions
  ) throws(InputError) -> [Reading] {
    let text = try file.text()
    var samples = JMeterSamples()
    let cut = try text.withBytes { text throws(InputError) in try read(text, file.path, into: &samples) }
    var run = samples.run(format: "jmeter-csv", hasOutcome: columns.contains("success"), options.naming)
    if cut { run.failure = samples.cut("within a line") }
    run.notices += notices
    return [try run.reading(of: file, profile: profile, options)]
  }

  /// Reads every sample.
  /// - Returns: whether the text ends within one.
  private func read(
    _ text: UnsafeRawBufferPointer, _ file: String, into samples: inout JMeterSamples
  ) throws(InputError) -> Bool {
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    let place = Column.allCases.map { places[$0.rawValue] }
    let (time, elapsed, label, message, success, threads) =
      (place[0], place[1] ?? 0, place[2], place[3], place[4], place[5])
    var rows = LoadRows(
      text, file: file, separator: separator, columns: columns.count, skipping: start)
    while try rows.next() {
      if hasHeader, rows[elapsed].elementsEqual("elapsed".utf8) {
        throw rows.fault(
          at: rows.start, found: "a second header", expected: "the samples of one run",
          remedy: "pass the file of each run by itself: JMeter appends to a file that is there already")
      }
      let length = try rows.number(elapsed, "a time in milliseconds, 0 or more")
      let start = try time.map { column throws(InputError) in try JMeterCSV.time(column, in: rows) }
      if let threads, let number = WrittenNumber(rows[threads])?.value, number > samples.threads ?? -1 {
        samples.threads = number
      }
      samples.add(
        label.map(rows.said), start: start, elapsed: length,
        isFailed: try success.map { column throws(InputError) in try JMeterCSV.isFailed(column, in: rows) }
          ?? false,
        isTransaction: message.map { rows[$0].starts(with: JMeterSamples.transaction.bytes) } ?? false)
    }
    return rows.isCut
  }

  private static func isFailed(_ column: Int, in rows: LoadRows) throws(InputError) -> Bool {
    let word = rows[column]
    if word.elementsEqual("true".utf8) { return false }
    if word.elementsEqual("false".utf8) { return true }
    throw rows.fault(column, expected: "true or false")
  }

  /// A time in milliseconds since 1970, or a local one as `jmeter.save.saveservice.timestamp_format` may ask for:
  /// `2026/11/20 23:17:12.740`.
  private static func time(_ column: Int, in rows: LoadRows) throws(InputError) -> Int64 {
    let field = rows[column]
    let number = field.count == 13 ? Int64(String(decoding: field, as: UTF8.self)) : nil
    let time = number.map(Timestamp.init(milliseconds:)) ?? localTime(field)
    guard let time, Timestamp.plausible.contains(time) else {
      throw rows.fault(
        column, expected: "a time in milliseconds since 1970, or one such as 2026/11/20 23:17:12.740",
        remedy: "set jmeter.save.saveservice.timestamp_format=ms and run the test again")
    }
    return time.milliseconds * 1_000_000  // fits
  }

  private static func localTime(_ field: UnsafeRawBufferPointer) -> Timestamp? {
    guard (19...23).contains(field.count) else { return nil }
    var text = Array(field)
    for place in [4, 7] where text[place] == UInt8(ascii: "/") { text[place] = UInt8(ascii: "-") }
    if text.count > 19, text[19] == UInt8(ascii: ",") { text[19] = UInt8(ascii: ".") }
    return Timestamp(rfc3339: String(decoding: text, as: UTF8.self) + "Z")
  }

  private var notices: [String] {
    let missing = [
      ("success", "which samples failed", "jmeter.save.saveservice.successful"),
      (
        "timeStamp", "when samples began, so that it has no rates",
        "jmeter.save.saveservice.timestamp_format=ms"
      ),
      ("label", "which request a sample is of", "jmeter.save.saveservice.label"),
    ].filter { !columns.contains($0.0) }
    return missing.map { "the file does not say \($1): set \($2)" }
      + (hasHeader
        ? []
        : [
          "the file has no line of column names: its first eight columns were read in JMeter's own order"
            + " (jmeter.save.saveservice.print_field_names=true writes them)"
        ])
  }
}
