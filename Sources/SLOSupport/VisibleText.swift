/// Text that strangers chose, as a message may show it.
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
