/// The kinds of samples a decoder has met, by number.
struct KindTable: ~Copyable {
  /// What stays the same from line to line.
  struct Kind: Hashable {
    /// The metric's name.
    var metric: String
    /// The tags as the bytes of the file, which the format knows how to read.
    var tags: [UInt8]

    /// Hashes the tags at once: an array alone would hash byte by byte.
    func hash(into hasher: inout Hasher) {
      hasher.combine(metric)
      tags.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
  }

  /// All of them, by number.
  private(set) var kinds: [Kind] = []
  private var numbers: [Kind: Int32] = [:]
  /// For each kind the last block it was seen in and its place there, so that no look-up is needed.
  private var marks: [(block: Int, place: UInt32)] = []

  /// How many there are.
  var count: Int { kinds.count }

  /// The number of a kind.
  mutating func number(of kind: Kind) -> Int32 {
    if let number = numbers[kind] { return number }
    let number = Int32(kinds.count)
    numbers[kind] = number
    kinds.append(kind)
    marks.append((-1, 0))
    return number
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

  /// Forgets all kinds.
  mutating func removeAll() {
    kinds.removeAll()
    numbers.removeAll()
    marks.removeAll()
  }
}
