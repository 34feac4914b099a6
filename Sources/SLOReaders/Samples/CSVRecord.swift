import Glibc

/// One record of k6's CSV, read by the general parser: any columns, quotes, line breaks within quotes.
struct CSVRecord {
  /// Where its first columns stand; the value is empty where there is none.
  let metric: Range<Int>
  let time: Range<Int>
  let value: Range<Int>
  /// What is behind the value, with the comma before it, but for the metadata and the line end.
  let tail: Range<Int>
  /// Behind its line end.
  let end: Int
  /// The number of its columns.
  let count: Int
  /// Nanoseconds since 1970.
  let moment: Int64
  /// Whether the text ends within quotes.
  let isOpen: Bool
  /// Whether it ends with a newline, not with the text.
  let isLine: Bool

  /// Reads the record a text begins with.
  ///
  /// Metric and time are looked for in the first line only: so a stray quote in what k6 wrote for people
  /// hides no sample behind it.
  /// - Parameter lineCount: the length of the first line.
  /// - Returns: nil where the second column is no time.
  init?(
    _ text: UnsafeRawBufferPointer, lineCount: Int, hasMetadata: Bool, clock: inout SampleTime
  ) {
    var start = CSVFields(UnsafeRawBufferPointer(rebasing: text[..<lineCount]))
    guard let metric = start.next(), let time = start.next(),
      let moment = CSVRecord.nanoseconds(text[time], &clock)
    else { return nil }
    (self.metric, self.time, self.moment) = (metric, time, moment)
    if let end = start.end {
      (value, tail, count) = (end..<end, end..<end, 2)
      (self.end, isOpen, isLine) = (end, start.isOpen, start.isLine)
      return
    }
    var fields = CSVFields(text, from: time.upperBound + 1)
    let value = fields.next() ?? lineCount..<lineCount
    var (last, count) = (value, 3)
    while let field = fields.next() { (last, count) = (field, count + 1) }
    let tailEnd = hasMetadata && count > 3 ? last.lowerBound - 1 : last.upperBound
    (self.value, tail, self.count) = (value, value.upperBound..<tailEnd, count)
    (end, isOpen, isLine) = (fields.end ?? text.count, fields.isOpen, fields.isLine)
  }

  /// Reads a time in any of the six forms of `timeFormat`. Nothing else in the file says which it is.
  static func nanoseconds(_ text: Slice<UnsafeRawBufferPointer>, _ clock: inout SampleTime) -> Int64? {
    let text = UnsafeRawBufferPointer(rebasing: text).assumingMemoryBound(to: UInt8.self)
    return text.contains(UInt8(ascii: "T"))
      ? clock.nanoseconds(rfc3339: text) : SampleTime.nanoseconds(unix: text)
  }

  /// Reads a value as Go's `%f` writes it: a decimal of any length, or an infinity.
  static func number(_ text: Slice<UnsafeRawBufferPointer>) -> Double? {
    if let number = shortNumber(text) { return number }
    let text = String(decoding: text, as: UTF8.self)
    if text == "+Inf" { return .infinity }
    if text == "-Inf" { return -.infinity }
    let parts = (text.hasPrefix("-") ? text.dropFirst() : text[...]).utf8
      .split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0 &- 48 < 10 } }) else { return nil }
    return Double(text).flatMap { $0.isFinite ? $0 : nil }
  }

  private static func shortNumber(_ text: Slice<UnsafeRawBufferPointer>) -> Double? {
    guard let base = text.base.baseAddress?.assumingMemoryBound(to: UInt8.self),
      let number = SampleNumber(at: base + text.startIndex, limit: base + text.base.count),
      number.end == base + text.endIndex
    else { return nil }
    return number.value
  }
}

/// The columns of k6's CSV output, which differ from version to version and with `--system-tags`.
struct CSVHeader {
  /// What every header begins with.
  static let start: StaticString = "metric_name,timestamp,metric_value"
  /// The columns that `start` names.
  static let fixedCount = 3

  /// The names of all columns.
  let columns: [String]

  /// Reads a header, with or without its line end.
  init(_ line: [UInt8]) {
    columns = line.withUnsafeBytes { line in
      var fields = CSVFields(line)
      var columns: [String] = []
      while let field = fields.next() { columns.append(CSVFields.unquoted(line[field])) }
      return columns
    }
  }

  /// Whether a line is a header.
  static func isOne(_ line: UnsafeRawBufferPointer) -> Bool {
    line.starts(with: start.bytes)
  }

  /// Whether the last column is `metadata`, which is no tag: it may differ in every line.
  var hasMetadata: Bool { columns.count > CSVHeader.fixedCount && columns.last == "metadata" }

  /// The column of tags that have none of their own.
  static let extraTags = "extra_tags"

  /// The columns behind the value and before the metadata.
  var tagColumns: ArraySlice<String> {
    columns.dropFirst(CSVHeader.fixedCount).dropLast(hasMetadata ? 1 : 0)
  }

  /// The tags of a record, given the bytes of its columns behind the value and before the metadata. An empty
  /// column is a tag that was not set, or the root group, whose name is empty.
  func tags(of raw: [UInt8]) -> [(key: String, value: String)] {
    raw.withUnsafeBytes { raw in
      var fields = CSVFields(raw)
      var tags: [(key: String, value: String)] = []
      for name in tagColumns {
        guard let field = fields.next() else { break }
        let value = CSVFields.unquoted(raw[field])
        if name == CSVHeader.extraTags {
          tags += CSVHeader.extraTags(value)
        } else if !value.isEmpty {
          tags.append((name, CSVHeader.value(value, of: name)))
        }
      }
      return tags
    }
  }

