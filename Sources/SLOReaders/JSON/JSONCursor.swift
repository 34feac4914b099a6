/// A place in a container of a valid text that moves on from value to value. It lives no longer than the
/// document that lends it.
struct JSONCursor {
  /// The offset of the key or value it stands at.
  private(set) var offset: Int

  private let base: UnsafePointer<UInt8>
  private let count: Int
  private let large: [JSONValidator.Span]
  /// The first large container that does not start before `offset`.
  private var next: Int

  /// Stands at the first key or value in the container that starts at `container`.
  init(base: UnsafePointer<UInt8>, count: Int, large: [JSONValidator.Span], container: Int) {
    self.base = base
    self.count = count
    self.large = large
    offset = JSONScanner.skipBlanks(base, container + 1, count)
    next = JSONCursor.firstSpan(from: offset, in: large)
  }

  /// Whether it stands at the container's closing bracket.
  var isAtEnd: Bool { base[offset] == UInt8(ascii: "}") || base[offset] == UInt8(ascii: "]") }

  /// Goes from a key to its value.
  /// - Returns: where the key's text lies.
  mutating func skipKey() -> Range<Int> {
    let end = JSONScanner.skipString(base, offset, count)
    let key = offset + 1..<end - 1
    let colon = JSONScanner.skipBlanks(base, end, count)
    offset = JSONScanner.skipBlanks(base, colon + 1, count)
    return key
  }

  /// Goes from a value to the key or value behind it. Large containers are known and jumped over.
  mutating func skipValue() {
    while next < large.count, large[next].start < offset { next += 1 }
    let isLarge = next < large.count && large[next].start == offset
    offset = isLarge ? large[next].end : JSONScanner.skipValue(base, offset, count)
    offset = JSONScanner.skipBlanks(base, offset, count)
    if base[offset] == UInt8(ascii: ",") { offset = JSONScanner.skipBlanks(base, offset + 1, count) }
  }

  private static func firstSpan(from offset: Int, in spans: [JSONValidator.Span]) -> Int {
    var (low, high) = (0, spans.count)
    while low < high {
      let middle = (low + high) / 2
      if spans[middle].start < offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
