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
    kinds = KindTable()
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
    var last = Last()
    while line < limit {
      block.lines += 1
      if usesTemplates, let found = match(line, limit, after: template, &last, &block) {
        template = found.template
        line = found.end
      } else {
        let end =
          memchr(line, 10, limit - line).map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) + 1 }
          ?? limit
        try parse(UnsafeRawBufferPointer(start: line, count: end - line), &block)
        last = Last()
        line = end
      }
    }
  }

  /// The time of the last sample, with what stands behind it, to be compared as bytes.
  private struct Last {
    var time = UnsafeRawBufferPointer(start: nil, count: 0)
    var moment = Int64.min
  }
}

extension NDJSONDecoder {
  /// Reads a line by a template.
  @inline(__always)
  private mutating func match(
    _ line: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, after previous: Int32, _ last: inout Last,
    _ block: inout SampleBlock
  ) -> (template: Int32, end: UnsafePointer<UInt8>)? {
    let expected = previous >= 0 ? templates.templates[Int(previous)].next : -1
    var frame = expected >= 0 ? templates.templates[Int(expected)].frame : -1
    if frame < 0 || !templates.frames[frame].head.stands(at: line, before: limit) {
      guard let found = templates.frames.firstIndex(where: { $0.head.stands(at: line, before: limit) }) else {
        return nil
      }
      frame = found
    }
    var at = line + templates.frames[frame].head.count
    let time = at
    var moment = last.moment
    if last.time.count > 0, last.time.stands(at: at, before: limit) {
      at += last.time.count
    } else {
      guard let next = readTime(&at, limit) else { return nil }
      moment = next
    }
    let timeEnd = at
    guard let number = SampleNumber(at: at, limit: limit) else { return nil }
    at = number.end
    let known = expected >= 0 ? templates.templates[Int(expected)].tail : -1
    var tail = known
    if known < 0 || !templates.tails[known].stands(at: at, before: limit) {
      guard let found = self.tail(at, limit, frame, previous) else { return nil }
      tail = found
    }
    at += templates.tails[tail].count
    guard let end = suffix(at, limit, &frame, head: line) else { return nil }
    let isExpected = expected >= 0 && tail == known && frame == templates.templates[Int(expected)].frame
    guard let template = isExpected ? expected : templates.template(frame: frame, tail: tail, kinds: &kinds)
    else {
      return nil
    }
    if previous >= 0, !isExpected { templates.follow(previous, by: template) }
    let place = kinds.place(of: templates.templates[Int(template)].kind, in: &block)
    block.append(number.value, at: moment, place: place)
    last = Last(time: UnsafeRawBufferPointer(start: time, count: timeEnd - time), moment: moment)
    return (template, end)
  }

  /// The tail at an address that was not expected there: that of the last line, one that is known, or a new one.
  private mutating func tail(
    _ at: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ frame: Int, _ previous: Int32
  ) -> Int? {
    if previous >= 0, case let tail = templates.templates[Int(previous)].tail,
      templates.tails[tail].stands(at: at, before: limit)
    {
      return tail
    }
    let suffix = templates.frames[frame].suffix.count
    if let newline = memchr(at, 10, limit - at),
      case let length = UnsafeRawPointer(newline) - UnsafeRawPointer(at) + 1 - suffix, length > 0,
      let tail = templates.tail(UnsafeRawBufferPointer(start: at, count: length))
    {
      return tail
    }
    let prefix = templates.frames[frame].prefix
    guard prefix.stands(at: at, before: limit),
      let end = FlatObject.end(at, at: prefix.count, limit: limit - at)
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: at, count: end)
    if let tail = templates.tail(bytes) { return tail }
    let tags = kinds.number(ofTags: UnsafeRawBufferPointer(rebasing: bytes[prefix.count...]))
    return templates.learn(tail: bytes, tags: tags)
  }

  /// The end of the line behind the tags, over metadata, which varies from line to line. Of several metrics with
  /// one head the suffix tells which it is.
  @inline(__always)
  private func suffix(
    _ at: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ frame: inout Int, head: UnsafePointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var at = at
    if templates.frames[frame].suffix.stands(at: at, before: limit) {
      return at + templates.frames[frame].suffix.count
    }
    if LineTemplates.metadata.bytes.stands(at: at, before: limit) {
      let start = LineTemplates.metadata.utf8CodeUnitCount
      guard let end = FlatObject.end(at, at: start, limit: limit - at) else { return nil }
      at += end
    }
    let prefix = templates.frames[frame].prefix
    guard
      let found = templates.frames.firstIndex(where: {
        $0.suffix.stands(at: at, before: limit) && $0.head.stands(at: head, before: limit)
          && $0.prefix.elementsEqual(prefix)
      })
    else { return nil }
    frame = found
    return at + templates.frames[found].suffix.count
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
    _ line: UnsafeRawBufferPointer, _ block: inout SampleBlock
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
      let tags = UnsafeRawBufferPointer(rebasing: line[point.tagsRange ?? 0..<0])
      let kind = kinds.number(
        metric: kinds.number(ofMetric: point.metric), tags: kinds.number(ofTags: tags))
      block.append(point.value, at: point.time, place: kinds.place(of: kind, in: &block))
      if usesTemplates { templates.learn(point, in: line, kinds: &kinds) }
    }
  }
}
