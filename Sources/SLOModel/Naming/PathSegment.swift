import SLOSupport

/// One segment of a URL's path, walked piece by piece and written with its identifiers replaced.
///
/// A piece is a run of letters and digits, and what is no ASCII counts as letters. An identifier is replaced
/// only where it fills a piece or several: `oauth2callback`, `v1` and `mp3` stay. When in doubt a text stays,
/// for endpoints that fall together by mistake hide one another, while a script that has too many can name
/// them.
///
/// Percent-encoding stays as written: decoded, `%2F` or `%0A` would change what a name means.
struct PathSegment {
  private let text: UnsafeBufferPointer<UInt8>
  private var at = 0
  /// The end of the last run of letters, digits, `-` and `_` that was tried as a token, so that no byte is
  /// tried more than once.
  private var triedRun = 0

  private init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// Appends a segment, given without its slashes.
  static func append(_ text: UnsafeBufferPointer<UInt8>, to name: inout [UInt8]) {
    var (hasDigit, hasAt, hasBrace) = (false, false, false)
    for byte in text {
      hasDigit = hasDigit || byte.isDigit
      hasAt = hasAt || byte == UInt8(ascii: "@")
      hasBrace = hasBrace || byte == UInt8(ascii: "{")
    }
    if hasBrace {
      appendTemplate(text, to: &name)
    } else if hasDigit || hasAt || text.count >= Identifier.longHash {
      var segment = PathSegment(text)
      segment.append(to: &name)
    } else {
      name += text
    }
  }

  /// A segment with braces is a template or collapsed already. `${}`, which `http.url` of a load script writes for every
  /// value, becomes `{}`: a shell would take the dollar for its own.
  private static func appendTemplate(_ text: UnsafeBufferPointer<UInt8>, to name: inout [UInt8]) {
    let start = name.count
    for (at, byte) in text.enumerated() {
      if byte == UInt8(ascii: "{"), at + 1 < text.count, text[at + 1] == UInt8(ascii: "}") {
        while name.count > start, name.last == UInt8(ascii: "$") { name.removeLast() }
      }
      name.append(byte)
    }
  }
}

extension PathSegment {
  private mutating func append(to name: inout [UInt8]) {
    if Identifier.isEmail(text) {
      name += Identifier.email.rawValue.utf8
      return
    }
    while at < text.count {
      if !text[at].isWordPart {
        let length = Identifier.escapeLength(text, at)
        name += text[at..<at + length]
        at += length
      } else if let (kind, end) = identifier() {
        name += kind.rawValue.utf8
        at = end
      } else {
        let end = pieceEnd()
        name += text[at..<end]
        at = end
      }
    }
  }

  /// The identifier that begins with the piece here.
  private mutating func identifier() -> (kind: Identifier, end: Int)? {
    if let end = Identifier.endOfUUID(text, at) { return (.uuid, end) }
    if let end = Identifier.endOfSecret(text, at) { return (.token, end) }
    if let end = Identifier.endOfDate(text, at) { return (.date, end) }
    let end = pieceEnd()
    let piece = UnsafeBufferPointer(rebasing: text[at..<end])
    switch Identifier(piece) {
    case .number: return isNumber(upTo: end) ? (.number, end) : nil
    case let kind?: return (kind, end)
    case nil: break
    }
    if let end = endOfToken(piece) { return (.token, end) }
    return Identifier.isRandom(piece) ? (.token, end) : nil
  }

  private func pieceEnd() -> Int {
    text[at...].firstIndex { !$0.isWordPart } ?? text.count
  }

  /// Base64url has `-` and `_` in its alphabet, so that a token may be several pieces. A word in front is none
  /// of it: `pi_3MtwBwLkdIwHu7ix28a3tqPa` is `pi_{token}`.
  private mutating func endOfToken(_ first: UnsafeBufferPointer<UInt8>) -> Int? {
    guard at >= triedRun, !first.allSatisfy(\.isLowercaseLetter) else { return nil }
    let end = text[at...].firstIndex { !$0.isWordPart && !$0.isTokenJoiner } ?? text.count
    triedRun = end
    return Identifier.isRandom(UnsafeBufferPointer(rebasing: text[at..<end])) ? end : nil
  }

  /// Whether digits identify: always from five on; fewer only where they stand for themselves, as in `17`,
  /// `17.json`, `items(17)` and `17:cancel`, because behind a word or in a version they separate what differs:
  /// `step-2`, `utf-8`, `2024-roadmap`, `1.2.3`.
  private func isNumber(upTo end: Int) -> Bool {
    if end - at >= 5 { return true }
    guard at == 0 || text[at - 1].isDelimiter else { return false }
    guard end < text.count, !text[end].isDelimiter else { return true }
    return text[end] == UInt8(ascii: ".") && end + 2 < text.count && text[end + 1].isLetter
      && text[end + 2].isWordPart
  }
}

extension UInt8 {
  /// What goes between `-`, `.`, `,` and the like.
  fileprivate var isWordPart: Bool { isLetter || isDigit || self >= 0x80 }

  /// `-` and `_`, the two signs of base64url (RFC 4648, section 5).
  fileprivate var isTokenJoiner: Bool { self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }

  fileprivate var isLowercaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }

  /// What is round a value of its own (RFC 3986, section 2.2), as `-` and `.` do not.
  fileprivate var isDelimiter: Bool {
    switch self {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "("),
      UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "'"):
      true
    default: false
    }
  }
}
