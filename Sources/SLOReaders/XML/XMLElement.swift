/// An element of an XML document: its attributes, texts and elements, without namespaces.
struct XMLElement: Sendable {
  /// Its name as it is written.
  var name: String
  /// The line its tag begins on, from 1.
  var line: Int
  /// Its attributes, by name.
  var attributes: [String: String] = [:]
  /// Its elements, in their order.
  var elements: [XMLElement] = []
  /// Its own text, that of its elements aside.
  var text = ""

  /// The elements of a name.
  func elements(named name: String) -> [XMLElement] { elements.filter { $0.name == name } }

  /// Whether it has an element of one of these names.
  func has(_ names: Set<String>) -> Bool { elements.contains { names.contains($0.name) } }

  /// An attribute as a number that is 0 or more; nil where it is not there.
  /// - Throws: `malformed` for anything else.
  func number(_ attribute: String, in file: String) throws(InputError) -> Double? {
    guard let text = attributes[attribute], !text.isEmpty else { return nil }
    // Thousands are parted in some locales' reports.
    guard let number = Double(text.replacing(",", with: "")), number.isFinite, number >= 0 else {
      throw InputError(
        .malformed, file: file, place: .text(line: line, column: 1, path: nil),
        found: "\(attribute)=\(UntrustedText.quoted(text)) of <\(name)>", expected: "a number, 0 or more",
        remedy: "pass the file as the tool wrote it")
    }
    return number
  }
}
