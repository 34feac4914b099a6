internal import Glibc

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
  private(set) var kinds = SampleSeriesTable()
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
    kinds = SampleSeriesTable()
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

  /// The time of the last sample, with what is behind it, to be compared as bytes.
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
    guard var frame = frame(at: line, limit, expected) else { return nil }
    var at = line + templates.frames[frame].head.count
    guard readTime(&at, limit, &last), let number = SampleNumber(at: at, limit: limit),
      let tail = tail(at: number.end, limit, expected, previous, frame),
      let end = suffix(number.end + templates.tails[tail].count, limit, &frame, head: line),
      let template = templates.template(frame: frame, tail: tail, kinds: &kinds)
    else { return nil }
    if previous >= 0, template != expected { templates.follow(previous, by: template) }
    let place = kinds.place(of: templates.templates[Int(template)].kind, in: &block)
    block.append(number.value, at: last.moment, place: place, line: block.lines)
    return (template, end)
  }

  /// The frame whose head a line begins with: first the expected one, then any.
  @inline(__always)
  private func frame(
    at line: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ expected: Int32
  ) -> Int? {
    if expected >= 0, case let frame = templates.templates[Int(expected)].frame,
      templates.frames[frame].head.stands(at: line, before: limit)
    {
      return frame
    }
    return templates.frames.firstIndex { $0.head.stands(at: line, before: limit) }
  }

  /// The tail at an address: first the expected one, then that of the last line, then any.
  @inline(__always)
  private mutating func tail(
    at: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ expected: Int32, _ previous: Int32,
    _ frame: Int
  ) -> Int? {
    for guess in [expected, previous] where guess >= 0 {
      let tail = templates.templates[Int(guess)].tail
      if templates.tails[tail].stands(at: at, before: limit) { return tail }
    }
    return knownTail(at, limit, frame) ?? newTail(at, limit, frame)
  }

  /// The tail that ends where the suffix of a frame begins, if it is known.
  private func knownTail(
    _ at: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ frame: Int
  ) -> Int? {
    guard let newline = memchr(at, 10, limit - at) else { return nil }
    let line = UnsafeRawPointer(newline) - UnsafeRawPointer(at) + 1
    let count = line - templates.frames[frame].suffix.count
    return count > 0 ? templates.tail(UnsafeRawBufferPointer(start: at, count: count)) : nil
  }

  /// The tail whose tags are a flat object, wherever it ends, learnt where it is new.
  private mutating func newTail(
    _ at: UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ frame: Int
  ) -> Int? {
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
  /// one head the suffix decides which it is.
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

  /// Reads a time and what follows it, which nearly always are those of the last line; moves behind both.
  @inline(__always)
  private mutating func readTime(
    _ at: inout UnsafePointer<UInt8>, _ limit: UnsafePointer<UInt8>, _ last: inout Last
  ) -> Bool {
    if last.time.count > 0, last.time.stands(at: at, before: limit) {
      at += last.time.count
      return true
    }
    var end = at
    while end < limit, end.pointee != UInt8(ascii: "\"") { end += 1 }
    let middle = LineTemplates.middle.bytes
    guard middle.stands(at: end, before: limit),
      let moment = clock.nanoseconds(rfc3339: UnsafeBufferPointer(start: at, count: end - at))
    else { return false }
    last = Last(time: UnsafeRawBufferPointer(start: at, count: end - at + middle.count), moment: moment)
    at += last.time.count
    return true
  }

  /// Reads a line by the general parser, and learns from it.
  private mutating func parse(
    _ line: UnsafeRawBufferPointer, _ block: inout SampleBlock
  ) throws(InputError) {
    if ConsoleLine.isOne(line) { return block.appendConsole(line) }
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
    case .stranger: block.appendConsole(line)
    case .declaration: block.declarations.append(Array(line))
    case .point(let point):
      let tags = UnsafeRawBufferPointer(rebasing: line[point.tagsRange ?? 0..<0])
      let kind = kinds.number(
        metric: kinds.number(ofMetric: point.metric), tags: kinds.number(ofTags: tags))
      block.append(
        point.value, at: point.time, place: kinds.place(of: kind, in: &block), line: block.lines)
      if usesTemplates { templates.learn(point, in: line, kinds: &kinds) }
    }
  }
}
