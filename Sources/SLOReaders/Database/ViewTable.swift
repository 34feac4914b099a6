internal import SLOModel
internal import SLOSupport

/// The rows that a query of a database's view gave: CSV with a header, an array of JSON objects, or such objects line by
/// line. Columns are found by their names; those that nobody asks for are ignored.
struct ViewTable {
  /// The names of its columns; of CSV in lower case.
  let columns: Set<String>
  private let file: String
  private let content: Content

  private enum Content {
    case csv(SourceFile, CSVLayout)
    case lines(SourceFile)
    case array(JSONValue)
  }

  /// Where the columns of CSV stand.
  struct CSVLayout {
    let separator: UInt8
    let places: [String: Int]
    let count: Int
    /// Behind the header.
    let start: Int
  }

  /// Opens a table in CSV or in lines of JSON; nil for what is neither.
  /// - Parameter start: the first bytes of the text.
  init?(_ file: SourceFile, startingWith start: Bytes) throws(InputError) {
    self.file = file.path
    if let layout = start.withBytes(CSVLayout.init(startOf:)) {
      columns = Set(layout.places.keys)
      content = .csv(file, layout)
    } else if start.withBytes(ViewTable.mayBeLines), let first = try ViewTable.firstLine(of: file) {
      columns = Set(first.members.map(\.key))
      content = .lines(file)
    } else {
      return nil
    }
  }

  /// Takes an array of objects; nil for anything else.
  init?(_ root: JSONValue) throws(InputError) {
    guard root.kind == .array, let first = root.firstElement, first.kind == .object else { return nil }
    file = root.document.file
    columns = Set(try first.object().members.map(\.key))
    content = .array(root)
  }

  /// Whether a column is there, under any of some names.
  func hasAny(_ names: [String]) -> Bool { !columns.isDisjoint(with: names) }

  /// Calls a function for each row, in order.
  /// - Throws: `malformed` for a row that is none, and what the function throws.
  func forEachRow(_ body: (ViewRow) throws(InputError) -> Void) throws(InputError) {
    switch content {
    case .array(let root):
      for element in try root.elements() { try body(ViewRow(try element.object())) }
    case .lines(let source):
      let text = try source.text()
      for range in text.withBytes(ViewTable.lines) {
        try body(ViewRow(try JSONDocument(text, part: range, file: file).root.object()))
      }
    case .csv(let source, let layout):
      try source.text().withBytes { bytes throws(InputError) in
        var at = layout.start
        while at < bytes.count {
          var fields: [Range<Int>] = []
          var record = CSVFields(bytes, from: at, separator: layout.separator)
          while let field = record.next() { fields.append(field) }
          let row = ViewRow(bytes, fields, layout, start: at, file: file)
          at = record.end ?? bytes.count
          if fields.count == 1, fields[0].isEmpty { continue }
          guard !record.isOpen else {
            throw row.error(found: "a quote that is not closed", expected: "a second quote behind it")
          }
          guard fields.count == layout.count else {
            throw row.error(
              found: "a row of \(fields.count) columns", expected: "\(layout.count), as in the header")
          }
          try body(row)
        }
      }
    }
  }
}

extension ViewTable {
  /// Whether a text may be JSON objects, each in a line of its own.
  private static func mayBeLines(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.starts(with: "{\"".utf8) else { return false }
    guard let end = text.firstIndex(of: UInt8(ascii: "\n")) else {
      // Of a longer line the first columns say what it is.
      return UnsafeRawBufferPointer(rebasing: text.prefix(256)).contains("\"query".utf8)
    }
    return text[end...].contains(UInt8(ascii: "{")) || end + 1 >= text.count
  }

  /// The object in the first line of a text; nil where the line is none by itself.
  private static func firstLine(of file: SourceFile) throws(InputError) -> JSONObject? {
    let text = try file.text()
    let end = text.withBytes { $0.firstIndex(of: UInt8(ascii: "\n")) ?? $0.count }
    guard let document = try? JSONDocument(text, part: 0..<end, file: file.path) else { return nil }
    return try document.root.object()
  }

  /// Where the lines that are not blank stand.
  private static func lines(_ text: UnsafeRawBufferPointer) -> [Range<Int>] {
    text.split(separator: UInt8(ascii: "\n")).filter { !$0.allSatisfy { $0 <= 0x20 } }
      .map { $0.startIndex..<$0.endIndex }
  }
}

extension ViewTable.CSVLayout {
  /// Reads the header of a text; nil where its first line names no columns.
  init?(startOf text: UnsafeRawBufferPointer) {
    for separator in ",;".utf8 {
      var header = CSVFields(text, separator: separator)
      var names: [String] = []
      while let field = header.next(), names.count < 512 {
        names.append(CSVFields.unquoted(text[field]).lowercased())
      }
      guard let end = header.end, header.isLine, names.count > 1, names.allSatisfy(Self.isName),
        Set(names).count == names.count
      else { continue }
      places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      (self.separator, count, start) = (separator, names.count, end)
      return
    }
    return nil
  }

  /// Whether a field names a column.
  static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count < 64 && text.utf8.first?.isDigit == false
      && text.utf8.allSatisfy {
        $0.isLetter || $0.isDigit || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: " ")
      }
  }
}

extension JSONValue {
  /// The first value of an array; nil where it has none.
  fileprivate var firstElement: JSONValue? {
    let cursor = document.cursor(intoContainerAt: offset)
    return cursor.isAtEnd ? nil : JSONValue(document: document, offset: cursor.offset)
  }
}
