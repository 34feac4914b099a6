#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Turns lines of k6's NDJSON into blocks of samples.
///
/// The fast path compares a line with the template that is expected next, then with all templates; what fits
/// none goes through the general parser. Both give the same block.
struct NDJSONDecoder: SampleDecoder, ~Copyable {
  /// The file's name, for messages.
  let file: String
  /// Whether to compare with templates at all; tests turn it off to prove both paths equal.
  let usesTemplates: Bool
  /// The kinds met so far.
  private(set) var kinds = KindTable()
  private var templates = LineTemplates()
  private var clock = SampleTime()
  /// How many lines went through the general parser.
  private(set) var generalLines = 0

  /// Creates a decoder.
  init(file: String, usesTemplates: Bool = true) {
    self.file = file
    self.usesTemplates = usesTemplates
  }

  /// Forgets the kinds and templates, whose numbers start anew.
  mutating func forget() {
    kinds.removeAll()
    templates = LineTemplates()
  }

  /// Decodes whole lines; the last may lack its newline at the end of the text.
  /// - Throws: `malformed` for a line that is none of k6's, placed within these lines.
  mutating func decode(
    _ text: UnsafeRawBufferPointer, into block: inout SampleBlock, isLast: Bool
  ) throws(InputError) {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
    let limit = base + text.count
    var line = base
    var template: Int32 = -1
    // The time of the last sample with what stands behind it, to be compared as bytes.
    var (time, timeCount, moment) = (base, 0, Int64.min)
    while line < limit {
      block.lines += 1
      let expected = template >= 0 ? templates.templates[Int(template)].next : -1
      if usesTemplates,
        let found = match(line, limit, expected, &time, &timeCount, &moment, &block)
      {
        if template >= 0, found.template != expected { templates.follow(template, by: found.template) }
        template = found.template
        line = found.end
      } else {
        let end =
          memchr(line, 10, limit - line).map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) + 1 }
          ?? limit
        try parse(UnsafeRawBufferPointer(start: line, count: end - line), &moment, &block)
        timeCount = 0
        line = end
      }
    }
  }
}

extension NDJSONDecoder {
  /// Reads a line by a template.
  @inline(__always)
  private mutating func match(
    _ line: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ expected: Int32,
    _ time: inout UnsafePointer<UInt8>, _ timeCount: inout Int, _ moment: inout Int64,
    _ block: inout SampleBlock
  ) -> (template: Int32, end: UnsafePointer<UInt8>)? {
    var head = -1
    var at: UnsafePointer<UInt8>
    if expected >= 0, case let guess = templates.templates[Int(expected)], guess.headCount <= limit - line,
      memcmp(guess.head, line, guess.headCount) == 0
    {
      at = line + guess.headCount
    } else {
      guard let found = templates.head(at: line, limit: limit) else { return nil }
      head = found
      at = line + templates.length(ofHead: found)
    }
    var now = moment
    let start = at
    if timeCount > 0, timeCount <= limit - at, memcmp(time, at, timeCount) == 0 {
      at += timeCount
    } else {
      guard let next = readTime(&at, limit) else { return nil }
      now = next
    }
    let timeEnd = at
    guard let number = SampleNumber(at: at, limit: limit) else { return nil }
    at = number.end
    var found = expected
    if head < 0, case let guess = templates.templates[Int(expected)], guess.tailCount <= limit - at,
      memcmp(guess.tail, at, guess.tailCount) == 0
    {
      at += guess.tailCount
    } else {
      if head < 0 { head = templates.head(at: line, limit: limit) ?? -1 }
      guard let newline = memchr(at, 10, limit - at) else { return nil }
      let end = UnsafePointer(newline.assumingMemoryBound(to: UInt8.self)) + 1
      guard let template = templates.template(head: head, tail: at, tailCount: end - at, kinds: &kinds) else {
        return nil
      }
      found = template
      at = end
    }
    (time, timeCount) = (start, timeEnd - start)
    let place = kinds.place(of: templates.templates[Int(found)].kind, in: &block)
    block.append(number.value, at: now, place: place)
    moment = now
    return (found, at)
  }

  /// Reads a time and what follows it; moves behind both.
  @inline(__always)
  private mutating func readTime(_ at: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>) -> Int64? {
    var end = at
    while end < limit, end.pointee != UInt8(ascii: "\"") { end += 1 }
    let middle = LineTemplates.middle
    guard middle.utf8CodeUnitCount <= limit - end,
      memcmp(end, middle.utf8Start, middle.utf8CodeUnitCount) == 0,
      let time = clock.nanoseconds(rfc3339: UnsafeBufferPointer(start: at, count: end - at))
    else { return nil }
    at = end + middle.utf8CodeUnitCount
    return time
  }

  /// Reads a line by the general parser, and learns from it.
  private mutating func parse(
    _ line: UnsafeRawBufferPointer, _ moment: inout Int64, _ block: inout SampleBlock
  ) throws(InputError) {
    if ConsoleLine.isOne(line) { return block.consoleLines += ConsoleLine.isBlank(line) ? 0 : 1 }
    generalLines += 1
    let isWhole = line.last == UInt8(ascii: "\n")
    let body = UnsafeRawBufferPointer(rebasing: isWhole ? line.dropLast() : line[...])
    let parsed: SampleLine
    do {
      parsed = try SampleLine(Bytes(ByteStore(lending: body)), file: file, clock: &clock)
    } catch {
      if isWhole { throw error.shifted(byLines: block.lines - 1) }
      return block.isCut = true
    }
    switch parsed {
    case .declaration: block.declarations.append(Array(line))
    case .point(let point):
      let tags = point.tagsRange.map { Array(line[$0]) } ?? []
      let kind = kinds.number(of: KindTable.Kind(metric: point.metric, tags: tags))
      block.append(point.value, at: point.time, place: kinds.place(of: kind, in: &block))
      if usesTemplates { templates.learn(point, in: line, kinds: &kinds) }
    }
  }
}
