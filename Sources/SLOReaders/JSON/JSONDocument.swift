package import SLOSupport

/// A JSON text that was proven valid, to be looked into without being built.
package final class JSONDocument {
  /// The file's name, for messages.
  let file: String
  private let text: Bytes
  private let large: [JSONValidator.Span]
  /// The text it is a part of, and where it begins there; nil where it is the whole.
  private let enclosing: (text: Bytes, start: Int)?

  /// Proves a text JSON that stands within another one.
  /// - Throws: `malformed` with line and column in the whole text.
  init(_ text: Bytes, part: Range<Int>, file: String) throws(InputError) {
    self.file = file
    self.text = text.dropFirst(part.lowerBound).prefix(part.count)
    enclosing = (text, part.lowerBound)
    do {
      large = try self.text.withBytes(JSONValidator.largeContainers)
    } catch {
      throw self.text.withBytes { error.inputError(file: file, text: $0) }
        .shifted(to: JSONDocument.place(of: part.lowerBound, in: text))
    }
  }

  /// Proves a text JSON.
  /// - Throws: `malformed` with line, column and JSON path of the first mistake.
  init(_ text: Bytes, file: String) throws(InputError) {
    self.file = file
    self.text = text
    enclosing = nil
    do {
      large = try text.withBytes(JSONValidator.largeContainers)
    } catch {
      throw text.withBytes { error.inputError(file: file, text: $0) }
    }
  }

  /// The whole document.
  package var root: JSONValue {
    JSONValue(document: self, offset: JSONScanner.skipBlanks(base, 0, buffer.count))
  }

  /// The byte at an offset.
  func byte(_ offset: Int) -> UInt8 { buffer[offset] }

  /// Lends some of the text for the length of a call.
  func withBytes<Value>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    text.withBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
  }

  /// The offset behind the value at `start`.
  func end(ofValueAt start: Int) -> Int { JSONScanner.skipValue(base, start, buffer.count) }

  /// A cursor at what the container at `start` holds.
  func cursor(intoContainerAt start: Int) -> JSONCursor {
    JSONCursor(base: base, count: buffer.count, large: large, container: start)
  }

  /// Where an offset is, for people.
  func place(of offset: Int) -> InputError.Place {
    text.withBytes { JSONPlace.of(offset, in: $0) }.shifted(to: origin)
  }

  /// Line and column of an offset, from 1.
  func lineAndColumn(of offset: Int) -> (line: Int, column: Int) {
    let (line, column) = text.withBytes { JSONPlace.lineAndColumn(of: offset, in: $0) }
    return (line + origin.line - 1, line == 1 ? column + origin.column - 1 : column)
  }

  /// Where its first byte stands in the file: found by counting lines, and so only for messages.
  private var origin: (line: Int, column: Int) {
    enclosing.map { JSONDocument.place(of: $0.start, in: $0.text) } ?? (1, 1)
  }

  private static func place(of offset: Int, in text: Bytes) -> (line: Int, column: Int) {
    text.withBytes { JSONPlace.lineAndColumn(of: offset, in: $0) }
  }

  private var buffer: UnsafeRawBufferPointer { text.buffer }

  private var base: UnsafePointer<UInt8> {
    // The document is not empty, or it would not have been valid.
    UnsafeRawPointer(buffer.baseAddress.unsafelyUnwrapped).assumingMemoryBound(to: UInt8.self)
  }
}

extension JSONDocument {
  /// Proves a text of slogate's own JSON.
  /// - Parameter name: what messages call it.
  /// - Throws: `malformed` for what is no JSON.
  package convenience init(parsing text: String, named name: String) throws(InputError) {
    try self.init(Bytes(Array(text.utf8)), file: name)
  }
}

/// A file of JSON, for other targets too.
package struct JSONFile {
  /// What it holds.
  package let document: JSONDocument
  /// SHA-256 of its bytes.
  package let digest: SHA256Digest

  /// Reads a file.
  /// - Throws: `unreadable` for what is missing or forbidden, `malformed` for what is no JSON.
  package init(path: String) throws(InputError) {
    let file = try SourceFile(opening: path)
    digest = try file.raw().withBytes { SHA256Digest(of: $0) }
    document = try JSONDocument(try file.raw(), file: path)
  }
}