  /// Spreadsheets write truth values in capitals.
  private static func value(_ value: String, of name: String) -> String {
    name == SampleGrouping.expectedTag && (value == "TRUE" || value == "FALSE") ? value.lowercased() : value
  }

  /// Reads `key=value&key=value`. k6 escapes nothing in it: what has no `=` is taken for a part of the value
  /// before, which held an `&`; a value with both looks like two tags.
  private static func extraTags(_ text: String) -> [(key: String, value: String)] {
    var tags: [(key: String, value: String)] = []
    for piece in text.utf8.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: false) {
      if let sign = piece.firstIndex(of: UInt8(ascii: "=")) {
        tags.append((String(piece[..<sign]) ?? "", String(piece[piece.index(after: sign)...]) ?? ""))
      } else if !tags.isEmpty {
        tags[tags.count - 1].value += "&" + (String(piece) ?? "")
      }
    }
    return tags
  }
}

/// The fields of one record of CSV (RFC 4180), one after the other, as they are in the file.
///
/// A quote counts only where a field begins; text behind a closing quote belongs to the field.
struct CSVFields {
  /// Behind the line end of the record, once its last field was read.
  private(set) var end: Int?
  /// Whether the text ends within quotes.
  private(set) var isOpen = false
  /// Whether a newline ends the record, not the text.
  private(set) var isLine = false
  private let text: UnsafeRawBufferPointer
  private let separator: UInt8
  private var at: Int

  /// The fields of the record that goes on at an offset, where a field begins.
  init(_ text: UnsafeRawBufferPointer, from start: Int = 0, separator: UInt8 = UInt8(ascii: ",")) {
    self.text = text
    self.separator = separator
    at = start
  }

  /// Where the next field stands, with its quotes; nil behind the last.
  mutating func next() -> Range<Int>? {
    guard end == nil else { return nil }
    let start = at
    if at < text.count, text[at] == UInt8(ascii: "\"") { skipQuoted() }
    while at < text.count, text[at] != separator, text[at] != UInt8(ascii: "\n") { at += 1 }
    let field = start..<at
    if at < text.count, text[at] == separator {
      at += 1
      return field
    }
    isLine = at < text.count
    end = isLine ? at + 1 : at
    let hasReturn = field.last.map { text[$0] == UInt8(ascii: "\r") } ?? false
    return hasReturn && !isOpen ? field.dropLast() : field
  }

  /// Moves behind the quote that closes the one at `at`; two quotes stand for one.
  private mutating func skipQuoted() {
    repeat {
      guard let quote = quote(from: at + 1) else {
        isOpen = true
        at = text.count
        return
      }
      at = quote + 1
    } while at < text.count && text[at] == UInt8(ascii: "\"")
  }

  private func quote(from start: Int) -> Int? {
    guard let base = text.baseAddress,
      let found = memchr(base + start, Int32(UInt8(ascii: "\"")), text.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  /// What a field says: without its quotes.
  static func unquoted(_ field: Slice<UnsafeRawBufferPointer>) -> String {
    guard field.first == UInt8(ascii: "\"") else { return String(decoding: field, as: UTF8.self) }
    var said: [UInt8] = []
    // Behind a quote: either its twin follows, or it closed the field.
    var isQuoted = true
    var isAfterQuote = false
    for byte in field.dropFirst() {
      if isQuoted, byte == UInt8(ascii: "\""), !isAfterQuote {
        isAfterQuote = true
      } else {
        if isAfterQuote, byte != UInt8(ascii: "\"") { isQuoted = false }
        isAfterQuote = false
        said.append(byte)
      }
    }
    return String(decoding: said, as: UTF8.self)
  }
}

/// What can be wrong in k6's CSV, placed in the text.
struct CSVFault {
  /// The file's name.
  let file: String
  /// The text from the beginning of a record.
  let text: UnsafeRawBufferPointer
  /// The lines before it.
  let lines: Int

  /// A sample that has not one value for each column of the header.
  func columns(_ count: Int, expected: Int) -> InputError {
    error(at: 0, found: "a sample of \(count) columns", expected: "\(expected), as in the header")
  }

  /// A line with the right number of columns but no time.
  func time(_ range: Range<Int>) -> InputError {
    error(
      at: range.lowerBound, found: quoted(range),
      expected: "a time: a count since 1970 or one such as 2026-11-20T23:17:12Z")
  }

  /// A value that is no number; k6 writes no NaN.
  func value(_ range: Range<Int>) -> InputError {
    error(at: range.lowerBound, found: quoted(range), expected: "a decimal number, +Inf or -Inf")
  }

  /// Two files in one: their samples are not those of one run.
  func secondHeader() -> InputError {
    error(
      at: 0, found: "a second header", expected: "the samples of one run",
      remedy: "pass the file of each run by itself")
  }

  /// A quote that was opened and not closed for too long.
  func endless(limit: Int) -> InputError {
    error(at: 0, found: "a record of more than \(limit >> 20) MiB", expected: "a closing quote before that")
  }

  private func quoted(_ range: Range<Int>) -> String {
    UntrustedText.quoted(UnsafeRawBufferPointer(rebasing: text[range]))
  }

  private func error(
    at offset: Int, found: String, expected: String,
    remedy: String = "pass the file that k6 run --out csv=FILE writes"
  ) -> InputError {
    let (line, column) = JSONPlace.lineAndColumn(of: offset, in: text)
    return InputError(
      .malformed, file: file, place: .text(line: lines + line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}
