import SLOModel

/// The rows of a delimited text (RFC 4180 with any separator), one after the other in one pass.
struct LoadRows {
  /// The text, without a byte order mark.
  let text: UnsafeRawBufferPointer
  /// Whether the text ends within a row: the run that wrote it, or its copy, was cut short.
  private(set) var isCut = false
  /// Where the row read last begins.
  private(set) var start = 0

  private let file: String
  private let separator: UInt8
  private var columns: Int
  private var fields: [Range<Int>]
  private var end = 0

  /// Reads rows.
  /// - Parameter columns: how many fields each has.
  init(_ text: UnsafeRawBufferPointer, file: String, separator: UInt8, columns: Int, skipping header: Int = 0)
  {
    (self.text, self.file, self.separator, self.columns) = (text, file, separator, columns)
    fields = Array(repeating: 0..<0, count: columns)
    end = header
  }

  /// The fields of a header, and where the rows below it begin; none of what is no table that a load tool writes: a
  /// document, or a line of very many fields.
  static func header(
    _ text: UnsafeRawBufferPointer, separator: UInt8
  ) -> (names: [String], end: Int) {
    guard let first = text.first, !"{[<".utf8.contains(first) else { return ([], 0) }
    var fields = CSVFields(text, separator: separator)
    var names: [String] = []
    while let field = fields.next() {
      names.append(CSVFields.unquoted(text[field]))
      if names.count > mostColumns { return ([], 0) }
    }
    return (names, fields.end ?? text.count)
  }

  /// JMeter writes 17 columns, and one for each variable that somebody names.
  private static let mostColumns = 256

  /// Moves to the next row, over blank lines.
  /// - Returns: false at the end.
  /// - Throws: `malformed` for a row of another number of fields, unless the text ends within it.
  mutating func next() throws(InputError) -> Bool {
    while end < text.count {
      start = end
      var row = CSVFields(text, from: start, separator: separator)
      var count = 0
      while let field = row.next() {
        if count < columns { fields[count] = field }
        count += 1
      }
      end = row.end ?? text.count
      if count == 1, fields[0].isEmpty { continue }
      // A row without its end may lack digits of its last field as well.
      if row.isOpen || !row.isLine && count <= columns {
        isCut = true
        return false
      }
      guard count == columns else {
        throw fault(
          at: start, found: count == 1 ? "a row of 1 field" : "a row of \(count) fields",
          expected: "\(columns) fields, as in the first line")
      }
      return true
    }
    return false
  }

  /// The bytes of a field of the row read last, without the quotes around it.
  subscript(column: Int) -> UnsafeRawBufferPointer {
    let field = fields[column]
    let isQuoted =
      field.count >= 2 && text[field.lowerBound] == UInt8(ascii: "\"")
      && text[field.upperBound - 1] == UInt8(ascii: "\"")
    return UnsafeRawBufferPointer(
      rebasing: text[isQuoted ? field.lowerBound + 1..<field.upperBound - 1 : field])
  }

  /// What a field of the row read last says.
  func said(_ column: Int) -> String { CSVFields.unquoted(text[fields[column]]) }

  /// A time, size or count in a field of the row read last.
  /// - Throws: `malformed` for what is no number, or one below 0.
  func number(_ column: Int, _ expected: String) throws(InputError) -> Double {
    guard let number = WrittenNumber(self[column])?.value, number.isFinite, number >= 0 else {
      throw fault(column, expected: expected)
    }
    return number
  }

  /// Something wrong with a field of the row read last.
  func fault(
    _ column: Int, expected: String, remedy: String = "pass the file as the tool wrote it"
  ) -> InputError {
    fault(
      at: fields[column].lowerBound,
      found: UntrustedText.quoted(UnsafeRawBufferPointer(rebasing: text[fields[column]])), expected: expected,
      remedy: remedy)
  }

  /// Something wrong at an offset.
  func fault(
    at offset: Int, found: String, expected: String, remedy: String = "pass the file as the tool wrote it"
  ) -> InputError {
    let (line, column) = JSONPlace.lineAndColumn(of: offset, in: text)
    return InputError(
      .malformed, file: file, place: .text(line: line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}
