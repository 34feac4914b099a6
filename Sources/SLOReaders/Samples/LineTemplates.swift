#if canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// Lines that the general parser has read, as patterns in which only time and value vary.
///
/// A line is `head time ","value": value tail`. k6 writes nine lines a request that differ in little, and the
/// same few kinds of request over and over: so nearly every line is a head and a tail that were proven valid
/// before, round a time and a number, and is read by comparing bytes. Nothing is assumed of the order of keys
/// or of spacing; a line that fits no pattern goes to the general parser, which may learn from it.
struct LineTemplates: ~Copyable {
  /// What stands between time and value.
  static let middle: StaticString = "\",\"value\":"
  /// More heads than this are not learnt; k6 writes one a metric.
  private static let headLimit = 256

  /// A head with a tail, which together name a kind.
  struct Template {
    var head: UnsafePointer<UInt8>
    var headCount: Int
    var tail: UnsafePointer<UInt8>
    var tailCount: Int
    /// The kind's number.
    var kind: Int32
    /// The template that followed it last: the best guess at the next line.
    var next: Int32
  }

  /// One end of a line: its bytes, the shape it belongs to, and what of the kind it holds.
  private struct End {
    var bytes: UnsafePointer<UInt8>
    var count: Int
    var shape: Int
    var metric: String?
    var tags: [UInt8]?
  }

  /// All templates; the first place is never a template, so that it can stand for none.
  private(set) var templates: [Template] = []
  private var heads: [End] = []
  private var tails: [End] = []
  private var tailTable = TailTable()
  private var shapes: [[UInt8]: Int] = [:]
  /// The template of each head and tail, by head; -1 for none.
  private var pairs: [[Int32]] = []

  /// How many tails are known.
  var tailCount: Int { tails.count }

  deinit {
    for end in heads { end.bytes.deallocate() }
    for end in tails { end.bytes.deallocate() }
  }
}

extension LineTemplates {
  /// The head a line begins with.
  @inline(__always)
  func head(at line: UnsafePointer<UInt8>, limit: UnsafePointer<UInt8>) -> Int? {
    heads.firstIndex { $0.count <= limit - line && memcmp($0.bytes, line, $0.count) == 0 }
  }

  /// The length of a head.
  func length(ofHead head: Int) -> Int { heads[head].count }

  /// The template of a head and a tail, learnt where both are known and have the same shape.
  @inline(__always)
  mutating func template(
    head: Int, tail: UnsafePointer<UInt8>, tailCount: Int, kinds: inout KindTable
  ) -> Int32? {
    guard let tail = tailTable.find(tail, tailCount) else { return nil }
    let known = tail < pairs[head].count ? pairs[head][tail] : -1
    return known >= 0 ? known : combine(head, tail, &kinds)
  }

  private mutating func combine(_ head: Int, _ tail: Int, _ kinds: inout KindTable) -> Int32? {
    let (first, last) = (heads[head], tails[tail])
    guard first.shape == last.shape, let metric = first.metric ?? last.metric else { return nil }
    let kind = kinds.number(of: KindTable.Kind(metric: metric, tags: first.tags ?? last.tags ?? []))
    let number = Int32(templates.count)
    templates.append(
      Template(
        head: first.bytes, headCount: first.count, tail: last.bytes, tailCount: last.count, kind: kind,
        next: number))
    while pairs[head].count <= tail { pairs[head].append(-1) }
    pairs[head][tail] = number
    return number
  }

  /// Notes which template followed another.
  @inline(__always)
  mutating func follow(_ previous: Int32, by next: Int32) { templates[Int(previous)].next = next }
}

extension LineTemplates {
  /// Learns the ends of a line that the general parser has read; `line` ends with its newline.
  mutating func learn(_ point: SampleLine.Point, in line: UnsafeRawBufferPointer, kinds: inout KindTable) {
    guard heads.count < LineTemplates.headLimit, line.last == UInt8(ascii: "\n"),
      point.timeRange.upperBound < point.valueRange.lowerBound,
      LineTemplates.isMiddle(line[point.timeRange.upperBound..<point.valueRange.lowerBound])
    else { return }
    let headRange = 0..<point.timeRange.lowerBound
    let tailRange = point.valueRange.upperBound..<line.count
    let shape = shape(of: point, in: line, headRange, tailRange)
    let head =
      head(at: address(line), limit: address(line) + line.count)
      ?? {
        heads.append(LineTemplates.end(headRange, of: point, in: line, shape: shape))
        pairs.append([])
        return heads.count - 1
      }()
    if tailTable.find(address(line) + tailRange.lowerBound, tailRange.count) == nil {
      let end = LineTemplates.end(tailRange, of: point, in: line, shape: shape)
      tailTable.insert(end.bytes, end.count, tails.count)
      tails.append(end)
    }
    _ = template(
      head: head, tail: address(line) + tailRange.lowerBound, tailCount: tailRange.count, kinds: &kinds)
  }

  private func address(_ line: UnsafeRawBufferPointer) -> UnsafePointer<UInt8> {
    line.baseAddress.unsafelyUnwrapped.assumingMemoryBound(to: UInt8.self)
  }

  private static func isMiddle(_ bytes: Slice<UnsafeRawBufferPointer>) -> Bool {
    bytes.elementsEqual(UnsafeBufferPointer(start: middle.utf8Start, count: middle.utf8CodeUnitCount))
  }

  /// Lines have one shape where they differ only in metric, tags, time and value; heads and tails of two
  /// shapes do not go together.
  private mutating func shape(
    of point: SampleLine.Point, in line: UnsafeRawBufferPointer, _ head: Range<Int>, _ tail: Range<Int>
  ) -> Int {
    let cuts = [point.metricRange, point.timeRange, point.valueRange, point.tagsRange ?? 0..<0]
      .sorted { $0.lowerBound < $1.lowerBound }
    var key: [UInt8] = []
    var at = 0
    for cut in cuts {
      key += line[at..<cut.lowerBound]
      key.append(0)
      at = cut.upperBound
    }
    key += line[at...]
    if let known = shapes[key] { return known }
    shapes[key] = shapes.count
    return shapes.count - 1
  }

  private static func end(
    _ range: Range<Int>, of point: SampleLine.Point, in line: UnsafeRawBufferPointer, shape: Int
  ) -> End {
    let bytes = UnsafeMutablePointer<UInt8>.allocate(capacity: range.count)
    UnsafeMutableRawPointer(bytes).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: line[range]).baseAddress.unsafelyUnwrapped,
      byteCount: range.count)
    let tags = point.tagsRange.flatMap { range.contains($0.lowerBound) ? Array(line[$0]) : nil }
    return End(
      bytes: bytes, count: range.count, shape: shape,
      metric: range.contains(point.metricRange.lowerBound) ? point.metric : nil, tags: tags)
  }
}
