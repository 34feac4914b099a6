import SLOSupport

/// One value of a document: a place in it and nothing more. What is not asked for is never decoded.
package struct JSONValue {
  /// The document it belongs to.
  let document: JSONDocument
  /// Offset of its first byte.
  let offset: Int

  /// The kinds of JSON values.
  package enum Kind: String {
    case object = "an object"
    case array = "an array"
    case string = "a string"
    case number = "a number"
    case boolean = "true or false"
    case null
  }

  /// What it is.
  package var kind: Kind {
    switch document.byte(offset) {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "t"), UInt8(ascii: "f"): .boolean
    case UInt8(ascii: "n"): .null
    default: .number
    }
  }

  /// Whether it is `null`.
  var isNull: Bool { kind == .null }

  /// Lends its bytes for the length of a call.
  private func withBytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    document.withBytes(offset..<document.end(ofValueAt: offset), body)
  }

  /// The text of a string. Half of a surrogate pair, which JavaScript can write, becomes U+FFFD.
  package func string() throws(InputError) -> String {
    guard kind == .string else { throw mismatch(expected: .string) }
    return withBytes { JSONString.decoded(UnsafeRawBufferPointer(rebasing: $0.dropFirst().dropLast())) }
  }

  /// The nearest double to a number.
  /// - Throws: `malformed` for what is no number, or one too large for a double.
  package func number() throws(InputError) -> Double {
    guard kind == .number else { throw mismatch(expected: .number) }
    let value = withBytes(JSONNumber.value)
    if value.isFinite { return value }
    throw error(expected: "a number that a double can hold (below 1.8e308)")
  }

  /// `true` or `false`.
  package func boolean() throws(InputError) -> Bool {
    guard kind == .boolean else { throw mismatch(expected: .boolean) }
    return document.byte(offset) == UInt8(ascii: "t")
  }

  /// The values of an array.
  package func elements() throws(InputError) -> [JSONValue] {
    guard kind == .array else { throw mismatch(expected: .array) }
    var values: [JSONValue] = []
    var cursor = document.cursor(intoContainerAt: offset)
    while !cursor.isAtEnd {
      values.append(JSONValue(document: document, offset: cursor.offset))
      cursor.skipValue()
    }
    return values
  }

  /// The members of an object.
  /// - Throws: `malformed` for what is no object, or one with a key twice.
  package func object() throws(InputError) -> JSONObject {
    guard kind == .object else { throw mismatch(expected: .object) }
    return try JSONObject(membersOf: self)
  }

  /// An error at this value.
  package func error(expected: String, remedy: String = "pass the file as the tool wrote it") -> InputError {
    error(found: shown, expected: expected, remedy: remedy)
  }

  /// An error at this value that says itself what was found.
  package func error(found: String, expected: String, remedy: String) -> InputError {
    InputError(
      .malformed, file: document.file, place: document.place(of: offset), found: found, expected: expected,
      remedy: remedy)
  }

  private func mismatch(expected: Kind) -> InputError { error(expected: expected.rawValue) }

  /// The value as a message shows it.
  private var shown: String {
    if kind == .object || kind == .array { return kind.rawValue }
    let text = withBytes { String(decoding: $0.prefix(200), as: UTF8.self) }
    return (kind == .string ? "the string " : "") + UntrustedText.cleaned(text, limit: 40)
  }
}

/// The text of a JSON string.
enum JSONString {
  /// Decodes what is between the quotes of a valid JSON string.
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

/// The double nearest to a number's text.
enum JSONNumber {
  /// The value of a valid JSON number, correctly rounded; infinite where it is too large.
  static func value(of bytes: UnsafeRawBufferPointer) -> Double {
    exact(bytes) ?? Double(String(decoding: bytes, as: UTF8.self)) ?? 0
  }

  /// Clinger's fast path (1990): with a mantissa below 2^53 and a power of ten up to 22 both are exact, so one
  /// multiplication or division rounds once, which is correct rounding. Nil for every other number.
  private static func exact(_ bytes: UnsafeRawBufferPointer) -> Double? {
    var mantissa: UInt64 = 0
    var (digits, exponent, at) = (0, 0, 0)
    var inFraction = false
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { at = 1 }
    while at < bytes.count {
      if bytes[at].isDigit {
        // Counted apart from the mantissa: of 2^64 that is 0 again.
        if digits > 0 || bytes[at] != UInt8(ascii: "0") { digits += 1 }
        mantissa = mantissa &* 10 &+ UInt64(bytes[at] - 48)
        if inFraction { exponent -= 1 }
      } else if bytes[at] == UInt8(ascii: ".") {
        inFraction = true
      } else {
        return nil
      }
      at += 1
    }
    guard digits <= 19, mantissa <= 1 << 53, exponent >= -22 else { return nil }
    let magnitude = Double(mantissa) / powersOfTen[-exponent]
    return isNegative ? -magnitude : magnitude
  }

  /// The powers of ten that a double holds exactly.
  static let powersOfTen: InlineArray<23, Double> = [
    1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
  ]
}
