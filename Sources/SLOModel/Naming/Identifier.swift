import SLOSupport

/// The kinds of identifiers in URLs, each with the placeholder that takes its place in a name.
enum Identifier: String {
  case number = "{id}"
  case uuid = "{uuid}"
  case hash = "{hash}"
  case token = "{token}"
  case date = "{date}"
  case email = "{email}"

  typealias Text = UnsafeBufferPointer<UInt8>

  /// From so many digits on, hexadecimal digits are a hash whatever they are.
  static let longHash = 16
  /// From so many digits on, hexadecimal digits are a hash when they read like no word.
  private static let shortHash = 8

  /// What a piece of letters and digits is by its alphabet and length alone; random text is told by
  /// `isRandom`.
  ///
  /// Thirty-two hexadecimal digits are a UUID, though an MD5 digest looks the same: one name for both keeps
  /// the requests to an endpoint together. A short hash needs a letter and two digits, so that `facade` and
  /// `face2face` are words.
  init?(_ piece: Text) {
    var (digits, hexLetters) = (0, 0)
    for byte in piece {
      digits += byte.isDigit ? 1 : 0
      hexLetters += byte.isHexDigit && !byte.isDigit ? 1 : 0
    }
    if digits == piece.count {
      self = .number
    } else if digits + hexLetters == piece.count, piece.count >= Identifier.shortHash {
      guard piece.count >= Identifier.longHash || digits >= 2 else { return nil }
      self = piece.count == 32 ? .uuid : .hash
    } else if digits > 0, Identifier.isULID(piece) {
      self = .token
    } else {
      return nil
    }
  }

  /// The end of a UUID with hyphens (RFC 9562), in any case.
  static func endOfUUID(_ text: Text, _ start: Int) -> Int? {
    let end = start + 36
    guard end <= text.count, text[start + 8] == UInt8(ascii: "-"), isBoundary(text, end) else { return nil }
    for offset in 0..<36 {
      let byte = text[start + offset]
      let isHyphen = offset == 8 || offset == 13 || offset == 18 || offset == 23
      guard isHyphen ? byte == UInt8(ascii: "-") : byte.isHexDigit else { return nil }
    }
    return end
  }

  /// The end of a date `2026-11-20`, with the time `T23:17:12Z` that may follow it.
  static func endOfDate(_ text: Text, _ start: Int) -> Int? {
    let end = start + 10
    guard end <= text.count, text[start + 4] == UInt8(ascii: "-"), text[start + 7] == UInt8(ascii: "-"),
      text[start..<start + 4].allSatisfy(\.isDigit), let month = twoDigits(text, start + 5),
      let day = twoDigits(text, start + 8), (1...12).contains(month), (1...31).contains(day)
    else { return nil }
    if isBoundary(text, end) { return end }
    guard text[end] | 0x20 == UInt8(ascii: "t"), end + 1 < text.count, text[end + 1].isDigit else {
      return nil
    }
    var at = end + 1
    while at < text.count, text[at].isTimePart || text[at] == UInt8(ascii: "%") {
      at += escapeLength(text, at)
    }
    return isBoundary(text, at) ? at : nil
  }

  /// How many bytes the sign at a place takes: three for `%2C`, else one.
  static func escapeLength(_ text: Text, _ at: Int) -> Int {
    text[at] == UInt8(ascii: "%") && at + 2 < text.count && text[at + 1].isHexDigit
      && text[at + 2].isHexDigit ? 3 : 1
  }

  /// A ULID: 26 digits of Crockford's base 32, the first of which is at most 7.
  private static func isULID(_ piece: Text) -> Bool {
    piece.count == 26 && (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(piece[0])
      && piece.allSatisfy { byte in
        let letter = byte | 0x20
        return byte.isDigit
          || byte.isLetter && letter != UInt8(ascii: "i") && letter != UInt8(ascii: "l")
            && letter != UInt8(ascii: "o") && letter != UInt8(ascii: "u")
      }
  }

  static func isBoundary(_ text: Text, _ at: Int) -> Bool {
    at == text.count || !(text[at].isLetter || text[at].isDigit || text[at] >= 0x80)
  }

  private static func twoDigits(_ text: Text, _ at: Int) -> Int? {
    guard text[at].isDigit, text[at + 1].isDigit else { return nil }
    return Int(text[at] - 48) * 10 + Int(text[at + 1] - 48)
  }
}

extension Identifier {
  /// Whether a whole segment is an address `name@host.tld`, its sign plain or as `%40`.
  ///
  /// The host begins with a letter, so that `logo@2x.png` and `vue@3.5.13.tgz` are files.
  static func isEmail(_ text: Text) -> Bool {
    guard let sign = text.indices.first(where: { isAtSign(text, $0) }), sign > 0,
      text[..<sign].allSatisfy(\.isMailboxPart)
    else { return false }
    let host = text[(sign + escapeLength(text, sign))...]
    guard let first = host.first, first.isLetter, let dot = host.lastIndex(of: UInt8(ascii: ".")) else {
      return false
    }
    let topLevel = host[(dot + 1)...]
    return topLevel.count >= 2 && topLevel.allSatisfy(\.isLetter) && host.allSatisfy(\.isHostPart)
  }

  private static func isAtSign(_ text: Text, _ at: Int) -> Bool {
    text[at] == UInt8(ascii: "@")
      || text[at] == UInt8(ascii: "%") && at + 2 < text.count && text[at + 1] == UInt8(ascii: "4")
        && text[at + 2] == UInt8(ascii: "0")
  }
}

extension UInt8 {
  fileprivate var isHostPart: Bool {
    isLetter || isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }

  fileprivate var isMailboxPart: Bool {
    isHostPart || self == UInt8(ascii: "_") || self == UInt8(ascii: "+") || self == UInt8(ascii: "%")
  }

  fileprivate var isTimePart: Bool {
    isDigit || self == UInt8(ascii: ":") || self == UInt8(ascii: ".") || self == UInt8(ascii: "+")
      || self == UInt8(ascii: "-") || self | 0x20 == UInt8(ascii: "z")
  }
}
