import SLOModel
import SLOReaders
import SLOSupport

/// An entry of the journal as a file, named by its hash.
enum JournalDocument {
  /// The name of the form, which is that of the hash too.
  static let schema = "slogate.journal/v1"

  /// The text of an entry's file.
  static func text(of entry: JournalEntry) -> String {
    JSONText.object([
      ("schema", .string(schema)), ("at", .string(entry.at.description)),
      ("kind", .string(entry.kind.rawValue)), ("subject", .object(entry.subject)),
      ("parents", .array(entry.parents.map { .string($0.description) })),
    ]).document
  }

  /// The entry a file holds.
  static func entry(_ document: JSONDocument) throws(InputError) -> JournalEntry {
    let root = try document.root.object()
    try root.require(schema: schema)
    let (time, kind) = (try root.required("at"), try root.required("kind"))
    guard let at = Timestamp(rfc3339: try time.string()) else {
      throw time.error(expected: "a time as in 2026-11-20T23:20:00.578Z", remedy: remedy)
    }
    guard let known = JournalEntry.Kind(rawValue: try kind.string()) else {
      throw kind.error(
        expected: "one of " + JournalEntry.Kind.allCases.map(\.rawValue).joined(separator: ", "),
        remedy: remedy)
    }
    let parents = try root.list("parents") { value throws(InputError) in
      guard let hash = SHA256Digest(hexadecimal: try value.string()) else {
        throw value.error(expected: "a hash of 64 hexadecimal digits", remedy: remedy)
      }
      return hash
    }
    return JournalEntry(at: at, kind: known, subject: try root.words("subject"), parents: parents)
  }
}

/// What to do about a file that is not as it was exported.
let remedy = "export the history again, or fetch the file as it was exported"

/// Fields that must be there.
extension JSONObject {
  /// The value under a key.
  func required(_ key: StaticString) throws(InputError) -> JSONValue {
    guard let found = self[key] else {
      throw value.error(found: "no \"\(key)\"", expected: "the key \"\(key)\"", remedy: remedy)
    }
    return found
  }

  /// The text under a key.
  func text(_ key: StaticString) throws(InputError) -> String { try required(key).string() }

  /// The text under a key; nil where it is `null` or absent.
  func optionalText(_ key: StaticString) throws(InputError) -> String? {
    try self[key].map { value throws(InputError) in try value.string() }
  }

  /// The whole number under a key, not below 0.
  func integer(_ key: StaticString) throws(InputError) -> Int {
    let value = try required(key)
    guard let number = Int(exactly: try value.number()), number >= 0 else {
      throw value.error(expected: "a whole number from 0", remedy: remedy)
    }
    return number
  }

  /// The texts under the keys of an object.
  func words(_ key: StaticString) throws(InputError) -> [String: String] {
    var words: [String: String] = [:]
    for member in try required(key).object().members { words[member.key] = try member.value.string() }
    return words
  }

  /// The elements of an array.
  func list<Element>(
    _ key: StaticString, _ element: (JSONValue) throws(InputError) -> Element
  ) throws(InputError) -> [Element] {
    var list: [Element] = []
    for value in try required(key).elements() { list.append(try element(value)) }
    return list
  }

  /// Whether the file is of the form that is read.
  func require(schema: String) throws(InputError) {
    let found = try required("schema")
    guard try found.string() == schema else {
      throw found.error(expected: "\"\(schema)\"", remedy: "use a slogate that knows this form")
    }
  }
}
