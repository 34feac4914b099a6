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
