/// What makes bytes no JSON (RFC 8259), and where.
struct JSONFault: Error, Equatable {
  /// What is wrong.
  enum Reason: Equatable {
    case noValue
    case noKey
    case noColon
    case noComma(inObject: Bool)
    case badNumber
    case notANumber
    case controlCharacter
    case badEscape
    case invalidUTF8
    case truncated
    case trailingText
    case tooDeep
  }

  var reason: Reason
  /// Offset into the text.
  var offset: Int
}

extension JSONFault {
  /// The fault as a message about a file.
  func inputError(file: String, text: UnsafeRawBufferPointer) -> InputError {
    InputError(
      .malformed, file: file, place: JSONPlace.of(offset, in: text), found: found(in: text),
      expected: expected,
      remedy: remedy)
  }

  /// What should have stood there.
  private var expected: String {
    switch reason {
    case .noValue: "a JSON value"
    case .noKey: "a key in double quotes"
    case .noColon: "a colon after the key"
    case .noComma(let inObject): inObject ? "a comma or the closing brace" : "a comma or the closing bracket"
    case .badNumber: "a JSON number"
    case .notANumber: "a number or null, for JSON has neither NaN nor Infinity"
    case .controlCharacter: "the string's end, or the control character written as an escape"
    case .badEscape: "a JSON escape after the backslash"
    case .invalidUTF8: "UTF-8"
    case .truncated: "the rest of the JSON document"
    case .trailingText: "nothing after the JSON document"
    case .tooDeep: "at most \(JSONValidator.depthLimit) levels of nesting"
    }
  }

  /// What stands there.
  private func found(in text: UnsafeRawBufferPointer) -> String {
    let rest = UnsafeRawBufferPointer(rebasing: text.dropFirst(offset))
    return switch reason {
    case .truncated: "the end of a document that was cut off"
    case .invalidUTF8: "byte 0x" + String(rest[0], radix: 16) + ", which is no UTF-8 here"
    case .tooDeep: "nesting deeper than that"
    case .trailingText: "more text (\(UntrustedText.quoted(rest, limit: 24)))"
    default:
      (0x20..<0x7F).contains(rest[0])
        ? UntrustedText.quoted(rest, limit: 24) : "byte 0x" + String(rest[0], radix: 16)
    }
  }

  /// What the user can do.
  private var remedy: String {
    switch reason {
    case .truncated: "let the run come to its end, or fetch the file again"
    case .trailingText: "keep the tool's log out of the result file"
    case .notANumber: "write null where there is no value"
    case .tooDeep: "pass the file as the tool wrote it"
    default: "write the file again with the tool itself"
    }
  }
}
