import SLOModel

internal import Glibc

/// What a load tool prints for people at the end of a run, line by line, perhaps with a log around it.
struct PrintedReport {
  /// The lines from the one that begins the report, without blanks around them.
  let lines: [Substring]

  /// Such reports have some kilobytes; what a file has beyond this is not looked at.
  private static let limit = 1 << 20

  /// Finds the one report of a file.
  /// - Parameter begins: whether a line begins a report.
  /// - Throws: `malformed` where there are several.
  init(of file: SourceFile, beginningWith begins: (Substring) -> Bool) throws(InputError) {
    let text = try file.text().prefix(PrintedReport.limit).withBytes { String(decoding: $0, as: UTF8.self) }
    let all = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(PrintedReport.trimmed)
    let starts = all.indices.filter { begins(all[$0]) }
    if starts.count > 1 {
      throw InputError(
        .malformed, file: file.path,
        found: "\(starts.count) reports in one text (lines \(starts[0] + 1) and \(starts[1] + 1))",
        expected: "one result with text around it", remedy: "write each result to a file of its own")
    }
    lines = Array(all[(starts.first ?? 0)...])
  }

  /// Whether one of the lines of a text begins a report.
  /// - Parameter mark: what such a line contains: most files have it nowhere, and are not looked at line by line.
  static func isReport(
    _ text: Bytes, marked mark: StaticString, beginningWith begins: (Substring) -> Bool
  ) -> Bool {
    guard text.withBytes({ has($0, mark) }) else { return false }
    let start = text.withBytes { String(decoding: $0, as: UTF8.self) }
    return start.split { $0.isNewline }.contains { begins(trimmed($0)) }
  }

  /// Whether bytes contain a word.
  static func has(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
    let (base, length) = (text.baseAddress, word.utf8CodeUnitCount)
    var start = 0
    while let base, start + length <= text.count,
      let found = memchr(base + start, Int32(word.utf8Start.pointee), text.count - start - length + 1)
    {
      if memcmp(found, word.utf8Start, length) == 0 { return true }
      start = UnsafeRawPointer(found) - base + 1
    }
    return false
  }

  /// What follows a word at the beginning of a line.
  func value(of word: String) -> Substring? {
    lines.first { $0.hasPrefix(word) }.map { PrintedReport.trimmed($0.dropFirst(word.count)) }
  }

  /// The number that follows a word at the beginning of a line; nil where no line has one.
  func number(_ word: String) -> Double? {
    value(of: word).flatMap { PrintedReport.number($0.prefix { $0 != " " }) }
  }

  /// A number from 0 up.
  static func number(_ text: Substring) -> Double? {
    Double(text).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
  }

  private static func trimmed(_ line: Substring) -> Substring {
    let start = line.drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return start.prefix(0) }
    return start[...last]
  }
}

/// Times as load tools print them.
enum PrintedTime {
  /// Milliseconds in a unit.
  private static let units: [String: Double] = [
    "ns": 1e-6, "us": 1e-3, "µs": 1e-3, "μs": 1e-3, "ms": 1, "s": 1_000, "sec": 1_000, "secs": 1_000,
    "m": 60_000, "min": 60_000, "h": 3_600_000,
  ]

  /// Milliseconds of `1.36ms`, `0.0495 secs`, or several as in `1m2.5s`; nil for any other text, and for what is below 0.
  static func milliseconds(_ text: Substring) -> Double? {
    var rest = text.drop { $0 == " " }
    guard !rest.isEmpty else { return nil }
    var sum = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest = rest[digits.endIndex...].drop { $0 == " " }
      let unit = rest.prefix { $0.isLetter }
      guard let number = PrintedReport.number(digits), let scale = units[String(unit)] else { return nil }
      // Divided where that is exact: 145 µs are 0.145 ms.
      sum += scale < 1 ? number / (1 / scale).rounded() : number * scale
      rest = rest[unit.endIndex...].drop { $0 == " " }
    }
    return sum.isFinite ? sum : nil
  }
}
