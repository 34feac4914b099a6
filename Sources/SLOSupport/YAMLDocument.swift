/// A YAML document to be written, in blocks; keys stay in the order given.
package indirect enum YAMLDocument {
  /// A text, quoted where it could be read as anything else.
  case text(String)
  /// A number or truth value as it is.
  case plain(String)
  case list([YAMLDocument])
  case map([(String, YAMLDocument)])

  /// The document, with a line break at the end.
  package var document: String { lines.map { $0 + "\n" }.joined() }

  private var lines: [String] {
    switch self {
    case .text, .plain: [scalar ?? ""]
    case .list(let items) where items.isEmpty: ["[]"]
    case .map(let members) where members.isEmpty: ["{}"]
    case .list(let items):
      items.flatMap { item in
        item.lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
      }
    case .map(let members): members.flatMap(YAMLDocument.lines)
    }
  }

  private static func lines(_ key: String, _ value: YAMLDocument) -> [String] {
    let key = YAMLDocument.written(key) + ":"
    let lines = value.lines
    if value.isOnOneLine { return [key + " " + lines[0]] }
    return [key] + lines.map { "  " + $0 }
  }

  private var scalar: String? {
    switch self {
    case .text(let text): YAMLDocument.written(text)
    case .plain(let text): text
    case .list, .map: nil
    }
  }

  private var isOnOneLine: Bool {
    switch self {
    case .text, .plain: true
    case .list(let items): items.isEmpty
    case .map(let members): members.isEmpty
    }
  }

  private static func written(_ text: String) -> String { YAMLScalar.text(text, plain: "-_./") }
}

/// Texts as YAML 1.2 writes them.
package enum YAMLScalar {
  /// A text as a scalar that every reader takes for this text and nothing else: as it is where nothing in it
  /// means anything, else in double quotes and on one line.
  /// - Parameter signs: what a text without quotes may have besides letters and digits.
  package static func text(_ text: String, plain signs: StaticString = "-_.") -> String {
    if isWord(text, signs) { return text }
    let escaped = text.unicodeScalars.reduce(into: "") { $0 += self.escaped($1) }
    // Two of these together begin a command to a build server.
    return "\"" + escaped.replacing("##", with: "#\\x23") + "\""
  }

  /// A bound or another figure: a quantity as it is, what begins with an operator in quotes.
  package static func figure(_ text: String) -> String {
    let isQuantity =
      text.utf8.first?.isDigit == true
      && text.utf8.allSatisfy { $0.isLetter || $0.isDigit || ".%/".utf8.contains($0) }
    return isQuantity ? text : self.text(text)
  }

  /// The lines that begin an entry. YAML asks for the question mark before keys of more than 1,024 characters.
  package static func key(_ key: String, indent: String) -> [String] {
    let key = text(key)
    return key.utf8.count > 1_000 ? ["\(indent)? \(key)", "\(indent):"] : ["\(indent)\(key):"]
  }

  private static func isWord(_ text: String, _ signs: StaticString) -> Bool {
    let isPlain = { (byte: UInt8) in
      byte.isLetter || byte.isDigit || signs.withUTF8Buffer { $0.contains(byte) }
    }
    return text.utf8.first?.isLetter == true && text.utf8.allSatisfy(isPlain)
      && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    default:
      let character = String(scalar)
      guard scalar != "#", VisibleText.escaped(character) != character else { return character }
      let hex = String(scalar.value, radix: 16)
      let (mark, length) = scalar.value > 0xFFFF ? ("\\U", 8) : ("\\u", 4)
      return mark + String(repeating: "0", count: length - hex.count) + hex
    }
  }
}
