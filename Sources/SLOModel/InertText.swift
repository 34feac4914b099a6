extension VisibleText {
  /// The text without what a build server would take for a command to itself: no line begins with `::`, blanks
  /// before it aside, and no `##[` or `##vso[` is left. The sign in the way is written as `\u{3a}` or `\u{23}`.
  ///
  /// It is for a whole text, as it goes to a log: whatever name, message or file stands in it.
  public static func inert(_ text: String) -> String {
    hasPair(in: text) ? withoutMarks(withoutCommands(text)) : text
  }

  /// The same for a text whose own lines are commands to the build server.
  public static func withoutMarks(_ text: String) -> String {
    guard hasPair(in: text, of: [UInt8(ascii: "#")]) else { return text }
    var shown = String.UnicodeScalarView()
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      let isSecond = scalar == "#" && shown.last == "#"
      if isSecond, rest.first == "[" || rest.starts(with: "vso[".unicodeScalars) {
        shown += "\\u{23}".unicodeScalars
      } else {
        shown.append(scalar)
      }
    }
    return String(shown)
  }

  private static func withoutCommands(_ text: String) -> String {
    var shown = String.UnicodeScalarView()
    var isBeginning = true
    var rest = text.unicodeScalars[...]
    while let scalar = rest.popFirst() {
      if isBeginning, scalar == ":", rest.first == ":" {
        shown += "\\u{3a}".unicodeScalars
      } else {
        shown.append(scalar)
      }
      isBeginning = endsLine(scalar) || (isBeginning && scalar.properties.isWhitespace)
    }
    return String(shown)
  }

  /// Whether two such signs stand side by side anywhere: rare, and all others need not be looked at.
  private static func hasPair(in text: String, of signs: [UInt8] = [UInt8(ascii: ":"), UInt8(ascii: "#")])
    -> Bool
  {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == previous, signs.contains(byte) { return true }
      previous = byte
    }
    return false
  }

  private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
