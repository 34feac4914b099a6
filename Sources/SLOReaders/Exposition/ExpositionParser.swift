internal import SLOModel
internal import SLOSupport

/// Reads the text that a system shows of its metrics: Prometheus' format 0.0.4 and OpenMetrics 1.0
/// (<https://prometheus.io/docs/instrumenting/exposition_formats/>,
/// <https://prometheus.io/docs/specs/om/open_metrics_spec/>), one pass, a line at a time.
struct ExpositionParser {
  let text: UnsafeRawBufferPointer
  /// Whether the text ends as OpenMetrics does, with times in seconds and exemplars.
  private let isOpenMetrics: Bool
  private var content: MetricFile
  private var line = 0
  /// Where the line begins.
  private var start = 0
  /// Where each series was met last in the file, and when that was.
  private var met: [(line: Int32, time: Double)] = []

  /// Reads a text.
  /// - Parameter table: the metrics and series known so far, to which new ones are added.
  /// - Throws: `malformed` with line and column.
  static func content(
    of text: UnsafeRawBufferPointer, file: String, _ table: inout MetricTable
  ) throws(InputError) -> MetricFile {
    var parser = ExpositionParser(text, file)
    try parser.readAll(into: &table)
    return parser.content
  }

  private init(_ text: UnsafeRawBufferPointer, _ file: String) {
    self.text = text
    content = MetricFile(path: file)
    let end = (text.lastIndex { $0 > 0x20 } ?? -1) + 1
    isOpenMetrics = UnsafeRawBufferPointer(rebasing: text[..<end]).ends(with: "\n# EOF")
  }

  private mutating func readAll(into table: inout MetricTable) throws(InputError) {
    met = Array(repeating: (0, .nan), count: table.count)
    var types: [String: ExposedType] = [:]
    while start < text.count {
      line += 1
      let end = text[start...].firstIndex(of: 0x0A)
      if end == nil, !isOpenMetrics { throw cutOff() }
      var stop = end ?? text.count
      if stop > start, text[stop - 1] == 0x0D { stop -= 1 }
      let at = blanks(from: start, to: stop)
      if at < stop {
        if text[at] == UInt8(ascii: "#") {
          try comment(at..<stop, &types)
        } else {
          try sample(at..<stop, &table)
        }
      }
      start = (end ?? text.count) + 1
    }
    table.types.merge(types) { own, _ in own }
  }

  // MARK: Lines

  private mutating func comment(_ range: Range<Int>, _ types: inout [String: ExposedType]) throws(InputError)
  {
    var at = blanks(from: range.lowerBound + 1, to: range.upperBound)
    let word = token(&at, range.upperBound)
    if isOpenMetrics, word.elementsEqual("EOF".utf8) {
      let rest = text[range.upperBound...].firstIndex { $0 > 0x20 }
      if rest != nil {
        throw wrong(range.lowerBound, found: "more behind # EOF", expected: "one snapshot", joined)
      }
    }
    guard word.elementsEqual("TYPE".utf8) else { return }
    at = blanks(from: at, to: range.upperBound)
    let name: String
    if at < range.upperBound, text[at] == 0x22 {
      name = try quoted(&at, range.upperBound)
    } else {
      name = String(decoding: token(&at, range.upperBound), as: UTF8.self)
    }
    at = blanks(from: at, to: range.upperBound)
    let place = at
    let type = String(decoding: token(&at, range.upperBound), as: UTF8.self)
    guard let known = ExposedType(rawValue: type) else {
      throw wrong(
        place, found: "the type \(UntrustedText.quoted(type))",
        expected: "one of " + ExposedType.allCases.map(\.rawValue).joined(separator: ", "))
    }
    if let before = types.updateValue(known, forKey: name), before != known {
      throw wrong(
        place,
        found: "the type \(type) of \(UntrustedText.quoted(name, limit: 80)), which was a \(before.rawValue)",
        expected: "one type for a metric", joined)
    }
  }

  private mutating func sample(_ range: Range<Int>, _ table: inout MetricTable) throws(InputError) {
    var at = try endOfSeries(range)
    let spelling = text[range.lowerBound..<at]
    let series = try number(of: spelling, &table)
    let isClosed = text[at - 1] == UInt8(ascii: "}")
    let afterSeries = at
    at = blanks(from: at, to: range.upperBound)
    if at == afterSeries && !isClosed || at == range.upperBound {
      throw wrong(at, found: "no value", expected: "a number behind the series", cut)
    }
    let value = try self.value(&at, range.upperBound)
    at = blanks(from: at, to: range.upperBound)
    var time = Double.nan
    if at < range.upperBound, text[at] != UInt8(ascii: "#") {
      time = try self.time(&at, range.upperBound)
      at = blanks(from: at, to: range.upperBound)
    }
    if at < range.upperBound { try exemplar(at) }
    try note(series, time, at: range.lowerBound, table)
    if value.isFinite { content.samples.append(MetricFile.Sample(series: series, time: time, value: value)) }
    content.numberless.note(value, of: series)
  }

