internal import SLOModel
internal import SLOSupport

/// Facts as objects of JSON.
extension FactList {
  /// Adds a fact.
  /// - Parameters:
  ///   - isDeclared: whether a key that facts do not have is a mistake; else it is noted.
  ///   - offset: where it begins in the file; where its document does by default.
  mutating func add(_ value: JSONValue, isDeclared: Bool, at offset: Int? = nil) throws(InputError) {
    let object = try value.object()
    try demandKnown(object, FactList.keys, isDeclared: isDeclared)
    let said = try FactList.statement(object)
    do throws(Fact.Fault) {
      try add(Fact(said), at: offset ?? value.offset)
    } catch {
      let place = object.members.first { $0.key == error.field.rawValue }?.value ?? value
      throw place.error(found: error.found, expected: error.expected, remedy: error.remedy)
    }
  }

  private static func statement(_ fact: JSONObject) throws(InputError) -> Fact.Statement {
    guard let name = try fact.string("name") else {
      throw fact.value.error(
        found: "a fact without a name", expected: "an object with name and value",
        remedy: "give each fact the name of its metric")
    }
    guard fact.contains("value") || fact["samples"]?.kind == .array else {
      throw fact.value.error(
        found: "no value of \(UntrustedText.quoted(name))", expected: "a value, or a list of samples",
        remedy: "write null where there is none")
    }
    var said = Fact.Statement(name: name)
    (said.subject, said.unit) = (try fact.string("subject"), try fact.string("unit"))
    (said.better, said.value) = (try fact.string("better"), try fact["value"].map(number))
    if let samples = fact["samples"] {
      if samples.kind == .array {
        said.observations = try samples.elements().map(number)
      } else {
        said.samples = try number(samples)
      }
    }
    return said
  }

  /// A number. Scripts put it in quotes, and true and false have no order that everybody agrees on.
  private static func number(_ value: JSONValue) throws(InputError) -> Double {
    switch value.kind {
    case .number: return try value.number()
    case .boolean:
      throw value.error(expected: "a number", remedy: "write how many checks failed: 0 or 1")
    default: throw value.error(expected: "a number", remedy: "write the number alone, without quotes or unit")
    }
  }

  private static let keys = Set(Fact.Field.allCases.map(\.rawValue))

  /// A key that is not known is a misspelling that would take an effect away.
  private mutating func demandKnown(
    _ object: JSONObject, _ keys: Set<String>, isDeclared: Bool
  ) throws(InputError) {
    for member in object.members where !keys.contains(member.key) {
      guard isDeclared else {
        note(unknown: member.key)
        continue
      }
      throw member.keyValue.error(
        found: "the key \(UntrustedText.quoted(member.key))",
        expected: "one of " + keys.sorted().joined(separator: ", "),
        remedy: "correct the key, or leave it out")
    }
  }

  /// Adds what stands around the facts: when and how they were measured.
  mutating func addHead(_ head: JSONObject, isDeclared: Bool) throws(InputError) {
    try demandKnown(head, FactList.headKeys, isDeclared: isDeclared)
    if let value = head["started_at"] {
      guard let time = try ImpossibleValue.time(value) else {
        throw value.error(
          expected: "a time such as 2026-01-31T12:00:00Z", remedy: "write it in UTC, as date -u +%FT%TZ does")
      }
      reading.startedAt = time
    }
    if let value = head["duration"] {
      let seconds = try FactList.number(value)
      guard seconds >= 0 else {
        throw value.error(
          expected: "a number of seconds from 0 up", remedy: "correct the script, or leave it out")
      }
      reading.duration = seconds
    }
    reading.toolVersion = try head.string("tool").map { UntrustedText.cleaned($0) }
    if let conditions = head["conditions"] { try addConditions(conditions.object()) }
  }

  private static let headKeys: Set<String> = [
    "$schema", "schema", "facts", "started_at", "duration", "tool", "conditions",
  ]

  /// Adds what results have to share to be compared, in words.
  private mutating func addConditions(_ conditions: JSONObject) throws(InputError) {
    for member in conditions.members where !member.value.isNull {
      let text =
        switch member.value.kind {
        case .number: shortest(try member.value.number())
        case .boolean: try member.value.boolean() ? "true" : "false"
        default: try member.value.string()
        }
      guard SecretText.reason(key: member.key, value: text) == nil else {
        throw member.keyValue.error(
          found: "a condition that looks like a secret",
          expected: "conditions that may be shown to everybody",
          remedy: "leave it out: conditions are kept in the history")
      }
      reading.conditions[ComposedText.composed(member.key)] = ComposedText.composed(text)
    }
  }
}
