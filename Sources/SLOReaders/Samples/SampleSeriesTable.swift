import Glibc

/// The kinds of samples a decoder has met, by number.
///
/// A kind is a metric and the tags of a sample, as the bytes of the file. The same tags come with many metrics,
/// so metrics and tags have numbers of their own.
struct SampleSeriesTable: ~Copyable {
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

/// Runs of bytes by number: a hash table with open addressing whose every answer is proven by comparison.
///
/// The bytes belong to the caller and outlive the table.
struct TailTable {
  private struct Entry {
    var hash: UInt64
    var bytes: UnsafeRawBufferPointer
    var number: Int
  }

  private var slots: [Int32] = Array(repeating: -1, count: 256)
  private var entries: [Entry] = []

  /// The number of some bytes.
  @inline(__always)
  func find(_ bytes: UnsafeRawBufferPointer) -> Int? {
    let hash = TailTable.hash(bytes)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let entry = entries[Int(slots[slot])]
      if entry.hash == hash, entry.bytes.count == bytes.count,
        bytes.isEmpty
          || memcmp(
            entry.bytes.baseAddress.unsafelyUnwrapped, bytes.baseAddress.unsafelyUnwrapped, bytes.count) == 0
      {
        return entry.number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds bytes that are not in the table.
  mutating func insert(_ bytes: UnsafeRawBufferPointer, _ number: Int) {
    if entries.count * 2 >= slots.count { grow() }
    entries.append(Entry(hash: TailTable.hash(bytes), bytes: bytes, number: number))
    place(entries.count - 1)
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 2)
    for entry in entries.indices { place(entry) }
  }

  private mutating func place(_ entry: Int) {
    var slot = Int(truncatingIfNeeded: entries[entry].hash) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(entry)
  }

  /// Two lanes of multiply and rotate over sixteen bytes at a time.
  @inline(__always)
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var (left, right) = (UInt64(truncatingIfNeeded: bytes.count), 0x9E37_79B9_7F4A_7C15 as UInt64)
    var at = 0
    while at + 16 <= bytes.count {
      left = (left ^ bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x9FB2_1C65_1E98_DF25
      right = (right ^ bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self)) &* 0xD6E8_FEB8_6659_FD93
      left ^= left >> 32
      right ^= right >> 29
      at += 16
    }
    while at < bytes.count {
      left = (left ^ UInt64(bytes[at])) &* 0x9FB2_1C65_1E98_DF25
      at += 1
    }
    left ^= right &* 0x2545_F491_4F6C_DD1D
    return left ^ left >> 31
  }
}
