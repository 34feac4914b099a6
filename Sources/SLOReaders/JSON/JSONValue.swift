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
