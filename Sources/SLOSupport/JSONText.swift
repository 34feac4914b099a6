/// A JSON document to be written: keys stay in the order given, so that reports can be compared as text.
package indirect enum JSONText: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case number(Double)
  case string(String)
  case array([JSONText])
  case object([(String, JSONText)])
  /// A value that takes one line, wherever it is.
  case inline(JSONText)

  package static func string(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }
  package static func number(_ number: Double?) -> JSONText { number.map { .number($0) } ?? .null }

  /// A dictionary as an object with sorted keys.
  package static func object(_ words: [String: String]) -> JSONText {
    .object(words.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
  }

  /// The document, indented by two blanks, with a line break at the end.
  package var document: String {
    var text = ""
    write(to: &text, .lines(indent: ""))
    return text + "\n"
  }

  /// The document on one line, with a line break at the end: an element of JSON Lines.
  package var line: String {
    var text = ""
    write(to: &text, .oneLine)
    return text + "\n"
  }

  /// The document without a blank or a line break, and with no escapes but those that JSON demands. A history stores
  /// it and hashes it, so its bytes never change.
  package var compact: String {
    var text = ""
    write(to: &text, .compact)
    return text
  }

  /// How the parts of a document are set apart.
  private enum Layout {
    /// A line a part, each with these blanks in front.
    case lines(indent: String)
    /// A blank between parts.
    case oneLine
    /// Nothing between parts.
    case compact
  }

  private func write(to text: inout String, _ layout: Layout) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += String(value)
    case .number(let value): text += value.isFinite ? "\(value)" : "null"
    case .string(let value): JSONText.quote(value, to: &text, layout)
    case .inline(let value):
      if case .compact = layout { value.write(to: &text, layout) } else { value.write(to: &text, .oneLine) }
    case .array(let elements):
      JSONText.list(elements, "[", "]", to: &text, layout) { element, text, layout in
        element.write(to: &text, layout)
      }
    case .object(let members):
      JSONText.list(members, "{", "}", to: &text, layout) { member, text, layout in
        JSONText.quote(member.0, to: &text, layout)
        if case .compact = layout { text += ":" } else { text += ": " }
        member.1.write(to: &text, layout)
      }
    }
  }

  private static func list<Item>(
    _ items: [Item], _ open: String, _ close: String, to text: inout String, _ layout: Layout,
    _ write: (Item, inout String, Layout) -> Void
  ) {
    guard !items.isEmpty else {
      text += open + close
      return
    }
    let (inner, between, start, end) = parts(of: layout)
    text += open + start
    for (index, item) in items.enumerated() {
      if index > 0 { text += between }
      write(item, &text, inner)
    }
    text += end + close
  }

  /// The layout within a list, and what is between, before and behind its items.
  private static func parts(
    of layout: Layout
  ) -> (inner: Layout, between: String, start: String, end: String) {
    switch layout {
    case .lines(let indent):
      let deeper = indent + "  "
      return (.lines(indent: deeper), ",\n" + deeper, "\n" + deeper, "\n" + indent)
    case .oneLine: return (.oneLine, ", ", "", "")
    case .compact: return (.compact, ",", "", "")
    }
  }

  private static func quote(_ value: String, to text: inout String, _ layout: Layout) {
    if case .compact = layout { quoteCompactly(value, to: &text) } else { quote(value, to: &text) }
  }

  private static func quoteCompactly(_ value: String, to text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case ..<" ": escape(scalar, to: &text)
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }

  /// What cannot be seen is escaped: controls and marks would act on the terminal a report is printed to, line
  /// separators break JavaScript, and some readers swallow a byte order mark. So is the second of two `#`, which
  /// together begin a command to a build server. All else is UTF-8.
  private static func quote(_ value: String, to text: inout String) {
    text += "\""
    defer { text += "\"" }
    // Most texts need no escape.
    if !value.unicodeScalars.contains(where: { $0 == "\"" || $0 == "\\" || $0 == "#" || isInvisible($0) }) {
      text += value
      return
    }
    var previous: Unicode.Scalar?
    for scalar in value.unicodeScalars {
      defer { previous = scalar }
      switch scalar {
      case "#" where previous == "#": escape(scalar, to: &text)
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if isInvisible(scalar) { escape(scalar, to: &text) } else { text.unicodeScalars.append(scalar) }
      }
    }
  }

  private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    // ASCII, and the signs of our own words: ±, ·, –, … and the letters of Latin.
    switch scalar.value {
    case 0x20..<0x7F, 0xA1...0xAC, 0xAE...0x24F, 0x2010...0x2027: return false
    default: break
    }
    return switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }

  private static func escape(_ scalar: Unicode.Scalar, to text: inout String) {
    for unit in UTF16.encode(scalar) ?? UTF16.encodedReplacementCharacter {
      let hex = String(unit, radix: 16)
      text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }
  }
}