  /// An exemplar is an observation that somebody picked: it says nothing of all, and is not read.
  private func exemplar(_ at: Int) throws(InputError) {
    let next = blanks(from: at + 1, to: text.count)
    guard text[at] == UInt8(ascii: "#"), next < text.count, text[next] == UInt8(ascii: "{") else {
      throw wrong(at, found: shown(at), expected: "the end of the line")
    }
    guard isOpenMetrics else {
      throw wrong(
        at, found: "an exemplar, in a text without # EOF at its end", expected: "a whole text of OpenMetrics",
        cut)
    }
  }

  /// Notes where a series was met: twice it may be only at a later time.
  private mutating func note(
    _ series: Int32, _ time: Double, at place: Int, _ table: MetricTable
  ) throws(InputError) {
    let index = Int(series)
    while met.count <= index { met.append((0, .nan)) }
    let before = met[index]
    met[index] = (Int32(clamping: line), time)
    guard before.line > 0 else { return }
    guard time > before.time else {
      throw wrong(
        place,
        found:
          "\(UntrustedText.quoted(table.names[Int(table.nameOfSeries[index])], limit: 80)) with the same labels"
          + " a second time, first in line \(before.line)",
        expected: "every series once, or each time with a later timestamp", joined)
    }
    content.isTimeline = true
  }

  // MARK: Numbers

  private func value(_ at: inout Int, _ end: Int) throws(InputError) -> Double {
    let place = at
    if text[at] == UInt8(ascii: "{") { throw composite(at) }
    let word = token(&at, end)
    if let value = ExposedNumber.value(of: word) { return value }
    throw wrong(place, found: shown(place), expected: "a number, NaN, +Inf or -Inf")
  }

  private func time(_ at: inout Int, _ end: Int) throws(InputError) -> Double {
    let place = at
    let word = token(&at, end)
    guard let number = ExposedNumber.value(of: word), number.isFinite else {
      throw wrong(place, found: shown(place), expected: "a timestamp or the end of the line")
    }
    let seconds = isOpenMetrics ? number : number / 1_000
    guard ExposedNumber.isPossible(time: seconds) else {
      throw wrong(
        place, found: "the time \(UntrustedText.quoted(UnsafeRawBufferPointer(rebasing: word)))",
        expected: isOpenMetrics
          ? "seconds since 1970, in the years 2000 to 2100"
          : "milliseconds since 1970, in the years 2000 to 2100",
        isOpenMetrics
          ? "write the text as its exporter does"
          : "a text of OpenMetrics, which has seconds, ends with # EOF")
    }
    return seconds
  }

  // MARK: Text

  func blanks(from start: Int, to end: Int) -> Int {
    var at = start
    while at < end, text[at] == 0x20 || text[at] == 0x09 { at += 1 }
    return at
  }

  private func token(_ at: inout Int, _ end: Int) -> Slice<UnsafeRawBufferPointer> {
    let start = at
    while at < end, text[at] != 0x20, text[at] != 0x09 { at += 1 }
    return text[start..<at]
  }

  func shown(_ at: Int) -> String {
    let rest = text[at...].prefix { $0 != 0x0A && $0 != 0x0D }
    return rest.isEmpty ? "the end of the line" : UntrustedText.quoted(UnsafeRawBufferPointer(rebasing: rest))
  }

  // MARK: What is wrong

  private let joined = "write each snapshot to a file of its own, as the system gives it"
  let cut = "take the snapshot again: it may have been cut off"
  let escaped = "an exporter that does not escape quotes in labels has to be repaired"

  func composite(_ at: Int) -> InputError {
    wrong(
      at, found: "a value of several parts, as the draft of OpenMetrics 2.0 has them", expected: "a number",
      "ask for text/plain; version=0.0.4, or for the metric by Prometheus' API query_range")
  }

  private func cutOff() -> InputError {
    wrong(start, found: "a last line without its end", expected: "a line break behind every line", cut)
  }

  func wrong(
    _ at: Int, found: String, expected: String, _ remedy: String = "pass the text as the system gives it"
  ) -> InputError {
    let column = text[start..<min(at, text.count)].count { $0 & 0xC0 != 0x80 } + 1
    return InputError(
      .malformed, file: content.path, place: .text(line: line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}

extension UnsafeRawBufferPointer {
  fileprivate func ends(with end: String) -> Bool {
    suffix(end.utf8.count).elementsEqual(end.utf8)
  }
}
