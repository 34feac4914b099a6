/// Untrusted text, as a message may show it.
package enum VisibleText {
  /// The text on one line, without characters that a terminal or a CI log would obey: control and format
  /// characters, line separators and what has no meaning of its own as `\u{1b}`, and the second of two `#`,
  /// which together begin a command to a build server. Control characters could move the cursor or colour a
  /// verdict, line breaks forge a row, directional marks reverse one.
  package static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) { return text }
    var shown = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if isTreacherous(scalar, after: previous) {
        shown += ("\\u{" + String(scalar.value, radix: 16) + "}").unicodeScalars
      } else {
        shown.append(scalar)
      }
      previous = scalar
    }
    return String(shown)
  }

  private static func isTreacherous(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Bool {
    if scalar.isASCII {
      return scalar.value < 0x20 || scalar.value == 0x7F || (scalar == "#" && previous == "#")
    }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned:
      !(scalar == joiner && previous.map(isPartOfEmoji) == true)
    default: false
    }
  }

  /// The zero-width joiner: between emoji it makes one of two, elsewhere it makes two names look like one.
  private static let joiner: Unicode.Scalar = "\u{200D}"

  private static func isPartOfEmoji(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFE0F || scalar.properties.isEmojiPresentation
  }
}

extension VisibleText {
  /// The text without what a build server would take for a command to itself: no line begins with `::`, blanks
  /// before it aside, and no `##[` or `##vso[` is left. The sign in the way is written as `\u{3a}` or `\u{23}`.
  ///
  /// It is for a whole text, as it goes to a log: whatever name, message or file stands in it. Reports are large and
  /// hardly ever hold one, so the bytes are looked at once and copied only around what is found.
  package static func inert(_ text: String) -> String { replacing([.command, .mark], in: text) }

  /// The same for a text whose own lines are commands to the build server.
  package static func withoutMarks(_ text: String) -> String { replacing([.mark], in: text) }

  /// What a build server obeys.
  private enum Order {
    /// `::` at the beginning of a line.
    case command
    /// `##[` and `##vso[` anywhere.
    case mark
  }

  private static func replacing(_ orders: [Order], in text: String) -> String {
    var text = text
    let inert = text.withUTF8 { bytes -> String? in
      let places = places(of: orders, in: bytes)
      if places.isEmpty { return nil }
      var shown: [UInt8] = []
      shown.reserveCapacity(bytes.count + 5 * places.count)
      var copied = 0
      for place in places {
        shown += bytes[copied..<place]
        shown += (bytes[place] == colon ? "\\u{3a}" : "\\u{23}").utf8
        copied = place + 1
      }
      shown += bytes[copied...]
      return String(decoding: shown, as: UTF8.self)
    }
    return inert ?? text
  }

  private static let colon = UInt8(ascii: ":")
  private static let hash = UInt8(ascii: "#")

  /// Where the signs stand that are in the way, in rising order.
  private static func places(of orders: [Order], in bytes: UnsafeBufferPointer<UInt8>) -> [Int] {
    let (commands, marks) = (orders.contains(.command), orders.contains(.mark))
    var places: [Int] = []
    for index in bytes.indices.dropLast() where bytes[index] == bytes[index + 1] {
      if marks, bytes[index] == hash, isMark(bytes[(index + 2)...]) {
        places.append(index + 1)
      } else if commands, bytes[index] == colon, isBeginning(bytes[..<index]) {
        places.append(index)
      }
    }
    return places
  }

  private static func isMark(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    rest.first == UInt8(ascii: "[") || rest.starts(with: "vso[".utf8)
  }

  /// Whether only blanks stand between the end of some text and its last line end. All line ends are blanks too.
  private static func isBeginning(_ before: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    var end = before.endIndex
    while end > before.startIndex {
      var start = end - 1
      while start > before.startIndex, before[start] & 0xC0 == 0x80 { start -= 1 }
      let scalar = String(decoding: before[start..<end], as: UTF8.self).unicodeScalars.first
      guard let scalar, scalar.properties.isWhitespace else { return false }
      if endsLine(scalar) { return true }
      end = start
    }
    return true
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
