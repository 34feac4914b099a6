/// The records of a CSV text (RFC 4180) behind its header; columns are found by their names, and columns that are not
/// asked for are ignored.
struct CSVTable {
  /// The text, without a byte order mark.
  let text: UnsafeRawBufferPointer
  /// Where the record read last begins.
  private(set) var start = 0
  /// What is wrong with the text so far.
  var problems: CSVProblems

  private let columns: Int
  private let places: [Int]
  private var fields: [Range<Int>]
  private var end = 0

  /// Reads the header.
  /// - Parameter names: the columns wanted, which `subscript` then gives by their index here.
  /// - Throws: `malformed` where one of them is missing.
  init(_ text: UnsafeRawBufferPointer, file: String, columns names: [String]) throws(InputError) {
    self.text = text
    problems = CSVProblems(file: file, text: text)
    var header = CSVFields(text)
    var found: [String] = []
    while let field = header.next() { found.append(CSVTable.trimmed(CSVFields.unquoted(text[field]))) }
    let places = names.map { found.firstIndex(of: $0) }
    guard !places.contains(nil) else { throw problems.header(found, expected: names) }
    self.places = places.compactMap { $0 }
    columns = found.count
    fields = Array(repeating: 0..<0, count: found.count)
    end = header.end ?? text.count
  }

  /// Reads the next record, over blank lines and records that are none.
  /// - Returns: false at the end.
  mutating func next() -> Bool {
    while end < text.count {
      start = end
      var record = CSVFields(text, from: start)
      var count = 0
      while let field = record.next() {
        if count < columns { fields[count] = field }
        count += 1
      }
      end = record.end ?? text.count
      if count == 1, columns > 1, fields[0].isEmpty { continue }
      if record.isOpen {
        problems.add(at: start, found: "a quote that is not closed", expected: "a second quote behind it")
      } else if count != columns {
        problems.add(
          at: start, found: count == 1 ? "a row of 1 column" : "a row of \(count) columns",
          expected: "\(columns), as in the header")
      } else {
        return true
      }
    }
    return false
  }

  /// Where the field of a wanted column stands in the record read last, with its quotes.
  subscript(column: Int) -> Range<Int> { fields[places[column]] }

  /// What the field of a wanted column says.
  func said(_ column: Int) -> String { CSVFields.unquoted(text[self[column]]) }

  /// The bytes of a field that holds a word or a number: without blanks and quotes around it.
  func bare(_ column: Int) -> UnsafeRawBufferPointer {
    let field = text[self[column]]
    let isAround = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\"") || byte == 9 }
    guard let first = field.firstIndex(where: { !isAround($0) }),
      let last = field.lastIndex(where: { !isAround($0) })
    else { return UnsafeRawBufferPointer(rebasing: field.prefix(0)) }
    return UnsafeRawBufferPointer(rebasing: field[first...last])
  }

  /// A text without spaces around it.
  static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

/// Tells where the rows of the next group begin, in a table whose groups stand together.
struct CSVGroups {
  private let name: String
  private var current: Range<Int>?
  private var seen: Set<String> = []

  /// - Parameter name: the column that names the group.
  init(name: String) { self.name = name }

  /// The name of the group whose first row is the one read last; nil where that row goes on with its group.
  mutating func begins(with column: Int, of table: inout CSVTable) -> String? {
    let field = table[column]
    if let current, table.text[current].elementsEqual(table.text[field]) { return nil }
    current = field
    let group = table.said(column)
    if group.isEmpty {
      table.problems.add(at: table.start, found: "an empty \(name)", expected: "a name")
    } else if !seen.insert(group).inserted {
      table.problems.add(
        at: table.start, found: "more rows of \(UntrustedText.quoted(group))",
        expected: "the rows of one \(name) together", remedy: "sort the file by \(name)")
    }
    return group
  }
}

extension CSVTable {
  /// The number in a column of the record read last; a problem is noted where there is none.
  mutating func number(_ column: Int) -> WrittenNumber? {
    let number = WrittenNumber(bare(column))
    if number == nil {
      problems.add(
        at: self[column].lowerBound, found: UntrustedText.quoted(text: text, self[column]),
        expected: "a decimal number, or nothing for a gap")
    }
    return number
  }

  /// The number in a column that orders the rows of a group; a problem is noted where it does not rise.
  mutating func rising(_ column: Int, _ name: String, after last: Double, orEqual: Bool = false) -> Double? {
    guard let number = WrittenNumber(bare(column))?.value, number.isFinite else {
      problems.add(
        at: self[column].lowerBound, found: UntrustedText.quoted(text: text, self[column]),
        expected: "a number that orders the rows, as \(name)")
      return nil
    }
    if number < last || number == last && !orEqual {
      problems.add(
        at: self[column].lowerBound,
        found: "\(name) \(UntrustedText.quoted(text: text, self[column])) not behind the one before it",
        expected: "rows in rising \(name)", remedy: "sort the rows by \(name)")
    }
    return number
  }
}

extension UntrustedText {
  fileprivate static func quoted(text: UnsafeRawBufferPointer, _ range: Range<Int>) -> String {
    quoted(UnsafeRawBufferPointer(rebasing: text[range]))
  }
}

/// Everything that is wrong with a CSV text: the first problems with their places, the rest by their number.
struct CSVProblems {
  /// Problems beyond this number are only counted: twenty show what is wrong.
  private static let most = 20

  private let file: String
  private let text: UnsafeRawBufferPointer
  private var errors: [InputError] = []
  private var count = 0

  init(file: String, text: UnsafeRawBufferPointer) {
    self.file = file
    self.text = text
  }

  /// Notes what was found at an offset.
  mutating func add(
    at offset: Int, found: String, expected: String,
    remedy: String = "correct the line, or write the file again"
  ) {
    count += 1
    guard count <= CSVProblems.most else { return }
    errors.append(error(at: offset, found: found, expected: expected, remedy: remedy))
  }

  /// The problems as they are reported.
  var all: [InputError] {
    guard count > CSVProblems.most else { return errors }
    let rest = InputError(
      .malformed, file: file, found: "\(count - CSVProblems.most) more such lines",
      expected: "none", remedy: "correct the first ones and try again")
    return errors + [rest]
  }

  /// A header that lacks a column.
  func header(_ found: [String], expected: [String]) -> InputError {
    let names = UntrustedText.quoted(found.joined(separator: ","), limit: 120)
    return error(
      at: 0, found: "the header \(names)",
      expected: "the columns \(expected.joined(separator: ",")) among its own",
      remedy: "write the header \(expected.joined(separator: ",")) as the first line")
  }

  private func error(at offset: Int, found: String, expected: String, remedy: String) -> InputError {
    let (line, column) = JSONPlace.lineAndColumn(of: offset, in: text)
    return InputError(
      .malformed, file: file, place: .text(line: line, column: column, path: nil), found: found,
      expected: expected, remedy: remedy)
  }
}
