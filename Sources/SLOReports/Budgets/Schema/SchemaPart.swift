import SLOSupport

/// The pieces a schema is put together from.
enum SchemaPart {
  /// What a section may be that may be left empty.
  static var objectOrNothing: JSONText { .inline(.array([.string("object"), .string("null")])) }

  /// What the reader takes for a text.
  static var scalar: JSONText { .object(scalarKeywords) }

  /// The same, or nothing between quotes.
  static var scalarOrEmpty: JSONText { .object([scalarType]) }

  private static var scalarKeywords: [(String, JSONText)] { [scalarType, ("minLength", .int(1))] }

  private static var scalarType: (String, JSONText) {
    ("type", .inline(.array([.string("string"), .string("number"), .string("boolean")])))
  }

  /// Keywords behind a description.
  static func described(_ description: String, _ keywords: [(String, JSONText)]) -> JSONText {
    .object([("description", .string(description))] + keywords)
  }

  /// A text, whatever YAML would take it for.
  static func text(_ description: String, _ examples: [String] = []) -> JSONText {
    described(description, scalarKeywords + self.examples(examples))
  }

  /// A text of a form.
  static func text(_ description: String, pattern: String, _ examples: [String]) -> JSONText {
    described(
      description, [("type", .string("string")), ("pattern", .string(pattern))] + self.examples(examples))
  }

  /// A text, or a list of them.
  static func names(_ description: String, _ examples: [String]) -> JSONText {
    described(
      description,
      [("anyOf", .array([scalar, .object([("type", .string("array")), ("items", scalar)])]))]
        + self.examples(examples))
  }

  static func flag(_ description: String, usual: Bool) -> JSONText {
    described(description, [("type", .string("boolean")), ("default", .bool(usual))])
  }

  static func wholeNumber(_ description: String, _ range: ClosedRange<Int>, usual: Int) -> JSONText {
    described(
      description,
      [
        ("type", .inline(.array([.string("integer"), .string("string")]))),
        ("minimum", .int(range.lowerBound)),
        ("maximum", .int(range.upperBound)), ("pattern", .string("^[0-9]+$")), ("default", .int(usual)),
      ])
  }

  static func examples(_ examples: [String]) -> [(String, JSONText)] {
    examples.isEmpty ? [] : [("examples", .inline(.array(examples.map { .string($0) })))]
  }

  /// Something defined elsewhere, with its own words where there are any.
  static func reference(_ definition: String, _ description: String? = nil) -> JSONText {
    let reference = JSONText.object([("$ref", .string("#/definitions/\(definition)"))])
    guard let description else { return .inline(reference) }
    return described(description, [("allOf", .inline(.array([reference])))])
  }

  static func list(_ description: String, of definition: String) -> JSONText {
    described(
      description,
      [
        ("type", .inline(.array([.string("array"), .string("null")]))), ("items", reference(definition)),
      ])
  }

  /// A mapping with fixed keys and no others.
  static func mapping(
    _ description: String, _ keys: [String], required: [String] = [], examples: [JSONText] = [],
    mayBeEmpty: Bool = false,
    _ value: (String) -> JSONText?
  ) -> JSONText {
    described(
      description,
      [
        ("type", mayBeEmpty ? objectOrNothing : .string("object")), ("additionalProperties", .bool(false)),
      ]
        + (required.isEmpty ? [] : [("required", .inline(.array(required.map { .string($0) })))])
        + [("properties", fields(keys, value))]
        + (examples.isEmpty ? [] : [("examples", .inline(.array(examples)))]))
  }

  /// Properties in the order of their keys; a key without words of its own may hold anything.
  static func fields(_ keys: [String], _ value: (String) -> JSONText?) -> JSONText {
    .object(keys.map { ($0, value($0) ?? .bool(true)) })
  }
}
