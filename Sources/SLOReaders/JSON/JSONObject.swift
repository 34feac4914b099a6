/// The members of one object in the order of the text. Keys stay bytes until someone asks for their text.
struct JSONObject {
  /// One member.
  struct Member {
    /// The key's value as a string value, for its text and its place.
    let keyValue: JSONValue
    /// The value.
    let value: JSONValue
    fileprivate let keyEnd: Int
    fileprivate let isEscaped: Bool

    /// The key's text.
    var key: String { withKey(JSONText.decoded) }

    fileprivate func withKey<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
      keyValue.document.withBytes(keyValue.offset + 1..<keyEnd - 1, body)
    }

    fileprivate func has(_ name: StaticString) -> Bool {
      if isEscaped { return key == name.description }
      let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
      return withKey { JSONScanner.isEqual($0, wanted) }
    }

    fileprivate func has(_ other: Member) -> Bool {
      if isEscaped || other.isEscaped { return key == other.key }
      return withKey { mine in other.withKey { JSONScanner.isEqual(mine, $0) } }
    }
  }

  /// The object itself, for its place.
  let value: JSONValue
  /// Its members.
  let members: [Member]

  /// Lists the members of an object.
  /// - Throws: `malformed` where a key occurs twice: which of the two is meant nobody can know.
  init(membersOf value: JSONValue) throws(InputError) {
    self.value = value
    let document = value.document
    var members: [Member] = []
    var at = document.skipBlanks(from: value.offset + 1)
    while document.byte(at) != UInt8(ascii: "}") {
      let key = JSONValue(document: document, offset: at)
      let keyEnd = document.end(ofValueAt: at)
      let start = document.skipBlanks(from: document.skipBlanks(from: keyEnd) + 1)
      let escaped = document.withBytes(at..<keyEnd) { $0.contains(UInt8(ascii: "\\")) }
      members.append(
        Member(
          keyValue: key, value: JSONValue(document: document, offset: start), keyEnd: keyEnd,
          isEscaped: escaped))
      at = document.skipBlanks(from: document.end(ofValueAt: start))
      if document.byte(at) == UInt8(ascii: ",") { at = document.skipBlanks(from: at + 1) }
    }
    self.members = members
    if let twice = JSONObject.repeated(members) { throw JSONObject.duplicate(twice.first, twice.second) }
  }

  /// The value under a key; nil where there is none or it is `null`.
  subscript(_ name: StaticString) -> JSONValue? {
    guard let value = members.first(where: { $0.has(name) })?.value, !value.isNull else { return nil }
    return value
  }

  /// Whether there is such a key, `null` or not.
  func contains(_ name: StaticString) -> Bool { members.contains { $0.has(name) } }

  /// The number under a key; nil where there is none or it is `null`.
  func number(_ name: StaticString) throws(InputError) -> Double? { try self[name]?.number() }

  /// The text under a key; nil where there is none or it is `null`.
  func string(_ name: StaticString) throws(InputError) -> String? { try self[name]?.string() }

  /// The object under a key; nil where there is none or it is something else.
  func object(_ name: StaticString) throws(InputError) -> JSONObject? {
    guard let value = self[name], value.kind == .object else { return nil }
    return try value.object()
  }

  private static func repeated(_ members: [Member]) -> (first: Member, second: Member)? {
    // Small objects, nearly all there are, are compared in pairs: cheaper than a table.
    if members.count > 16 { return repeatedByTable(members) }
    for (position, second) in members.enumerated() {
      if let first = members[..<position].first(where: { $0.has(second) }) { return (first, second) }
    }
    return nil
  }

  private static func repeatedByTable(_ members: [Member]) -> (first: Member, second: Member)? {
    var seen = Dictionary<String, Int>(minimumCapacity: members.count)
    for (position, member) in members.enumerated() {
      if let first = seen.updateValue(position, forKey: member.key) { return (members[first], member) }
    }
    return nil
  }

  private static func duplicate(_ first: Member, _ second: Member) -> InputError {
    let key = UntrustedText.quoted(first.key, limit: 80)
    let earlier = "\(first.keyValue.document.place(of: first.keyValue.offset))"
    let line = earlier.dropFirst().prefix { $0 != ":" }
    return second.keyValue.error(
      found: "the key \(key) a second time, first in line \(line)", expected: "every key once",
      remedy: "remove one of the two, or write the file again with the tool itself")
  }
}
