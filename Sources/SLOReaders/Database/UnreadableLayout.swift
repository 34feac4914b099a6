internal import SLOSupport

/// A form in which psql prints rows for people, or a server for itself: what a query holds cannot be told from what is
/// around it.
struct UnreadableLayout {
  /// The names of its columns, in lower case.
  let columns: Set<String>
  private let title: String

  /// Recognises the first lines of a text; nil for any other form.
  init?(startOf text: UnsafeRawBufferPointer) {
    let lines = text.prefix(4_096).split(separator: UInt8(ascii: "\n"), maxSplits: 40)
    guard let first = lines.first else { return nil }
    if first.starts(with: "-[ RECORD 1 ]".utf8) {
      title = "psql's expanded output"
      columns = Set(lines.dropFirst().compactMap { UnreadableLayout.cells($0, UInt8(ascii: "|")).first })
      return
    }
    let rule = text[first.endIndex...].dropFirst().prefix { $0 != UInt8(ascii: "\n") }
    let isRuled = rule.allSatisfy { "-+ \r".utf8.contains($0) }
    for (separator, name) in [(UInt8(ascii: "|"), "psql's aligned output"), (9, "COPY's text format")] {
      let names = UnreadableLayout.cells(first, separator)
      guard names.count > 1, names.allSatisfy(ViewTable.CSVLayout.isName) else { continue }
      columns = Set(names)
      title = separator == 9 || isRuled ? name : "psql's unaligned output"
      return
    }
    return nil
  }

  /// What stands between separators, without the blanks around it, in lower case.
  private static func cells(_ line: Slice<UnsafeRawBufferPointer>, _ separator: UInt8) -> [String] {
    line.split(separator: separator).map { cell in
      let text = cell.drop { $0 <= 0x20 }
      let end = text.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? text.startIndex
      return String(decoding: text[..<end], as: UTF8.self).lowercased()
    }
  }

  /// That such a file cannot be read, and how to get one that can.
  func error(file: String, query: String) -> InputError {
    UnreadableLayout.error(title, file: file, query: query)
  }

  /// The same of a form that is not told by its columns.
  static func error(_ title: String, file: String, query: String) -> InputError {
    InputError(
      .malformed, file: file, found: title, expected: "CSV with a header, or JSON",
      remedy: "write it with psql --csv -c '\(query)' > FILE")
  }
}

/// Rows of queries whose columns are not known: a message about them must not show how they begin.
extension UnreadableLayout {
  /// What a text is called whose first rows hold queries under no name, or under one that nobody knows; nil for any
  /// other.
  static func titleOfQueries(_ text: UnsafeRawBufferPointer) -> String? {
    let lines = text.split(separator: UInt8(ascii: "\n"), maxSplits: 2).prefix(2)
    guard let first = lines.first else { return nil }
    // A column is as wide as the longest query, and its header may be longer than what is looked at.
    if !text.contains(UInt8(ascii: "\n")) {
      if first.starts(with: "-[ RECORD 1 ]".utf8) { return "psql's expanded output" }
      if cells(first, UInt8(ascii: "|")).first.map({ $0 == "query" }) ?? false {
        return "psql's aligned output"
      }
    }
    if hasQuery(first) { return "rows of queries without a header" }
    let headers = ",;\t|".utf8.map { cells(first, $0) }
    guard lines.count == 2, headers[0].joined().contains("query"), hasQuery(lines[1]),
      !headers.contains(where: { StatementStatistics.isOne(ofColumns: Set($0)) })
    else { return nil }
    return "queries without the columns query, calls and total_exec_time"
  }

  /// Whether a line has a field that begins as a query does, and one that is a number.
  private static func hasQuery(_ line: Slice<UnsafeRawBufferPointer>) -> Bool {
    "\t|,;".utf8.contains { separator in
      let fields = line.split(separator: separator, maxSplits: 512).map { field in
        String(
          decoding: field.drop { $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: " ") }.prefix(24),
          as: UTF8.self)
      }
      let isQuery = { (field: String) in
        verbs.contains(field.prefix { $0.isASCII && $0.isLetter }.uppercased()) && field.contains(" ")
      }
      return fields.contains { Double($0) != nil } && fields.contains(where: isQuery)
    }
  }

  private static let verbs: Set<String> = [
    "SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "MERGE", "CREATE", "ALTER", "DROP", "GRANT", "SET",
    "COPY",
    "COMMENT", "DO", "CALL", "EXECUTE", "BEGIN", "COMMIT",
  ]
}
