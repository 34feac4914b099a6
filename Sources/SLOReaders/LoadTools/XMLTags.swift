import SLOModel

internal import Glibc

/// The tags of an XML document one after the other, without what is between them: for documents too large to be held as a
/// tree. A document type is refused, as by `XMLParser`.
struct XMLTags {
  /// What a tag does.
  enum Kind {
    case start, end
    /// An element without content: `<a/>`.
    case empty
  }

  /// What the tag read last does.
  private(set) var kind = Kind.empty
  /// Where its name stands.
  private(set) var name = 0..<0

  private let text: UnsafeRawBufferPointer
  private let file: String
  private var position = 0
  private var start = 0
  /// Where its attributes stand: name and value without quotes.
  private var attributes: [(name: Range<Int>, value: Range<Int>)] = []

  /// Reads a document.
  init(_ text: UnsafeRawBufferPointer, file: String) { (self.text, self.file) = (text, file) }

  /// Moves to the next tag.
  /// - Returns: false at the end of the text, within a tag too.
  mutating func next() throws(InputError) -> Bool {
    while let tag = place(of: UInt8(ascii: "<"), from: position) {
      start = tag
      position = tag + 1
      if starts("!--") {
        guard skip("-->") else { return false }
      } else if starts("![CDATA[") {
        guard skip("]]>") else { return false }
      } else if starts("?") {
        guard skip("?>") else { return false }
      } else if starts("!") {
        throw fault(found: "a document type", expected: "a result without one")
      } else {
        return try readTag()
      }
    }
    position = text.count
    return false
  }

  private mutating func readTag() throws(InputError) -> Bool {
    attributes.removeAll(keepingCapacity: true)
    let isEnd = starts("/")
    if isEnd { position += 1 }
    name = word()
    if name.isEmpty, position < text.count { throw fault(found: "'<' without a name", expected: "&lt;") }
    while true {
      skipBlanks()
      guard position < text.count else { return false }
      if text[position] == UInt8(ascii: ">") {
        kind = isEnd ? .end : .start
        position += 1
        return true
      }
      if starts("/>") {
        kind = .empty
        position += 2
        return true
      }
      guard try readAttribute() else { return false }
    }
  }

  private mutating func readAttribute() throws(InputError) -> Bool {
    let name = word()
    skipBlanks()
    guard position < text.count else { return false }
    guard !name.isEmpty, text[position] == UInt8(ascii: "=") else {
      throw fault(found: "a tag that is none", expected: "attributes with their values")
    }
    position += 1
    skipBlanks()
    guard position < text.count else { return false }
    let quote = text[position]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      throw fault(found: "a value without quotes", expected: "a quoted value")
    }
    guard let end = place(of: quote, from: position + 1) else { return false }
    attributes.append((name, position + 1..<end))
    position = end + 1
    return true
  }

  // MARK: What a tag says

  /// Whether it has a name.
  func isNamed(_ word: StaticString) -> Bool { isEqual(name, word) }

  /// Whether its name is the one that stands at another place.
  func isName(_ other: Range<Int>) -> Bool { text[name].elementsEqual(text[other]) }

  /// The bytes of an attribute's value as they are written.
  func raw(_ attribute: StaticString) -> UnsafeRawBufferPointer? {
    attributes.first { isEqual($0.name, attribute) }.map { UnsafeRawBufferPointer(rebasing: text[$0.value]) }
  }

  /// An attribute's value as a number that is 0 or more; nil where it is not there.
  /// - Throws: `malformed` for anything else.
  func number(_ attribute: StaticString) throws(InputError) -> Double? {
    guard let written = raw(attribute) else { return nil }
    guard let number = WrittenNumber(written)?.value, number.isFinite, number >= 0 else {
      throw fault(
        found: "\(attribute)=\(UntrustedText.quoted(written))", expected: "a number, 0 or more")
    }
    return number
  }

  /// An attribute's value with its references resolved; nil where it is not there.
  func text(_ attribute: StaticString) throws(InputError) -> String? {
    guard let written = raw(attribute) else { return nil }
    guard written.contains(UInt8(ascii: "&")) else { return String(decoding: written, as: UTF8.self) }
    guard let text = XMLTags.resolved(written) else {
      throw fault(found: "an entity that is not known", expected: "one of the five that are built in")
    }
    return text
  }

  private static let entities: [String: UInt8] = ["lt": 60, "gt": 62, "amp": 38, "quot": 34, "apos": 39]

  private static func resolved(_ written: UnsafeRawBufferPointer) -> String? {
    var text: [UInt8] = []
    var rest = written[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "&") else {
        text.append(byte)
        continue
      }
      let name = String(decoding: rest.prefix(12).prefix { $0 != UInt8(ascii: ";") }, as: UTF8.self)
      rest = rest.dropFirst(name.utf8.count)
      guard rest.popFirst() == UInt8(ascii: ";") else { return nil }
      if let known = entities[name] {
        text.append(known)
        continue
      }
      let number =
        name.hasPrefix("#x")
        ? UInt32(name.dropFirst(2), radix: 16) : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
      guard let scalar = number.flatMap(Unicode.Scalar.init) else { return nil }
      text += Array(String(Character(scalar)).utf8)
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Something wrong at the tag read last.
  func fault(
    found: String, expected: String, remedy: String = "pass the file as the tool wrote it"
  ) -> InputError {
    let (line, column) = JSONPlace.lineAndColumn(of: start, in: text)
    return InputError(
      .malformed, file: file, place: .text(line: line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }

  // MARK: Bytes

  private func place(of byte: UInt8, from start: Int) -> Int? {
    guard start < text.count, let base = text.baseAddress,
      let found = memchr(base + start, Int32(byte), text.count - start)
    else { return nil }
    return UnsafeRawPointer(found) - base
  }

  private func starts(_ mark: StaticString) -> Bool {
    position + mark.utf8CodeUnitCount <= text.count
      && isEqual(position..<position + mark.utf8CodeUnitCount, mark)
  }

  private func isEqual(_ range: Range<Int>, _ word: StaticString) -> Bool {
    range.count == word.utf8CodeUnitCount && text[range].elementsEqual(word.bytes)
  }

  /// Moves behind a mark; false where there is none.
  private mutating func skip(_ mark: StaticString) -> Bool {
    let last = mark.bytes[mark.utf8CodeUnitCount - 1]
    while let end = place(of: last, from: position) {
      position = end + 1
      let begin = position - mark.utf8CodeUnitCount
      if begin > start, isEqual(begin..<position, mark) { return true }
    }
    position = text.count
    return false
  }

  private mutating func skipBlanks() {
    while position < text.count, text[position] == 0x20 || (0x09...0x0D).contains(text[position]) {
      position += 1
    }
  }

  /// A name: up to a blank or a sign of a tag.
  private mutating func word() -> Range<Int> {
    let begin = position
    while position < text.count, case let byte = text[position], byte > 0x20, byte != UInt8(ascii: "="),
      byte != UInt8(ascii: ">"), byte != UInt8(ascii: "/"), byte != UInt8(ascii: "<"),
      byte != UInt8(ascii: "\""), byte != UInt8(ascii: "'")
    {
      position += 1
    }
    return begin..<position
  }
}
