internal import Glibc

/// Turns k6's CSV into blocks of samples.
///
/// The fast path compares a line with the metrics and tails met before; what it does not know goes through the
/// general parser. Both give the same block. Blocks come in the order of the text, for a quoted column may
/// hold line breaks: a record that a block ends in is read with the next one.
struct CSVDecoder: SampleDecoder, ~Copyable {
  /// The longest record that is accepted, so that a quote that is never closed does not fill the memory.
  static let recordLimit = 16 << 20

  /// The file's name, for messages.
  let file: String
  /// Whether to compare with templates at all; tests turn it off to prove both paths equal.
  let usesTemplates: Bool
  /// The kinds met so far.
  private(set) var kinds = SampleSeriesTable()
  private var header: CSVHeader?
  /// Of the header, kept apart for the fast path.
  private var hasMetadata = false
  private var templates = CSVTemplates()
  private var clock = SampleTime()
  /// The beginning of a record that goes on in the next block.
  private var rest: [UInt8] = []
  /// How many samples went through the general parser.
  private(set) var generalSamples = 0

  /// Creates a decoder.
  init(file: String, usesTemplates: Bool = true) {
    self.file = file
    self.usesTemplates = usesTemplates
  }

  /// Forgets the kinds and templates, whose numbers start anew; the header and a record begun stay.
  mutating func forget() {
    kinds = SampleSeriesTable()
    templates = CSVTemplates()
  }

  /// Decodes the next piece of the text.
  /// - Parameter isLast: whether the text ends with it.
  /// - Throws: `malformed` for a line that does not belong there, placed within this piece: a record that began
  ///   in an earlier one stands at a line before the first.
  mutating func decode(
    _ text: UnsafeRawBufferPointer, into block: inout SampleBlock, isLast: Bool
  ) throws(InputError) {
    if rest.isEmpty { return try read(text, &block, isLast) }
    let whole = Bytes(rest + text)
    // The lines of the rest were counted with the block they came in.
    block.lines -= rest.withUnsafeBytes { CSVDecoder.newlines($0[...]) }
    rest = []
    try whole.withBytes { whole throws(InputError) in try read(whole, &block, isLast) }
  }

  /// Reads records until the text ends or breaks off.
  private mutating func read(
    _ text: UnsafeRawBufferPointer, _ block: inout SampleBlock, _ isLast: Bool
  ) throws(InputError) {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let limit = base + text.count
    var line = base
    var last = Last(time: base, tail: base)
    while line < limit {
      if usesTemplates, let end = match(line, limit, &last, &block) {
        block.lines += 1
        line = end
        continue
      }
      let piece = UnsafeRawBufferPointer(start: line, count: limit - line)
      guard let count = try parse(piece, &block, isLast) else { return try keep(piece, &block) }
      block.lines += CSVDecoder.newlines(piece[..<(count - 1)]) + 1
      line += count
    }
  }

  private mutating func keep(
    _ piece: UnsafeRawBufferPointer, _ block: inout SampleBlock
  ) throws(InputError) {
    guard piece.count <= CSVDecoder.recordLimit else {
      throw fault(piece, block).endless(limit: CSVDecoder.recordLimit)
    }
    rest = Array(piece)
    block.lines += CSVDecoder.newlines(piece[...])
  }

  private static func newlines(_ text: Slice<UnsafeRawBufferPointer>) -> Int {
    var count = 0
    var at = text.startIndex
    while let newline = newline(in: text.base, from: at), newline < text.endIndex {
      count += 1
      at = newline + 1
    }
    return count
  }

  private static func newline(in text: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
    guard let base = text.baseAddress, let newline = memchr(base + start, 10, text.count - start) else {
      return nil
    }
    return UnsafeRawPointer(newline) - base
  }
}

extension CSVDecoder {
  /// What the last record said, to be compared with the next as bytes.
  private struct Last {
    var metric = -1
    /// The time and the comma behind it.
    var time: UnsafePointer<UInt8>
    var timeCount = 0
    var moment: Int64 = 0
    var tail: UnsafePointer<UInt8>
    var tailCount = 0
    var tailNumber = -1
  }

  /// Reads a record of a known metric with a known tail.
  /// - Returns: the byte behind it.
  @inline(__always)
  private mutating func match(
    _ line: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ last: inout Last,
    _ block: inout SampleBlock
  ) -> UnsafePointer<UInt8>? {
    guard let metric = templates.metric(at: line, limit: limit, after: last.metric) else { return nil }
    var at = metric.end
    if last.timeCount > 0, last.timeCount <= limit - at, memcmp(last.time, at, last.timeCount) == 0 {
      at += last.timeCount
    } else {
      guard readTime(&at, limit, &last) else { return nil }
    }
    guard let number = SampleNumber(at: at, limit: limit),
      let newline = memchr(number.end, 10, limit - number.end)
    else { return nil }
    let end = UnsafePointer(newline.assumingMemoryBound(to: UInt8.self))
    guard let tail = tail(from: number.end, to: end, &last) else { return nil }
    last.metric = metric.number
    let kind = templates.kind(metric.number, tail, &kinds)
    block.append(
      number.value, at: last.moment, place: kinds.place(of: kind, in: &block), line: block.lines + 1)
    return end + 1
  }

