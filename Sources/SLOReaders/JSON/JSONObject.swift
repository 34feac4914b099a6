/// The members of one object in the order of the text. Keys stay bytes until someone asks for their text.
package struct JSONObject {
  /// One member.
  package struct Member {
    /// The key as a value, for its text and its place.
    let keyValue: JSONValue
    /// The value.
    package let value: JSONValue
    /// The key's text.
    package let key: String
  }

  /// Where a member lies.
  private struct Entry {
    var key: Range<Int>
    var isEscaped: Bool
    var value: Int
  }

  /// The object itself, for its place.
  package let value: JSONValue
  private let entries: [Entry]

  /// Lists the members of an object.
  /// - Throws: `malformed` where a key occurs twice: which of the two is meant is unknown.
  init(membersOf value: JSONValue) throws(InputError) {
    self.value = value
    let document = value.document
    var entries: [Entry] = []
    entries.reserveCapacity(16)
    var cursor = document.cursor(intoContainerAt: value.offset)
    while !cursor.isAtEnd {
      let key = cursor.skipKey()
      let isEscaped = document.withBytes(key) { $0.contains(UInt8(ascii: "\\")) }
      entries.append(Entry(key: key, isEscaped: isEscaped, value: cursor.offset))
      cursor.skipValue()
    }
    self.entries = entries
    if let twice = repeated() { throw duplicate(twice.first, twice.second) }
  }

  /// Its members.
  package var members: [Member] {
    entries.map {
      Member(
        keyValue: JSONValue(document: document, offset: $0.key.lowerBound - 1), value: value(of: $0),
        key: text($0))
    }
  }

  /// The values of its members, without their keys.
  var values: [JSONValue] { entries.map(value(of:)) }

  /// Whether it has none.
  var isEmpty: Bool { entries.isEmpty }

  /// The value under a key; nil where there is none or it is `null`.
  package subscript(_ name: StaticString) -> JSONValue? {
    guard let value = entry(name).map(value(of:)), !value.isNull else { return nil }
    return value
  }

  /// Whether there is such a key, `null` or not.
  func contains(_ name: StaticString) -> Bool { entry(name) != nil }

  /// The number under a key; nil where there is none or it is `null`.
  func number(_ name: StaticString) throws(InputError) -> Double? { try self[name]?.number() }

  /// The text under a key; nil where there is none or it is `null`.
  func string(_ name: StaticString) throws(InputError) -> String? { try self[name]?.string() }

  /// The object under a key; nil where there is none or it is something else.
  func object(_ name: StaticString) throws(InputError) -> JSONObject? {
    guard let value = self[name], value.kind == .object else { return nil }
    return try value.object()
  }
}

extension JSONObject {
  private var document: JSONDocument { value.document }

  private func value(of entry: Entry) -> JSONValue { JSONValue(document: document, offset: entry.value) }

  private func text(_ entry: Entry) -> String { document.withBytes(entry.key, JSONString.decoded) }

  private func entry(_ name: StaticString) -> Entry? {
    let wanted = UnsafeRawBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    return entries.first { entry in
      if entry.isEscaped { return text(entry) == name.description }
      return entry.key.count == wanted.count
        && document.withBytes(entry.key) { JSONScanner.isEqual($0, wanted) }
    }
  }

  private func isSameKey(_ first: Entry, _ second: Entry) -> Bool {
    if first.isEscaped || second.isEscaped { return text(first) == text(second) }
    guard first.key.count == second.key.count else { return false }
    return document.withBytes(first.key) { mine in
      document.withBytes(second.key) { JSONScanner.isEqual(mine, $0) }
    }
  }

  private func repeated() -> (first: Entry, second: Entry)? {
    // Small objects, nearly all there are, are compared in pairs: cheaper than a table.
    if entries.count > 16 { return repeatedByTable() }
    for (position, second) in entries.enumerated() {
      if let first = entries[..<position].first(where: { isSameKey($0, second) }) { return (first, second) }
    }
    return nil
  }

  private func repeatedByTable() -> (first: Entry, second: Entry)? {
    var seen = Dictionary<String, Int>(minimumCapacity: entries.count)
    for (position, entry) in entries.enumerated() {
      if let first = seen.updateValue(position, forKey: text(entry)) { return (entries[first], entry) }
    }
    return nil
  }

  private func duplicate(_ first: Entry, _ second: Entry) -> InputError {
    let (line, _) = document.lineAndColumn(of: first.key.lowerBound)
    return JSONValue(document: document, offset: second.key.lowerBound - 1).error(
      found: "the key \(UntrustedText.quoted(text(first), limit: 80)) a second time, first in line \(line)",
      expected: "every key once",
      remedy: "remove one of the two, or write the file again with the tool itself")
  }
}
