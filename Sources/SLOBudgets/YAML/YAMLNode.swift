/// A node of a YAML document that knows where it is.
struct YAMLNode: Sendable {
  /// A key of a mapping and what it holds.
  struct Pair: Sendable {
    var key: Placed<String>
    var value: YAMLNode
  }

  /// What a node holds.
  enum Content: Sendable {
    /// The text as written. Whether it was plain distinguishes `300` from `"300"`; what it means is for the reader
    /// to say, never for YAML's own rules: `yes`, `1:30` and `1e3` stay what the author wrote.
    case scalar(String, isPlain: Bool)
    case sequence([YAMLNode])
    case mapping([Pair])
  }

  var content: Content
  var place: Place

  /// Whether nothing was written: an empty value, `~` or `null`.
  var isNull: Bool {
    guard case .scalar(let text, isPlain: true) = content else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  /// What was found, for messages.
  var kind: String {
    switch content {
    case .scalar(let text, _): isNull ? "nothing" : "'\(text)'"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
