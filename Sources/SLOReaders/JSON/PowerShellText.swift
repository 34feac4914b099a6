/// What PowerShell's `ConvertTo-Json` writes of objects that lie deeper than its `-Depth`: the text `@{avg=1; min=2}`
/// in place of the object, so that its figures are lost.
enum PowerShellText {
  /// How deep a document is searched. PowerShell of today cuts at 2 unless told otherwise.
  private static let depthLimit = 6

  /// An error at a value that is such a text; nil for any other value.
  static func error(at value: JSONValue) throws(InputError) -> InputError? {
    guard value.kind == .string, case let text = try value.string(), isOne(text) else { return nil }
    return value.error(
      found: "the text \(UntrustedText.quoted(text)), which PowerShell writes in place of an object",
      expected: "the object itself", remedy: "write the file with ConvertTo-Json -Depth 100")
  }

  /// Refuses an object with a member that is such a text.
  static func refuse(in object: JSONObject) throws(InputError) {
    for value in object.values where value.kind == .string {
      if let error = try error(at: value) { throw error }
    }
  }

  /// Refuses such a text in place of a list, or of an element of it.
  static func refuse(inList value: JSONValue?) throws(InputError) {
    guard let value else { return }
    if let error = try error(at: value) { throw error }
    guard value.kind == .array else { return }
    for element in try value.elements() where element.kind == .string {
      if let error = try error(at: element) { throw error }
    }
  }

  /// An error at the first such text in a document; nil where there is none.
  static func error(in value: JSONValue, depth: Int = 0) throws(InputError) -> InputError? {
    switch value.kind {
    case .string: return try error(at: value)
    case .object where depth < depthLimit:
      for value in try value.object().values {
        if let error = try error(in: value, depth: depth + 1) { return error }
      }
    case .array where depth < depthLimit:
      for element in try value.elements() {
        if let error = try error(in: element, depth: depth + 1) { return error }
      }
    default: break
    }
    return nil
  }

  private static func isOne(_ text: String) -> Bool {
    text.hasPrefix("@{") && (text.contains("=") || text == "@{}")
      || ["System.Collections.Hashtable", "System.Object[]", "System.Management.Automation.PSCustomObject"]
        .contains(text)
  }
}
