import SLOSupport

/// The steps over bytes that the strict pass and the lazy views share. Every function takes an offset and
/// returns one; none reads at or behind `count`.
enum JSONScanner {
  /// The offset of the first byte that is no blank.
  @inline(__always)
  static func skipBlanks(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    var at = start
    while at < count, base[at] <= 0x20, isBlank(base[at]) {
      at += 1
      // Indentation: eight blanks at a time, then what is left of them at once.
      while at + 8 <= count {
        let others = word(base, at) ^ 0x2020_2020_2020_2020
        at += others == 0 ? 8 : others.trailingZeroBitCount / 8
        if others != 0 { break }
      }
    }
    return at
  }

  /// The offset of the first byte of a string's content that is not plain ASCII text: a quote, a backslash,
  /// a control character or part of a longer scalar.
  @inline(__always)
  static func skipPlain(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    var at = start
    while at + 16 <= count {
      let bytes = UnsafeRawPointer(base + at).loadUnaligned(as: SIMD16<Int8>.self)
      // As signed numbers, control characters and all parts of longer scalars are less than a blank.
      let stops = (bytes .== quotes) .| (bytes .== backslashes) .| (bytes .< blanks)
      let halves = unsafeBitCast(stops, to: SIMD2<UInt64>.self)
      if halves[0] != 0 { return at + halves[0].littleEndian.trailingZeroBitCount / 8 }
      if halves[1] != 0 { return at + 8 + halves[1].littleEndian.trailingZeroBitCount / 8 }
      at += 16
    }
    while at < count, isPlain(base[at]) { at += 1 }
    return at
  }

  /// The offset behind a string that starts at `start`, or `count` where it has no end.
  static func skipString(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    var at = start + 1
    while true {
      at = skipPlain(base, at, count)
      if at >= count { return count }
      if base[at] == UInt8(ascii: "\"") { return at + 1 }
      at += base[at] == UInt8(ascii: "\\") ? 2 : 1
    }
  }

  /// The offset behind the value that starts at `start`, or `count` where it has no end: brackets are
  /// counted, nothing is checked.
  static func skipValue(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Int {
    var at = start
    var depth = 0
    while at < count {
      switch base[at] {
      case UInt8(ascii: "\""): at = skipString(base, at, count)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        depth += 1
        at += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        // A scalar ends before the bracket of its container.
        if depth == 0 { return at }
        depth -= 1
        at += 1
      case UInt8(ascii: ","), UInt8(ascii: ":"), 0...0x20:
        at += 1
        continue
      default: repeat { at += 1 } while at < count && isWord(base[at])
      }
      if depth == 0 { return at }
    }
    return count
  }

  /// Whether a byte may stand in a number or a literal.
  @inline(__always)
  static func isWord(_ byte: UInt8) -> Bool {
    byte.isDigit || byte.isLetter
      || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// Whether two runs of bytes are the same.
  @inline(__always)
  static func isEqual(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Bool {
    guard first.count == second.count else { return false }
    for position in 0..<first.count where first[position] != second[position] { return false }
    return true
  }

  /// The value of a hexadecimal digit.
  static func hexDigit(_ byte: UInt8) -> UInt32? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - 48)
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - 87)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - 55)
    default: nil
    }
  }

  @inline(__always)
  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  // Computed, because a stored one is looked up at every use; sixteen numbers each, because Swift compares
  // against a single one lane by lane.

  private static var quotes: SIMD16<Int8> { SIMD16(repeating: 0x22) }
  private static var backslashes: SIMD16<Int8> { SIMD16(repeating: 0x5C) }
  private static var blanks: SIMD16<Int8> { SIMD16(repeating: 0x20) }

  @inline(__always)
  private static func word(_ base: UnsafePointer<UInt8>, _ at: Int) -> UInt64 {
    UInt64(littleEndian: UnsafeRawPointer(base + at).loadUnaligned(as: UInt64.self))
  }
}

/// A place in a container of a valid text that moves on from value to value. It lives no longer than the
/// document that lends it.
struct JSONCursor {
  /// The offset of the key or value it is at.
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

  /// Whether it is at the container's closing bracket.
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
