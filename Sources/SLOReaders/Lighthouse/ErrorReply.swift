/// A reply of a web API that reports an error: `{"error": {"code": 500, "message": "Lighthouse returned error: …"}}`.
struct ErrorReply {
  private let message: JSONValue
  private let number: String

  /// How many objects and lists may lie around a reply.
  private static let wrapping = 4

  /// The first reply in a document: itself, or what has a code in objects and lists of somebody's own.
  static func first(in root: JSONValue) throws(InputError) -> ErrorReply? {
    if let reply = try ErrorReply(root) { return reply }
    return try first(within: root, depth: 0)
  }

  private static func first(within value: JSONValue, depth: Int) throws(InputError) -> ErrorReply? {
    guard depth < wrapping, value.kind == .object || value.kind == .array else { return nil }
    let inner = value.kind == .array ? try value.elements() : try value.object().values
    for value in inner {
      if let reply = try ErrorReply(value), reply.hasCode { return reply }
      if let reply = try first(within: value, depth: depth + 1) { return reply }
    }
    return nil
  }

  /// Whether it has a number for the error.
  private let hasCode: Bool

  /// Takes a value that is such a reply; nil for any other.
  init?(_ value: JSONValue) throws(InputError) {
    guard value.kind == .object, let reply = try value.object().object("error"),
      let message = reply["message"], message.kind == .string
    else { return nil }
    self.message = message
    let code = reply["code"].flatMap { $0.kind == .number ? try? $0.number() : nil }
    hasCode = code != nil
    number = code.flatMap { Int(exactly: $0) }.map { " \($0)" } ?? ""
  }

  /// What it says, at its place.
  func error() throws(InputError) -> InputError {
    message.error(
      found: "the error\(number) \(UntrustedText.quoted(try message.string(), limit: 300))",
      expected: "a Lighthouse report", remedy: "measure the page again once the cause is gone")
  }
}
