/// A metric's name taken apart: `http_req_duration{method:GET,status:200}` is a base name and tags.
///
/// A load tool writes a sub-metric as the script spelled it. Two spellings of the same tags are the same series, so
/// names are compared in the normalised spelling: tags sorted by key, no blanks, no quotes.
package struct MetricName: Hashable, Sendable, CustomStringConvertible {
  /// The name before the first brace.
  package var base: String
  /// The tags, by key.
  package var tags: [String: String]

  /// Creates a name from its parts.
  package init(base: String, tags: [String: String] = [:]) {
    self.base = base
    self.tags = tags
  }

  /// Parses a name as load tools do: cut at the first `{`, drop the last `}`, split at `,`, each piece at its
  /// first `:`, trim blanks, then surrounding quotes. A name without tags is its own base.
  package init(parsing name: String) {
    guard let open = MetricName.openingBrace(of: name) else {
      self.init(base: name)
      return
    }
    let inner = name.utf8[open...].dropFirst().dropLast()
    let pairs = inner.split(separator: UInt8(ascii: ",")).map { piece in
      let colon = piece.firstIndex(of: UInt8(ascii: ":")) ?? piece.endIndex
      return (MetricName.bare(piece[..<colon]), MetricName.bare(piece[colon...].dropFirst()))
    }
    self.init(
      base: MetricName.trimmed(name.utf8[..<open]), tags: Dictionary(pairs) { _, last in last })
  }

  /// The base of a name whose tags are not needed.
  package static func base(of name: String) -> String {
    openingBrace(of: name).map { trimmed(name.utf8[..<$0]) } ?? name
  }

  /// Where the tags begin; nil for a name without tags.
  private static func openingBrace(of name: String) -> String.Index? {
    name.utf8.last == UInt8(ascii: "}") ? name.utf8.firstIndex(of: UInt8(ascii: "{")) : nil
  }

  /// The normalised spelling.
  package var description: String {
    guard !tags.isEmpty else { return base }
    let list = tags.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
    return "\(base){\(list.joined(separator: ","))}"
  }

  private static func trimmed(_ text: Substring.UTF8View) -> String {
    var bytes = text
    while let first = bytes.first, isBlank(first) { bytes.removeFirst() }
    while let last = bytes.last, isBlank(last) { bytes.removeLast() }
    return String(Substring(bytes))
  }

  private static func bare(_ text: Substring.UTF8View) -> String {
    let text = trimmed(text)
    guard text.utf8.count >= 2, let quote = text.utf8.first, quote == text.utf8.last,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    else { return text }
    return String(Substring(text.utf8.dropFirst().dropLast()))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || (9...13).contains(byte) }
}
