import SLOSupport

/// Untrusted text that may hold addresses, without what gives access: user info, queries, fragments, web
/// tokens and keys of well-known issuers.
package enum AddressText {
  /// The text with every address in it reduced to what may be shown. Other text stays as it is.
  package static func cleaned(_ text: String) -> String {
    guard text.utf8.contains(where: isSuspicious) || text.contains("eyJ") else { return text }
    var cleaned: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let word = rest.prefix { !endsWord($0) }
      cleaned += self.cleaned(word)
      rest = rest[word.endIndex...]
      let gap = rest.prefix(while: endsWord)
      cleaned += gap
      rest = rest[gap.endIndex...]
    }
    return String(decoding: cleaned, as: UTF8.self)
  }

  private static func isSuspicious(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "?") || byte == UInt8(ascii: "@") || byte == UInt8(ascii: "/")
      || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "A") || byte == UInt8(ascii: "-")
  }

  /// What no address holds: blanks, quotes and angle brackets.
  private static func endsWord(_ byte: UInt8) -> Bool {
    byte <= 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: ">")
      || byte == UInt8(ascii: "`")
  }

  /// A word: what is in front of its address, the address, and the punctuation behind.
  private static func cleaned(_ word: ArraySlice<UInt8>) -> [UInt8] {
    let opening = word.prefix { !$0.isLetter && !$0.isDigit && $0 != UInt8(ascii: "/") && $0 < 0x80 }
    var body = word[opening.endIndex...]
    let tail = body.suffix(body.reversed().prefix(while: isPunctuation).count)
    body = body[..<tail.startIndex]
    return opening + withoutTokens(withoutQuery(withoutUser(body))) + tail
  }

  private static func isPunctuation(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: ";"),
      UInt8(ascii: ":"), UInt8(ascii: "!"), UInt8(ascii: "'"), UInt8(ascii: "}"), UInt8(ascii: "?"):
      true
    default: false
    }
  }

  /// Without `user:password@` in front of a host, and `user@` behind a scheme.
  private static func withoutUser(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let slashes = firstRange(of: "://", in: word) ?? (word.startIndex..<word.startIndex)
    let authority = word[slashes.upperBound...].prefix {
      $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#")
    }
    guard let sign = authority.lastIndex(of: UInt8(ascii: "@")),
      !slashes.isEmpty || authority[..<sign].contains(UInt8(ascii: ":"))
    else { return word }
    return (Array(word[..<slashes.upperBound]) + word[(sign + 1)...])[...]
  }

  /// Without the query and fragment of an address: of a URL all of them, elsewhere what assigns a value.
  private static func withoutQuery(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isURL = firstRange(of: "://", in: word) != nil || word.first == UInt8(ascii: "/")
    guard
      let mark = word.firstIndex(where: { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }),
      isURL || word[mark...].contains(UInt8(ascii: "="))
    else { return word }
    return word[..<mark]
  }

  /// With each piece between slashes, commas and equals signs that is a web token or an issued key replaced.
  private static func withoutTokens(_ word: ArraySlice<UInt8>) -> [UInt8] {
    var cleaned: [UInt8] = []
    var rest = word
    while !rest.isEmpty {
      let piece = rest.prefix { !separates($0) }
      cleaned += Array(piece).withUnsafeBufferPointer { text in
        guard let end = Identifier.endOfAccessKey(text, 0) else { return Array(text) }
        return Array(Identifier.token.rawValue.utf8) + text[end...]
      }
      rest = rest[piece.endIndex...]
      let gap = rest.prefix(while: separates)
      cleaned += gap
      rest = rest[gap.endIndex...]
    }
    return cleaned
  }

  private static func separates(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "/") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: "=")
      || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ";")
      || byte == UInt8(ascii: "&")
  }

  private static func firstRange(of text: StaticString, in word: ArraySlice<UInt8>) -> Range<Int>? {
    let text = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    guard word.count >= text.count else { return nil }
    return (word.startIndex...(word.endIndex - text.count)).first { word[$0...].starts(with: text) }
      .map { $0..<$0 + text.count }
  }
}

@_spi(_Unicode) import Swift

/// The one spelling of texts that are canonically equal: Unicode's Normalization Form C (UAX #15), in which `é` is
/// one character and not an `e` with an accent behind it. Names are brought to it where they are read, for files
/// and databases compare bytes.
package enum ComposedText {
  /// A text in Normalization Form C.
  package static func composed(_ text: String) -> String {
    guard needsLook(text) else { return text }
    var scalars = String.UnicodeScalarView()
    for scalar in text._nfc { scalars.append(scalar) }
    return String(scalars)
  }

  /// Texts in Normalization Form C.
  package static func composed(_ words: [String: String]) -> [String: String] {
    guard words.contains(where: { needsLook($0.key) || needsLook($0.value) }) else { return words }
    return Dictionary(words.map { (composed($0.key), composed($0.value)) }) { _, last in last }
  }

  /// Whether a text has a character from U+0300 on: all others are as they are in every form.
  private static func needsLook(_ text: String) -> Bool { text.utf8.contains { $0 >= 0xCC } }
}
