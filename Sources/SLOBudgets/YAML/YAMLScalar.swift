internal import SLOModel

/// Texts as YAML writes them.
package enum YAMLScalar {
  /// A text as a scalar that every reader takes for this text and nothing else: as it is where nothing in it
  /// means anything, else in double quotes and on one line.
  package static func text(_ text: String) -> String {
    if isWord(text) { return text }
    let escaped = text.unicodeScalars.reduce(into: "") { $0 += self.escaped($1) }
    // Two of these together begin a command to a build server.
    return "\"" + escaped.replacing("##", with: "#\\x23") + "\""
  }

  /// A bound or another figure: a quantity as it is, what begins with an operator in quotes.
  package static func figure(_ text: String) -> String {
    let isQuantity =
      text.utf8.first.map(isDigit) == true
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || ".%/".utf8.contains($0) }
    return isQuantity ? text : self.text(text)
  }

  /// The lines that begin an entry. YAML asks for the question mark before keys of more than 1,024 characters.
  package static func key(_ key: String, indent: String) -> [String] {
    let key = text(key)
    return key.utf8.count > 1_000 ? ["\(indent)? \(key)", "\(indent):"] : ["\(indent)\(key):"]
  }

  private static func isWord(_ text: String) -> Bool {
    text.utf8.first.map(isLetter) == true
      && text.utf8.allSatisfy { isLetter($0) || isDigit($0) || "-_.".utf8.contains($0) }
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (97...122).contains(byte | 0x20) }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    default:
      let character = String(scalar)
      guard scalar != "#", VisibleText.escaped(character) != character else { return character }
      let hex = String(scalar.value, radix: 16)
      return "\\U" + String(repeating: "0", count: 8 - hex.count) + hex
    }
  }
}
