/// One record of k6's CSV, read by the general parser: any columns, quotes, line breaks within quotes.
struct CSVRecord {
  /// Where its first columns stand; the value is empty where there is none.
  let metric: Range<Int>
  let time: Range<Int>
  let value: Range<Int>
  /// What stands behind the value, with the comma before it, but for the metadata and the line end.
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

  /// Reads a time in any of the six forms of `timeFormat`. Nothing else in the file tells which it is.
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
