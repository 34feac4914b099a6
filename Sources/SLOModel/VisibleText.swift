/// Text that strangers chose, as a message may show it.
public enum VisibleText {
  /// The text on one line, without characters that a terminal or a CI log would obey: control and format
  /// characters, line separators and what has no meaning of its own as `\u{1b}`, and the second of two `#`,
  /// which together begin a command to a build server.
  public static func escaped(_ text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "#") }) { return text }
    var shown = String.UnicodeScalarView()
    var previous: Unicode.Scalar?
    for scalar in text.unicodeScalars {
      if isInvisible(scalar) || scalar == "#" && previous == "#" {
        shown += ("\\u{" + String(scalar.value, radix: 16) + "}").unicodeScalars
      } else {
        shown.append(scalar)
      }
      previous = scalar
    }
    return String(shown)
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
    default: false
    }
  }
}
