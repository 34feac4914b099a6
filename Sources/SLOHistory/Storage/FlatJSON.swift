import SLOSupport

/// The JSON in which a history keeps small sets of words, so that any SQLite client can query them:
/// an object of strings, or an array of strings, and nothing else.
enum FlatJSON {
  /// An object, its keys sorted: equal dictionaries give equal texts.
  static func text(_ words: [String: String]) -> String {
    JSONText.object(words).compact
  }

  /// An array.
  static func text(_ words: [String]) -> String {
    JSONText.array(words.map { .string($0) }).compact
  }

  /// Reads an object back.
  /// - Returns: nil for anything that `text` does not write.
  static func dictionary(_ text: String) -> [String: String]? {
    guard let words = strings(text, open: "{", close: "}", separators: ":,"), words.count.isMultiple(of: 2)
    else { return nil }
    let pairs = stride(from: 0, to: words.count, by: 2).map { (words[$0], words[$0 + 1]) }
    return Dictionary(pairs) { _, last in last }
  }

  /// Reads an array back.
  /// - Returns: nil for anything that `text` does not write.
  static func array(_ text: String) -> [String]? {
    strings(text, open: "[", close: "]", separators: ",")
  }

  /// The strings between two brackets, each after its separator in turn.
  private static func strings(
    _ text: String, open: Unicode.Scalar, close: Unicode.Scalar, separators: String
  ) -> [String]? {
    var bytes = Array(text.utf8)[...]
    guard bytes.popFirst() == UInt8(ascii: open), bytes.popLast() == UInt8(ascii: close) else { return nil }
    let separators = Array(separators.utf8)
    var words: [String] = []
    while !bytes.isEmpty {
      if !words.isEmpty, bytes.popFirst() != separators[(words.count - 1) % separators.count] { return nil }
      guard let word = string(from: &bytes) else { return nil }
      words.append(word)
    }
    return words
  }

  private static func string(from bytes: inout ArraySlice<UInt8>) -> String? {
    guard bytes.popFirst() == UInt8(ascii: "\"") else { return nil }
    var word: [UInt8] = []
    while let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "\""): return String(validating: word, as: UTF8.self)
      case UInt8(ascii: "\\"):
        guard let unescaped = escaped(from: &bytes) else { return nil }
        word.append(unescaped)
      default: word.append(byte)
      }
    }
    return nil
  }

  private static func escaped(from bytes: inout ArraySlice<UInt8>) -> UInt8? {
    switch bytes.popFirst() {
    case UInt8(ascii: "u"):
      let digits = bytes.prefix(4).compactMap { hexadecimal.firstIndex(of: $0) }
      bytes = bytes.dropFirst(4)
      return digits.count == 4 && digits[0] + digits[1] == 0 ? UInt8(digits[2] << 4 | digits[3]) : nil
    case let byte?: return byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") ? byte : nil
    case nil: return nil
    }
  }

  private static let hexadecimal = Array("0123456789abcdef".utf8)
}
