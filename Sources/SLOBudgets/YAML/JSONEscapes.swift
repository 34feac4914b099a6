/// JSON is YAML but for one thing: what JSON escapes in two halves, YAML escapes whole.
enum JSONEscapes {
  /// JSON text whose surrogate pairs (`\ud83d\ude80`) are written as YAML writes them (`\U0001f680`); any other text
  /// as it is.
  static func asYAML(_ bytes: [UInt8]) -> [UInt8] {
    guard let first = bytes.first(where: { $0 > 0x20 }),
      first == UInt8(ascii: "{") || first == UInt8(ascii: "["),
      bytes.contains(UInt8(ascii: "\\"))
    else { return bytes }
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var rest = bytes[...]
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\"), let scalar = pair(in: rest) {
        let digits = String(scalar, radix: 16)
        text += ("\\U" + String(repeating: "0", count: 8 - digits.count) + digits).utf8
        rest = rest.dropFirst(11)
      } else {
        text.append(byte)
        // What is escaped begins no escape itself.
        if byte == UInt8(ascii: "\\"), let escaped = rest.popFirst() { text.append(escaped) }
      }
    }
    return text
  }

  /// The character that `uD83D\uDE80` stands for.
  private static func pair(in text: ArraySlice<UInt8>) -> UInt32? {
    guard let high = unit(text), (0xD800..<0xDC00).contains(high),
      text.dropFirst(5).first == UInt8(ascii: "\\"),
      let low = unit(text.dropFirst(6)), (0xDC00..<0xE000).contains(low)
    else { return nil }
    return 0x10000 + (high - 0xD800) << 10 + (low - 0xDC00)
  }

  /// The number of `uD83D`.
  private static func unit(_ text: ArraySlice<UInt8>) -> UInt32? {
    let digits = text.dropFirst().prefix(4)
    guard text.first == UInt8(ascii: "u"), digits.count == 4 else { return nil }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
