/// The records of a CSV text (RFC 4180) behind its header; columns are found by their names, and what nobody
/// asked for may stand beside them.
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

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
