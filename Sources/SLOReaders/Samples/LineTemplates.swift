internal import Glibc

/// Lines that the general parser has read, as patterns in which only time and value vary.
///
/// A line is `head time ","value": value tail suffix`: the tail ends with the tags, and the suffix may have
/// `,"metadata":{…}` in front. k6 writes nine lines a request that differ in little, and the same few kinds of
/// request over and over: so nearly every line is made of pieces that were proven valid before, round a time
/// and a number, and is read by comparing bytes. Nothing is assumed of the order of keys or of spacing; a line
/// that fits no pattern goes to the general parser, which may learn from it.
struct LineTemplates: ~Copyable {
  /// What is between time and value.
  static let middle: StaticString = "\",\"value\":"
  /// What is between the tags and metadata.
  static let metadata: StaticString = ",\"metadata\":"
  /// More frames than this are not learnt; k6 writes one a metric.
  private static let frameLimit = 256

  /// A head and a suffix that stood in one line, and so name a metric.
  struct Frame {
    /// From the line's beginning to the time.
    var head: UnsafeRawBufferPointer
    /// What is between the value and the tags.
    var prefix: UnsafeRawBufferPointer
    /// What follows tags and metadata, to the line's end and with it.
    var suffix: UnsafeRawBufferPointer
    /// The metric, by number.
    var metric: Int32
    /// The template of the frame with each tail; -1 for none.
    var templates: [Int32] = []
  }

  /// A frame with a tail, which together name a kind.
  struct Template {
    var frame: Int
    var tail: Int
    /// The kind's number.
    var kind: Int32
    /// The template that followed it last: the best guess at the next line.
    var next: Int32
  }

  /// All templates, by number.
  private(set) var templates: [Template] = []
  /// All frames, by number.
  private(set) var frames: [Frame] = []
  /// All tails, by number: what is behind the value, to the end of the tags.
  private(set) var tails: [UnsafeRawBufferPointer] = []
  private var tailTable = TailTable()
  /// The tags of each tail, by number.
  private var tagNumbers: [Int32] = []

  deinit {
    for frame in frames { for bytes in [frame.head, frame.prefix, frame.suffix] { bytes.deallocate() } }
    for tail in tails { tail.deallocate() }
  }
}

extension LineTemplates {
  /// The number of a tail that is known.
  @inline(__always)
  func tail(_ bytes: UnsafeRawBufferPointer) -> Int? { tailTable.find(bytes) }

  /// The template of a frame and a tail; nil where they stood in lines of different shape.
  @inline(__always)
  mutating func template(frame: Int, tail: Int, kinds: inout SampleSeriesTable) -> Int32? {
    let known = tail < frames[frame].templates.count ? frames[frame].templates[tail] : -1
    return known >= 0 ? known : combine(frame, tail, &kinds)
  }

  private mutating func combine(_ frame: Int, _ tail: Int, _ kinds: inout SampleSeriesTable) -> Int32? {
    guard tails[tail].starts(with: frames[frame].prefix) else { return nil }
    let number = Int32(templates.count)
    let kind = kinds.number(metric: frames[frame].metric, tags: tagNumbers[tail])
    templates.append(Template(frame: frame, tail: tail, kind: kind, next: number))
    let missing = tail + 1 - frames[frame].templates.count
    if missing > 0 { frames[frame].templates += repeatElement(-1, count: missing) }
    frames[frame].templates[tail] = number
    return number
  }

  /// Notes which template followed another.
  @inline(__always)
  mutating func follow(_ previous: Int32, by next: Int32) { templates[Int(previous)].next = next }

  /// Learns a tail whose tags were proven valid.
  mutating func learn(tail: UnsafeRawBufferPointer, tags: Int32) -> Int {
    let copy = tail.copied()
    tailTable.insert(copy, tails.count)
    tails.append(copy)
    tagNumbers.append(tags)
    return tails.count - 1
  }

  /// Learns the pieces of a line that the general parser has read; `line` ends with its newline.
  mutating func learn(
    _ point: SampleLine.Point, in line: UnsafeRawBufferPointer, kinds: inout SampleSeriesTable
  ) {
    guard frames.count < LineTemplates.frameLimit, line.last == UInt8(ascii: "\n"),
      let tags = point.tagsRange,
      point.timeRange.upperBound < point.valueRange.lowerBound, point.valueRange.upperBound < tags.lowerBound,
      line[point.timeRange.upperBound..<point.valueRange.lowerBound].elementsEqual(LineTemplates.middle.bytes)
    else { return }
    var suffix = tags.upperBound..<line.count
    if let metadata = point.metadataRange {
      guard tags.upperBound < metadata.lowerBound,
        line[tags.upperBound..<metadata.lowerBound].elementsEqual(LineTemplates.metadata.bytes)
      else { return }
      suffix = metadata.upperBound..<line.count
    }
    // Metadata is looked for behind the tags and nowhere else.
    let rest = [0..<point.timeRange.lowerBound, point.valueRange.upperBound..<tags.lowerBound, suffix]
    if rest.contains(where: { line[$0].contains("\"metadata\"") }) { return }
    let pieces = rest.map { UnsafeRawBufferPointer(rebasing: line[$0]) }
    if !frames.contains(where: {
      zip([$0.head, $0.prefix, $0.suffix], pieces).allSatisfy { $0.elementsEqual($1) }
    }) {
      frames.append(
        Frame(
          head: pieces[0].copied(), prefix: pieces[1].copied(), suffix: pieces[2].copied(),
          metric: kinds.number(ofMetric: point.metric)))
    }
    let tail = UnsafeRawBufferPointer(rebasing: line[point.valueRange.upperBound..<tags.upperBound])
    if tailTable.find(tail) == nil {
      _ = learn(tail: tail, tags: kinds.number(ofTags: UnsafeRawBufferPointer(rebasing: line[tags])))
    }
  }
}

extension Slice<UnsafeRawBufferPointer> {
  /// Whether a word occurs in these bytes.
  func contains(_ word: StaticString) -> Bool {
    indices.dropLast(word.utf8CodeUnitCount - 1).contains {
      self[$0] == word.bytes[0] && self[$0...].starts(with: word.bytes)
    }
  }
}

extension StaticString {
  /// Its UTF-8.
  var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: utf8Start, count: utf8CodeUnitCount)
  }
}

extension UnsafeRawBufferPointer {
  /// Whether these bytes stand at an address.
  @inline(__always)
  func stands(at address: UnsafePointer<UInt8>, before limit: UnsafePointer<UInt8>) -> Bool {
    count <= limit - address && memcmp(baseAddress.unsafelyUnwrapped, address, count) == 0
  }
}
