internal import SLOReaders

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