  /// Reads a time and the comma behind it; moves behind both.
  @inline(__always)
  private mutating func readTime(
    _ at: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ last: inout Last
  ) -> Bool {
    let start = at
    while at < limit, at.pointee != UInt8(ascii: ","), at.pointee != UInt8(ascii: "\n") { at += 1 }
    let text = UnsafeRawBufferPointer(start: start, count: at - start)
    guard at < limit, at.pointee == UInt8(ascii: ","),
      let moment = CSVRecord.nanoseconds(text[...], &clock)
    else { return false }
    at += 1
    (last.time, last.timeCount, last.moment) = (start, at - start, moment)
    return true
  }

  /// The number of the tail between a value and the end of its line.
  @inline(__always)
  private mutating func tail(
    from start: UnsafePointer<UInt8>, to newline: UnsafePointer<UInt8>, _ last: inout Last
  ) -> Int? {
    if last.tailNumber >= 0, last.tailCount == newline - start, memcmp(last.tail, start, last.tailCount) == 0
    {
      return last.tailNumber
    }
    guard let end = tailEnd(start, newline) else { return nil }
    let bytes = UnsafeRawBufferPointer(start: start, count: end - start)
    guard let tail = templates.tail(bytes) ?? newTail(bytes) else { return nil }
    (last.tail, last.tailCount, last.tailNumber) = (start, newline - start, tail)
    return tail
  }

  /// Learns a tail without quotes that has a comma in front of each of its columns.
  private mutating func newTail(_ bytes: UnsafeRawBufferPointer) -> Int? {
    var (commas, quotes) = (0, 0)
    for byte in bytes {
      commas += byte == UInt8(ascii: ",") ? 1 : 0
      quotes += byte == UInt8(ascii: "\"") ? 1 : 0
    }
    let isWhole = quotes == 0 && commas == header?.tagColumns.count && bytes.first == UInt8(ascii: ",")
    return isWhole ? templates.learn(tail: bytes, kinds: &kinds) : nil
  }

  /// Where the columns but for the metadata end; nil where quotes hide it.
  @inline(__always)
  private func tailEnd(
    _ start: UnsafePointer<UInt8>, _ newline: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var end = newline
    guard hasMetadata else {
      return end > start && (end - 1).pointee == UInt8(ascii: "\r") ? end - 1 : end
    }
    repeat {
      guard end > start, (end - 1).pointee != UInt8(ascii: "\"") else { return nil }
      end -= 1
    } while end.pointee != UInt8(ascii: ",")
    return end
  }
}

extension CSVDecoder {
  /// Reads by the general parser what a text begins with.
  /// - Returns: its length; nil where it goes on behind the text.
  private mutating func parse(
    _ text: UnsafeRawBufferPointer, _ block: inout SampleBlock, _ isLast: Bool
  ) throws(InputError) -> Int? {
    let newline = CSVDecoder.newline(in: text)
    guard newline != nil || isLast else { return nil }
    let line = UnsafeRawBufferPointer(rebasing: text[...(newline ?? text.count - 1)])
    guard let header else {
      if CSVHeader.isOne(line) { begin(line, &block) } else { block.appendConsole(line) }
      return line.count
    }
    guard let record = CSVRecord(text, lineCount: line.count, hasMetadata: hasMetadata, clock: &clock) else {
      try addStranger(line, header, &block)
      return line.count
    }
    if !record.isLine, !isLast { return nil }
    // k6 ends every record with a newline: without it the last column may be half of what it was.
    if record.isOpen || !record.isLine && record.count <= header.columns.count {
      block.isCut = true
    } else {
      try add(record, text, header, &block)
    }
    return record.end
  }

  private mutating func begin(_ line: UnsafeRawBufferPointer, _ block: inout SampleBlock) {
    let header = CSVHeader(Array(line))
    self.header = header
    hasMetadata = header.hasMetadata
    block.declarations.append(Array(line))
  }

  /// Judges a line whose second column is no time.
  private func addStranger(
    _ line: UnsafeRawBufferPointer, _ header: CSVHeader, _ block: inout SampleBlock
  ) throws(InputError) {
    var fields = CSVFields(line)
    var places: [Range<Int>] = []
    while let field = fields.next() { places.append(field) }
    if CSVHeader.isOne(line) { throw fault(line, block).secondHeader() }
    if places.count == header.columns.count { throw fault(line, block).time(places[1]) }
    let isCut = line.last != UInt8(ascii: "\n") && places.count < header.columns.count
    if isCut, !ConsoleLine.isBlank(line) {
      block.isCut = true
    } else {
      block.appendConsole(line)
    }
  }

  private mutating func add(
    _ record: CSVRecord, _ text: UnsafeRawBufferPointer, _ header: CSVHeader, _ block: inout SampleBlock
  ) throws(InputError) {
    generalSamples += 1
    guard record.count == header.columns.count else {
      throw fault(text, block).columns(record.count, expected: header.columns.count)
    }
    guard let value = CSVRecord.number(text[record.value]) else {
      throw fault(text, block).value(record.value)
    }
    let name = CSVFields.unquoted(text[record.metric])
    let tags = UnsafeRawBufferPointer(rebasing: text[record.tail].dropFirst())
    let metric = kinds.number(ofMetric: name)
    let kind = kinds.number(metric: metric, tags: kinds.number(ofTags: tags))
    block.append(
      value, at: record.moment, place: kinds.place(of: kind, in: &block), line: block.lines + 1)
    if usesTemplates, CSVDecoder.newlines(text[..<(record.end - 1)]) == 0 {
      templates.learn(record, metric: metric, in: text, kinds: &kinds)
    }
  }

  private func fault(_ text: UnsafeRawBufferPointer, _ block: borrowing SampleBlock) -> CSVFault {
    CSVFault(file: file, text: text, lines: block.lines)
  }
}
