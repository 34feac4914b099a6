/// The kinds of samples a decoder has met, by number.
///
/// A kind is a metric and the tags of a sample, as the bytes of the file. The same tags come with many metrics,
/// so metrics and tags have numbers of their own.
struct KindTable: ~Copyable {
  /// What stays the same from line to line.
  struct Kind {
    /// The metric, by number.
    var metric: Int32
    /// The tags, by number.
    var tags: Int32
  }

  /// All of them, by number.
  private(set) var kinds: [Kind] = []
  /// The metrics' names, by number.
  private(set) var metrics: [String] = []

  /// The number of each metric's kind with some tags, by both numbers; -1 for none.
  private var numbers: [[Int32]] = []
  private var metricNumbers: [String: Int32] = [:]
  private var tagTable = TailTable()
  private var tags: [UnsafeRawBufferPointer] = []
  /// For each kind the last block it was seen in and its place there, so that no look-up is needed.
  private var marks: [(block: Int, place: UInt32)] = []

  deinit { for bytes in tags { bytes.deallocate() } }

  /// How many there are.
  var count: Int { kinds.count }

  /// How many different tags there are.
  var tagCount: Int { tags.count }

  /// The name of a kind's metric.
  func metric(of kind: Int32) -> String { metrics[Int(kinds[Int(kind)].metric)] }

  /// The bytes of a kind's tags, which the format knows how to read.
  func tags(of kind: Int32) -> UnsafeRawBufferPointer { bytes(ofTags: kinds[Int(kind)].tags) }

  /// The bytes of tags.
  func bytes(ofTags number: Int32) -> UnsafeRawBufferPointer { tags[Int(number)] }

  /// The number of a kind.
  mutating func number(metric: Int32, tags: Int32) -> Int32 {
    let missing = Int(tags) + 1 - numbers[Int(metric)].count
    if missing > 0 { numbers[Int(metric)] += repeatElement(-1, count: missing) }
    let known = numbers[Int(metric)][Int(tags)]
    if known >= 0 { return known }
    let number = Int32(kinds.count)
    numbers[Int(metric)][Int(tags)] = number
    kinds.append(Kind(metric: metric, tags: tags))
    marks.append((-1, 0))
    return number
  }

  /// The number of a metric.
  mutating func number(ofMetric name: String) -> Int32 {
    if let number = metricNumbers[name] { return number }
    let number = Int32(metrics.count)
    metricNumbers[name] = number
    metrics.append(name)
    numbers.append([])
    return number
  }

  /// The number of tags.
  mutating func number(ofTags bytes: UnsafeRawBufferPointer) -> Int32 {
    if let number = tagTable.find(bytes) { return Int32(number) }
    let copy = bytes.copied()
    tagTable.insert(copy, tags.count)
    tags.append(copy)
    return Int32(tags.count - 1)
  }

  /// The place of a kind in a block, which lists it from now on.
  @inline(__always)
  mutating func place(of kind: Int32, in block: inout SampleBlock) -> UInt32 {
    let mark = marks[Int(kind)]
    if mark.block == block.index { return mark.place }
    let place = UInt32(block.kinds.count)
    marks[Int(kind)] = (block.index, place)
    block.kinds.append(kind)
    return place
  }
}

extension UnsafeRawBufferPointer {
  /// A copy that its owner deallocates.
  func copied() -> UnsafeRawBufferPointer {
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: Swift.max(1, count), alignment: 1)
    copy.copyMemory(from: self)
    return UnsafeRawBufferPointer(rebasing: copy[..<count])
  }
}
