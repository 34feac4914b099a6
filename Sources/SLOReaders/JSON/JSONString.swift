/// The text of a JSON string.
enum JSONString {
  /// Decodes what stands between the quotes of a valid JSON string.
  static func decoded(_ bytes: UnsafeRawBufferPointer) -> String {
    guard bytes.contains(UInt8(ascii: "\\")) else { return String(decoding: bytes, as: UTF8.self) }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var at = 0
    while at < bytes.count {
      if bytes[at] == UInt8(ascii: "\\") {
        at = unescape(bytes, at + 1, into: &text)
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes the escape whose letter is at `at`; returns the offset behind it.
  private static func unescape(_ bytes: UnsafeRawBufferPointer, _ at: Int, into text: inout [UInt8]) -> Int {
    switch bytes[at] {
    case UInt8(ascii: "n"): text.append(0x0A)
    case UInt8(ascii: "t"): text.append(0x09)
    case UInt8(ascii: "r"): text.append(0x0D)
    case UInt8(ascii: "b"): text.append(0x08)
    case UInt8(ascii: "f"): text.append(0x0C)
    case UInt8(ascii: "u"): return unescapeUnicode(bytes, at, into: &text)
    default: text.append(bytes[at])
    }
    return at + 1
  }

  private static func unescapeUnicode(
    _ bytes: UnsafeRawBufferPointer, _ at: Int, into text: inout [UInt8]
  ) -> Int {
    var value = unit(bytes, at + 1)
    var end = at + 5
    if (0xD800..<0xDC00).contains(value), end + 5 < bytes.count, bytes[end] == UInt8(ascii: "\\"),
      bytes[end + 1] == UInt8(ascii: "u"), case let low = unit(bytes, end + 2),
      (0xDC00..<0xE000).contains(low)
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      end += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    return end
  }

  private static func unit(_ bytes: UnsafeRawBufferPointer, _ at: Int) -> UInt32 {
    (at..<at + 4).reduce(0) { $0 << 4 | (JSONScanner.hexDigit(bytes[$1]) ?? 0) }
  }
}
