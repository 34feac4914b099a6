/// Parses XML as reports of tools have it (<https://www.w3.org/TR/xml/>): elements, attributes, character data and
/// references. A document type is refused, and with it every entity but the five that are built in: what expands
/// without end cannot be written.
struct XMLParser {
  /// How deep elements may lie in each other.
  static let depth = 128

  /// What is wrong with a text, and on which line.
  struct Fault: Error {
    var line: Int
    var column: Int
    var found: String
    var expected: String
  }

  private let bytes: UnsafeRawBufferPointer
  private var position = 0
  private var line = 1
  /// Where the line begins.
  private var lineStart = 0

  private init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The root element of a document in UTF-8.
  /// - Throws: what is wrong, and where.
  static func root(of bytes: UnsafeRawBufferPointer) throws(Fault) -> XMLElement {
    var parser = XMLParser(bytes)
    try parser.skipMisc()
    guard parser.peek == UInt8(ascii: "<") else { throw parser.fault("text", expected: "an element") }
    let root = try parser.element(depth: 0)
    try parser.skipMisc()
    guard parser.peek == nil else { throw parser.fault("text behind the document", expected: "its end") }
    return root
  }

  // MARK: Elements

  private mutating func element(depth: Int) throws(Fault) -> XMLElement {
    guard depth < XMLParser.depth else {
      throw fault("elements more than \(XMLParser.depth) deep", expected: "a report")
    }
    var element = XMLElement(name: "", line: line)
    advance()
    element.name = try name()
    while true {
      skipBlanks()
      if take("/>") { return element }
      if take(">") { break }
      let key = try name()
      skipBlanks()
      guard take("=") else { throw fault("an attribute without value", expected: "\(key)=\"…\"") }
      skipBlanks()
      guard element.attributes.updateValue(try quoted(), forKey: key) == nil else {
        throw fault("the attribute \(key) twice", expected: "it once")
      }
    }
    try content(of: &element, depth: depth)
    return element
  }

  /// What is between a tag and its end.
  private mutating func content(of element: inout XMLElement, depth: Int) throws(Fault) {
    while let byte = peek {
      if byte != UInt8(ascii: "<") {
        element.text += try characters(until: UInt8(ascii: "<"))
      } else if take("</") {
        let end = try name()
        skipBlanks()
        guard end == element.name, take(">") else {
          throw fault("</\(end)>", expected: "</\(element.name)> of line \(element.line)")
        }
        return
      } else if take("<![CDATA[") {
        element.text += decoded(try bytes(before: "]]>"))
      } else if starts("<!--") || starts("<?") {
        try skipMisc()
      } else {
        element.elements.append(try self.element(depth: depth + 1))
      }
    }
    throw fault("the end of the file", expected: "</\(element.name)> of line \(element.line)")
  }

  private mutating func name() throws(Fault) -> String {
    let start = position
    while let byte = peek, XMLParser.isName(byte) { advance() }
    guard position > start else { throw fault("no name", expected: "the name of an element or attribute") }
    return decoded(start..<position)
  }

  private mutating func quoted() throws(Fault) -> String {
    guard let quote = peek, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw fault("a value without quotes", expected: "a quoted value")
    }
    advance()
    let text = try characters(until: quote)
    guard peek == quote else { throw fault("the end of the file", expected: "the end of a value") }
    advance()
    return text
  }

  // MARK: Text

  /// Character data up to a byte, its references resolved.
  private mutating func characters(until end: UInt8) throws(Fault) -> String {
    var text = ""
    var start = position
    while let byte = peek, byte != end {
      guard byte == UInt8(ascii: "&") else {
        advance()
        continue
      }
      text += decoded(start..<position)
      text += try reference()
      start = position
    }
    return text + decoded(start..<position)
  }

  private mutating func reference() throws(Fault) -> String {
    advance()
    let start = position
    while let byte = peek, byte != UInt8(ascii: ";"), position - start < 12 { advance() }
    let name = decoded(start..<position)
    guard peek == UInt8(ascii: ";") else { throw fault("'&' without an end", expected: "&amp;") }
    advance()
    if let known = XMLParser.entities[name] { return known }
    let number =
      name.hasPrefix("#x")
      ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
    guard let scalar = number.flatMap(Unicode.Scalar.init) else {
      throw fault(
        "the entity &\(name);", expected: "one of the five that are built in, or a character's number")
    }
    return String(Character(scalar))
  }

  private static let entities = ["lt": "<", "gt": ">", "amp": "&", "quot": "\"", "apos": "'"]

  /// Skips blanks, comments, instructions and the declaration.
  private mutating func skipMisc() throws(Fault) {
    while true {
      skipBlanks()
      if take("<!--") {
        _ = try bytes(before: "-->")
      } else if take("<?") {
        _ = try bytes(before: "?>")
      } else if starts("<!DOCTYPE") || starts("<!doctype") {
        throw fault("a document type", expected: "a report without one")
      } else {
        return
      }
    }
  }

  /// The bytes before a mark, which is skipped as well.
  private mutating func bytes(before mark: StaticString) throws(Fault) -> Range<Int> {
    let start = position
    while peek != nil {
      let end = position
      if take(mark) { return start..<end }
      advance()
    }
    throw fault("the end of the file", expected: "\(mark)")
  }

  // MARK: Bytes

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func advance() {
    if bytes[position] == 0x0A { (line, lineStart) = (line + 1, position + 1) }
    position += 1
  }

  private func starts(_ mark: StaticString) -> Bool {
    position + mark.utf8CodeUnitCount <= bytes.count
      && mark.withUTF8Buffer { $0.elementsEqual(bytes[position..<(position + $0.count)]) }
  }

  private mutating func take(_ mark: StaticString) -> Bool {
    guard starts(mark) else { return false }
    position += mark.utf8CodeUnitCount
    return true
  }

  private mutating func skipBlanks() {
    while let byte = peek, byte == 0x20 || (0x09...0x0D).contains(byte) { advance() }
  }

  /// Bytes that are no UTF-8 are replaced: names are shown, never run.
  private func decoded(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  private static func isName(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x30...0x3A).contains(byte) || (0x41...0x5A).contains(byte)
      || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
      || byte == UInt8(ascii: ".")
  }

  private func fault(_ found: String, expected: String) -> Fault {
    Fault(line: line, column: position - lineStart + 1, found: found, expected: expected)
  }
}

extension XMLElement {
  /// The root of a document.
  /// - Throws: `malformed` with the line of the first mistake.
  init(_ text: Bytes, file: String) throws(InputError) {
    do {
      self = try text.withBytes { bytes throws(XMLParser.Fault) in try XMLParser.root(of: bytes) }
    } catch {
      throw InputError(
        .malformed, file: file, place: .text(line: error.line, column: error.column, path: nil),
        found: UntrustedText.escaped(error.found),
        expected: UntrustedText.escaped(error.expected), remedy: "pass the file as the tool wrote it")
    }
  }
}
