/// A YAML document to be written, in blocks; keys stay in the order given.
indirect enum YAMLOutput {
  /// A text, quoted where it could be read as anything else.
  case text(String)
  /// A number or truth value as it is.
  case plain(String)
  case list([YAMLOutput])
  case map([(String, YAMLOutput)])

  /// The document, with a line break at the end.
  var document: String { lines.map { $0 + "\n" }.joined() }

  private var lines: [String] {
    switch self {
    case .text, .plain: [scalar ?? ""]
    case .list(let items) where items.isEmpty: ["[]"]
    case .map(let members) where members.isEmpty: ["{}"]
    case .list(let items):
      items.flatMap { item in
        item.lines.enumerated().map { ($0 == 0 ? "- " : "  ") + $1 }
      }
    case .map(let members): members.flatMap(YAMLOutput.lines)
    }
  }

  private static func lines(_ key: String, _ value: YAMLOutput) -> [String] {
    let key = YAMLOutput.written(key) + ":"
    let lines = value.lines
    if value.isOnOneLine { return [key + " " + lines[0]] }
    return [key] + lines.map { "  " + $0 }
  }

  private var scalar: String? {
    switch self {
    case .text(let text): YAMLOutput.written(text)
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

  /// Words as they are; all else in double quotes, with the escapes of YAML 1.2.
  static func written(_ text: String) -> String {
    let bytes = text.utf8
    let isWord = { (byte: UInt8) in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        || "_-./".utf8.contains(byte)
    }
    let keywords = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
    let startsWithLetter = bytes.first.map { (65...90).contains($0) || (97...122).contains($0) } ?? false
    if startsWithLetter, bytes.allSatisfy(isWord), !keywords.contains(text.lowercased()) { return text }
    return "\"" + text.unicodeScalars.map(escaped).joined() + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\"": return "\\\""
    case "\\": return "\\\\"
    case "\n": return "\\n"
    case "\t": return "\\t"
    default: break
    }
    if (0x20..<0x7F).contains(scalar.value) { return String(scalar) }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse:
      let hex = String(scalar.value, radix: 16)
      let isLong = hex.count > 4
      return (isLong ? "\\U" : "\\u") + String(repeating: "0", count: (isLong ? 8 : 4) - hex.count) + hex
    default: return String(scalar)
    }
  }
}
