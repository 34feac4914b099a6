/// Base64 (RFC 4648, section 4), padded.
package enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// Encodes bytes.
  package static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let word = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for digit in 0..<4 {
        let isPadding = digit > group.count
        text.append(isPadding ? UInt8(ascii: "=") : alphabet[Int(word >> (18 - 6 * UInt32(digit)) & 63)])
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Decodes a text; nil for any other than `text` writes.
  package static func bytes(_ text: String) -> [UInt8]? {
    var bytes: [UInt8] = []
    let digits = text.utf8.map { digit in alphabet.firstIndex(of: digit) }
    guard digits.count.isMultiple(of: 4) else { return nil }
    for start in stride(from: 0, to: digits.count, by: 4) {
      let known = digits[start..<start + 4].prefix { $0 != nil }.compactMap { $0 }
      guard known.count >= 2 else { return nil }
      let word = known.reduce(0) { $0 << 6 | UInt32($1) } << (6 * UInt32(4 - known.count))
      bytes += [UInt8(word >> 16 & 255), UInt8(word >> 8 & 255), UInt8(word & 255)].prefix(known.count - 1)
    }
    return Base64.text(bytes) == text ? bytes : nil
  }
}
