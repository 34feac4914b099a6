internal import SLOSupport

/// A token of an SQL text. What a value is, is dropped where it is read: no later step can let it out.
enum SQLToken: Hashable {
  /// A keyword or an unquoted name, in lower case: case does not distinguish them.
  case word(String)
  /// A name in quotation marks, with them.
  case quoted(String)
  /// A string or a number.
  case literal
  /// `$1`, by its number.
  case parameter(String)
  /// An operator or a bracket.
  case sign(String)
  /// The rest of a text in which a value is not closed, or may end at more than one place.
  case rest
}

/// Cuts an SQL text into tokens by PostgreSQL's lexical rules
/// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html>), without blanks and comments.
///
/// Where it depends on a setting of the server how a string ends, all behind its beginning is taken for values.
struct SQLLexer {
  private let text: [UInt8]
  private var at = 0

  /// The tokens of a text.
  static func tokens(of text: String) -> [SQLToken] {
    var lexer = SQLLexer(text: Array(text.utf8))
    var tokens: [SQLToken] = []
    while let token = lexer.next() {
      tokens.append(token)
      if token == .rest { break }
    }
    return tokens
  }

  private mutating func next() -> SQLToken? {
    guard skipBlanks() else { return .rest }
    guard at < text.count else { return nil }
    let byte = text[at]
    switch byte {
    case UInt8(ascii: "'"): return string()
    case UInt8(ascii: "\""), UInt8(ascii: "`"): return name(from: at)
    case UInt8(ascii: "$"): return dollar()
    case _ where byte.isDigit || byte == UInt8(ascii: ".") && peek(1).isDigit: return number()
    case _ where isWordStart(byte): return word()
    default: return sign()
    }
  }

  private func peek(_ distance: Int) -> UInt8 { at + distance < text.count ? text[at + distance] : 0 }

  private func isWordStart(_ byte: UInt8) -> Bool {
    byte.isLetter || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  private func isWordPart(_ byte: UInt8) -> Bool {
    isWordStart(byte) || byte.isDigit || byte == UInt8(ascii: "$")
  }

  /// Moves over blanks and comments.
  /// - Returns: false in a comment that is not closed.
  private mutating func skipBlanks() -> Bool {
    while at < text.count {
      if text[at] <= 0x20 || text[at] == 0x7F {
        at += 1
      } else if text[at] == UInt8(ascii: "-"), peek(1) == UInt8(ascii: "-") {
        at = text[at...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? text.count
      } else if text[at] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
        guard skipComment() else { return false }
      } else {
        break
      }
    }
    return true
  }

  /// Moves behind the comment at `at`, in which others may be nested.
  private mutating func skipComment() -> Bool {
    var depth = 0
    repeat {
      guard at + 1 < text.count else { return false }
      switch (text[at], text[at + 1]) {
      case (UInt8(ascii: "/"), UInt8(ascii: "*")): (depth, at) = (depth + 1, at + 2)
      case (UInt8(ascii: "*"), UInt8(ascii: "/")): (depth, at) = (depth - 1, at + 2)
      default: at += 1
      }
    } while depth > 0
    return true
  }
}

// MARK: Values

extension SQLLexer {
  /// The string whose quote is at `at`, in which a quote is written twice.
  /// - Parameter escapes: whether a backslash escapes what is behind it. Without, a backslash before a quote is an
  ///   escape or not by `standard_conforming_strings`, which is not known.
  private mutating func string(escapes: Bool = false) -> SQLToken {
    at += 1
    var backslashes = 0
    while at < text.count {
      let byte = text[at]
      at += 1
      if byte == UInt8(ascii: "'"), !(escapes && backslashes % 2 == 1) {
        if backslashes % 2 == 1 { return .rest }
        guard peek(0) == UInt8(ascii: "'") else { return .literal }
        at += 1
      }
      backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
    }
    return .rest
  }

  /// `$1`, a string between two of the same tags, or a dollar sign.
  private mutating func dollar() -> SQLToken {
    let start = at
    at += 1
    if peek(0).isDigit {
      while peek(0).isDigit { at += 1 }
      return .parameter(String(decoding: text[start + 1..<at], as: UTF8.self))
    }
    while isWordStart(peek(0)) || at > start + 1 && peek(0).isDigit { at += 1 }
    guard peek(0) == UInt8(ascii: "$") else {
      at = start + 1
      return .sign("$")
    }
    at += 1
    let tag = text[start..<at]
    while let sign = text[at...].firstIndex(of: UInt8(ascii: "$")) {
      at = sign + 1
      if text[sign...].starts(with: tag) {
        at = sign + tag.count
        return .literal
      }
    }
    return .rest
  }

  /// A number in any notation, with whatever letters follow it.
  private mutating func number() -> SQLToken {
    let start = at
    while isWordPart(peek(0)) || peek(0) == UInt8(ascii: ".") {
      let isExponent = peek(0).lowercased == UInt8(ascii: "e") && peek(2).isDigit && at > start
      let hasSign = peek(1) == UInt8(ascii: "-") || peek(1) == UInt8(ascii: "+")
      at += isExponent && hasSign ? 2 : 1
    }
    return .literal
  }
}

// MARK: Names and signs

extension SQLLexer {
  /// The quoted name whose mark is at `at`, in which the mark is written twice.
  private mutating func name(from start: Int) -> SQLToken {
    let mark = text[at]
    at += 1
    while let end = text[at...].firstIndex(of: mark) {
      at = end + 1
      guard peek(0) == mark else { return .quoted(String(decoding: text[start..<at], as: UTF8.self)) }
      at += 1
    }
    return .rest
  }

  private mutating func word() -> SQLToken {
    let start = at
    while isWordPart(peek(0)) { at += 1 }
    let word = String(decoding: text[start..<at].map(\.lowercased), as: UTF8.self)
    if peek(0) == UInt8(ascii: "'"), ["e", "b", "x", "n"].contains(word) {
      return string(escapes: word == "e")
    }
    if word == "u", peek(0) == UInt8(ascii: "&") {
      if peek(1) == UInt8(ascii: "'") {
        at += 1
        return string()
      }
      if peek(1) == UInt8(ascii: "\"") {
        at += 1
        return name(from: start)
      }
    }
    return .word(word)
  }

  private static let operators = Array("+-*/<>=~!@#%^&|".utf8)
  private static let longestOperator = 63
  private static let special = Array("~!@#%^&|".utf8)

  private mutating func sign() -> SQLToken {
    let start = at
    while at < text.count, at - start < SQLLexer.longestOperator, SQLLexer.operators.contains(text[at]),
      at == start || !beginsComment
    {
      at += 1
    }
    // An operator ends in a plus or minus only where it has a character that those of SQL itself lack.
    if !text[start..<at].contains(where: SQLLexer.special.contains) {
      while at > start + 1, text[at - 1] == UInt8(ascii: "+") || text[at - 1] == UInt8(ascii: "-") { at -= 1 }
    }
    if at == start {
      let isDouble =
        text[at] == UInt8(ascii: ":") && [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(peek(1))
      at += isDouble ? 2 : 1
    }
    return .sign(String(decoding: text[start..<at], as: UTF8.self))
  }

  private var beginsComment: Bool {
    let next = (text[at], peek(1))
    return next == (UInt8(ascii: "-"), UInt8(ascii: "-")) || next == (UInt8(ascii: "/"), UInt8(ascii: "*"))
  }
}
