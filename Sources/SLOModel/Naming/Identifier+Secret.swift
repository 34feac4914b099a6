import SLOSupport

/// What gives access, told by how it begins or by the parameter it is the value of.
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
