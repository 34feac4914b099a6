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

  /// What is there.
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

/// Where an offset of a JSON text is, for people. Worked out from the root, and only when something is wrong,
/// so it must also find its way through a text that stops being JSON at that offset.
enum JSONPlace {
  /// Line, column and JSON path of an offset.
  static func of(_ offset: Int, in text: UnsafeRawBufferPointer) -> InputError.Place {
    let (line, column) = lineAndColumn(of: offset, in: text)
    return .text(line: line, column: column, path: path(to: offset, in: text))
  }

  /// Line and column from 1; columns count Unicode scalars.
  static func lineAndColumn(of offset: Int, in text: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
    let before = text.prefix(offset)
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = before.reduce(1) { $1 == 0x0A ? $0 + 1 : $0 }
    let column = before[lineStart...].reduce(1) { $1 & 0xC0 == 0x80 ? $0 : $0 + 1 }
    return (line, column)
  }

  /// The path of the innermost value around an offset: `$.metrics.http_reqs`, `$[0]["a b"]`.
  static func path(to offset: Int, in text: UnsafeRawBufferPointer) -> String {
    guard let address = text.baseAddress else { return "$" }
    // What lies behind the offset is of no interest, and may be long or no JSON.
    let walk = Walk(
      base: address.assumingMemoryBound(to: UInt8.self), count: text.count, end: min(text.count, offset + 1))
    var steps: [String] = []
    var at = walk.skipBlanks(0)
    while let step = walk.child(of: at) {
      steps.append(step.name)
      at = step.start
    }
    if steps.count > 12 { steps.replaceSubrange(6..<steps.count - 3, with: ["…"]) }
    return "$" + steps.joined()
  }

  /// A walk from the root to an offset.
  private struct Walk {
    let base: UnsafePointer<UInt8>
    let count: Int
    /// Behind the offset.
    let end: Int

    /// The child of the container at `start` that holds the offset.
    func child(of start: Int) -> (name: String, start: Int)? {
      guard start < end, base[start] == UInt8(ascii: "{") || base[start] == UInt8(ascii: "[") else {
        return nil
      }
      var at = skipBlanks(start + 1)
      var index = 0
      while at < end, base[at] != UInt8(ascii: "}"), base[at] != UInt8(ascii: "]") {
        var name = "[\(index)]"
        if base[start] == UInt8(ascii: "{") {
          guard base[at] == UInt8(ascii: "\"") else { return nil }
          let keyEnd = JSONScanner.skipString(base, at, count)
          if keyEnd == count { return nil }
          name = JSONPlace.step(UnsafeRawBufferPointer(start: base + at + 1, count: keyEnd - at - 2))
          let colon = skipBlanks(keyEnd)
          guard colon < end, base[colon] == UInt8(ascii: ":") else { return (name, end) }
          at = skipBlanks(colon + 1)
        }
        let next = JSONScanner.skipValue(base, at, end)
        if next >= end { return (name, at) }
        at = skipBlanks(next)
        if at < end, base[at] == UInt8(ascii: ",") { at = skipBlanks(at + 1) }
        index += 1
      }
      return nil
    }

    func skipBlanks(_ start: Int) -> Int { JSONScanner.skipBlanks(base, start, end) }
  }

  private static func step(_ key: UnsafeRawBufferPointer) -> String {
    let plain = key.allSatisfy {
      JSONScanner.isWord($0) && $0 != UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
    }
    if plain, !key.isEmpty { return "." + UntrustedText.escaped(String(decoding: key, as: UTF8.self)) }
    return "[" + UntrustedText.quoted(String(decoding: key, as: UTF8.self), limit: 80) + "]"
  }
}
