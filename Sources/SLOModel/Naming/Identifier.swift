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

  /// What a piece of letters and digits is by its alphabet and length alone; random text is found by
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

extension Identifier {
  /// Tokens have at least so many characters.
  private static let tokenLength = 16

  /// Whether a text of letters, digits, `-` and `_` is random rather than made of words.
  ///
  /// Words have a vowel in every two or three letters, change case only where a word begins, and rarely change
  /// between letters and digits; random base62 does the opposite in each. So the text is cut into words
  /// `Get|User|By|Id|V|2`, changes between letters and digits are counted once more, and both together are
  /// weighed against two for each vowel. Of random base62 and base64url this finds 88 % at 16 characters, 93 %
  /// at 22 and 98 % at 43; of lower-case base36 93 % and more.
  static func isRandom(_ text: Text) -> Bool {
    guard text.count >= tokenLength else { return false }
    var (digits, letters, vowels, joiners) = (0, 0, 0, 0)
    var (words, changes) = (0, 0)
    var last = Character.joiner
    for byte in text {
      guard let next = Character(byte) else { return false }
      switch next {
      case .digit: digits += 1
      case .joiner: joiners += 1
      case .lowercase, .uppercase: letters += 1
      }
      vowels += byte.isVowel ? 1 : 0
      words += next.beginsWord(after: last) ? 1 : 0
      changes += next.changesAlphabet(after: last) ? 1 : 0
      last = next
    }
    return digits > 0 && letters > 0 && joiners * 8 <= text.count && words + changes > 2 * vowels
  }

  private enum Character {
    case lowercase, uppercase, digit, joiner

    init?(_ byte: UInt8) {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): self = .lowercase
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): self = .uppercase
      case UInt8(ascii: "0")...UInt8(ascii: "9"): self = .digit
      case UInt8(ascii: "-"), UInt8(ascii: "_"): self = .joiner
      default: return nil
      }
    }

    func beginsWord(after last: Character) -> Bool {
      self != last && self != .joiner && !(last == .uppercase && self == .lowercase)
    }

    func changesAlphabet(after last: Character) -> Bool {
      self != .joiner && last != .joiner && (self == .digit) != (last == .digit)
    }
  }
}

extension UInt8 {
  fileprivate var isVowel: Bool {
    switch self | 0x20 {
    case UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"), UInt8(ascii: "u"): true
    default: false
    }
  }
}

/// What gives access, recognised by how it begins or by the parameter it is the value of.
extension Identifier {
  /// The end of a secret that begins here: a JSON Web Token (RFC 7519), a key by its issuer's prefix, or the value
  /// of a path parameter as in `;jsessionid=…`.
  static func endOfSecret(_ text: Text, _ start: Int) -> Int? {
    endOfAccessKey(text, start) ?? endOfSessionValue(text, start)
  }

  /// The end of a JSON Web Token or of an issuer's key that begins here.
  static func endOfAccessKey(_ text: Text, _ start: Int) -> Int? {
    endOfWebToken(text, start) ?? endOfIssuedKey(text, start)
  }

  /// How the keys of well-known issuers begin, and how many characters follow at least.
  private static let issued: [(prefix: StaticString, rest: Int)] = [
    ("AKIA", 16), ("ASIA", 16), ("AIza", 30), ("ghp_", 20), ("gho_", 20), ("ghs_", 20), ("ghu_", 20),
    ("github_pat_", 20), ("glpat-", 16), ("sk_live_", 8), ("sk_test_", 8), ("rk_live_", 8), ("pk_live_", 8),
    ("pk_test_", 8), ("xoxb-", 10), ("xoxp-", 10), ("xoxa-", 10), ("npm_", 30), ("SG.", 20),
  ]

  /// Header, claims and signature in base64url, `.` between them; every header begins with `{"`.
  private static func endOfWebToken(_ text: Text, _ start: Int) -> Int? {
    guard begins(text, start, "eyJ") else { return nil }
    var (end, dots) = (start, 0)
    while end < text.count, text[end].isTokenPart || text[end] == UInt8(ascii: ".") {
      dots += text[end] == UInt8(ascii: ".") ? 1 : 0
      end += 1
    }
    return dots > 0 && end - start >= 16 ? end : nil
  }

  private static func endOfIssuedKey(_ text: Text, _ start: Int) -> Int? {
    guard start < text.count else { return nil }
    let first = text[start]
    for (prefix, rest) in issued where prefix.utf8Start.pointee == first && begins(text, start, prefix) {
      let end = text[start...].firstIndex { !$0.isTokenPart && $0 != UInt8(ascii: ".") } ?? text.count
      if end - start >= prefix.utf8CodeUnitCount + rest { return end }
    }
    return nil
  }

  /// The words in the names of parameters whose values identify a session or give access.
  private static let sessionWords: [StaticString] = [
    "sess", "sid", "token", "auth", "secret", "apikey", "passw",
  ]

  private static func endOfSessionValue(_ text: Text, _ start: Int) -> Int? {
    guard start > 1, text[start - 1] == UInt8(ascii: "="),
      let semicolon = text[..<(start - 1)].lastIndex(of: UInt8(ascii: ";"))
    else { return nil }
    let name = semicolon + 1..<start - 1
    let isSession = sessionWords.contains { word in
      name.contains {
        $0 + word.utf8CodeUnitCount <= name.upperBound && begins(text, $0, word, isExact: false)
      }
    }
    guard isSession else { return nil }
    return text[start...].firstIndex(of: UInt8(ascii: ";")) ?? text.count
  }

  private static func begins(
    _ text: Text, _ start: Int, _ word: StaticString, isExact: Bool = true
  ) -> Bool {
    let word = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
    guard start + word.count <= text.count else { return false }
    return zip(text[start..<start + word.count], word).allSatisfy {
      $0 == $1 || !isExact && $0.lowercased == $1
    }
  }
}

extension UInt8 {
  /// The alphabet of base64url (RFC 4648, section 5).
  fileprivate var isTokenPart: Bool {
    isLetter || isDigit || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}
