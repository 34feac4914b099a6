import SLOSupport

/// k6's CSV as a spreadsheet saves it again: other separators, quotes round its fields, decimal commas, a line
/// `sep=;`, empty columns and rows at the ends.
///
/// Every field is put back as k6 writes it. What may have lost digits, or may mean two numbers, is refused.
struct SpreadsheetCSV {
  /// What separates fields.
  private let separator: UInt8
  private let file: String
  private let text: Bytes
  private var columns: [String] = []
  private var relaid: RelaidText
  /// The decimal mark, once a value has one.
  private var mark: UInt8?
  /// The first value that may mean thousands, and whether another one proved that its mark is a decimal one.
  private var doubtful: (value: String, start: Int)?
  private var isMarkProven = false

  /// Recognises the first lines of a text: a header of k6's in another spelling, or values in quotes below it.
  /// - Returns: what separates fields; nil for anything else.
  static func separator(startOf text: UnsafeRawBufferPointer) -> UInt8? {
    var lines = text.split(separator: 0x0A, maxSplits: 20).map(UnsafeRawBufferPointer.init(rebasing:))[...]
    if let first = lines.first, first.starts(with: "sep=".utf8) || first.starts(with: "\"sep=".utf8) {
      lines.removeFirst()
    }
    guard let header = lines.popFirst() else { return nil }
    guard let separator = ";\t,".utf8.first(where: { isHeader(header, $0) }) else { return nil }
    let isOfK6 = separator == UInt8(ascii: ",") && CSVHeader.isOne(header)
    let isSavedAgain = header.last == 0x0D || lines.contains { hasQuotedValue($0) || hasCapitalFlag($0) }
    return !isOfK6 || isSavedAgain ? separator : nil
  }

  /// The samples of a text as k6 writes them.
  /// - Throws: `malformed` at the first field that cannot be put back.
  static func relaid(_ text: Bytes, separator: UInt8, file: String) throws(InputError) -> RelaidText {
    var csv = SpreadsheetCSV(separator, text, file)
    try text.withBytes { text throws(InputError) in try csv.read(text) }
    if let doubtful = csv.doubtful, !csv.isMarkProven { throw csv.grouped(doubtful.value, doubtful.start) }
    csv.relaid.notice =
      "another program saved this CSV again: fields apart by \(csv.separatorName)"
      + (csv.mark == UInt8(ascii: ",") ? ", decimal commas" : "") + "; it was read as k6 writes it"
    return csv.relaid
  }

  private init(_ separator: UInt8, _ text: Bytes, _ file: String) {
    (self.separator, self.text, self.file) = (separator, text, file)
    relaid = RelaidText(of: text)
  }

  private static func isHeader(_ line: UnsafeRawBufferPointer, _ separator: UInt8) -> Bool {
    var fields = CSVFields(line, separator: separator)
    var names: [String] = []
    while names.count < CSVHeader.fixedCount, let field = fields.next() {
      names.append(CSVFields.unquoted(line[field]))
    }
    return names.joined(separator: ",") == CSVHeader.start.description
  }

  /// Whether a line has a truth value as spreadsheets write it.
  private static func hasCapitalFlag(_ line: UnsafeRawBufferPointer) -> Bool {
    var fields = CSVFields(line)
    while let field = fields.next() {
      if ["TRUE", "FALSE"].contains(CSVFields.unquoted(line[field])) { return true }
    }
    return false
  }

  private static func hasQuotedValue(_ line: UnsafeRawBufferPointer) -> Bool {
    var fields = CSVFields(line)
    _ = fields.next()
    _ = fields.next()
    return fields.next().map { line[$0].first == UInt8(ascii: "\"") } ?? false
  }
}

extension SpreadsheetCSV {
  private mutating func read(_ text: UnsafeRawBufferPointer) throws(InputError) {
    var at = 0
    while at < text.count {
      var fields = CSVFields(text, from: at, separator: separator)
      var record: [(said: String, start: Int)] = []
      while let field = fields.next() {
        record.append((CSVFields.unquoted(text[field]), field.lowerBound))
      }
      let start = at
      at = fields.end ?? text.count
      while let last = record.last, last.said.isEmpty, record.count > max(1, columns.count) {
        record.removeLast()
      }
      if record.allSatisfy(\.said.isEmpty) || columns.isEmpty && record[0].said.hasPrefix("sep=") { continue }
      if columns.isEmpty {
        columns = record.map(\.said)
        append(record.map(\.said), from: start)
      } else {
        append(try sample(record, from: start), from: start)
      }
    }
  }

  private mutating func append(_ fields: [String], from start: Int) {
    relaid.append(fields.map(SpreadsheetCSV.quoted).joined(separator: ",").utf8, from: start)
  }

  /// A field as k6's CSV writer quotes it.
  private static func quoted(_ field: String) -> String {
    let needsQuotes =
      field == "\\." || field.utf8.first == 0x20 || field.utf8.first == 0x09
      || field.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }
    return needsQuotes ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }

  private mutating func sample(
    _ record: [(said: String, start: Int)], from start: Int
  ) throws(InputError) -> [String] {
    guard record.count >= CSVHeader.fixedCount, record.count <= columns.count else {
      throw error(
        start, found: "a sample of \(record.count) columns", expected: "\(columns.count), as in the header")
    }
    // Some programs leave out empty columns at the end of a row.
    var fields = record.map(\.said) + repeatElement("", count: columns.count - record.count)
    try checkTime(fields[1], record[1].start)
    fields[2] = try number(fields[2], record[2].start)
    // Of this metric the value is known: where it is another one, the decimal marks of all were lost.
    if fields[0] == "http_reqs", Double(fields[2]) != 1 {
      throw error(
        record[2].start, found: "\(UntrustedText.quoted(record[2].said)) for a sample of http_reqs",
        expected: "1, as each of them is a request")
    }
    if let place = columns.firstIndex(of: SampleGrouping.expectedTag), place < record.count {
      fields[place] = try flag(fields[place], record[place].start)
    }
    return fields
  }

  private func checkTime(_ text: String, _ start: Int) throws(InputError) {
    let isCount = (1...19).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
    let isDate = text.utf8.count >= 20 && text.contains("T") && text.hasPrefix("2")
    if isCount || isDate { return }
    throw error(
      start, found: "\(UntrustedText.quoted(text)) for a time",
      expected: "a time as k6 writes it, with all its digits: 1763683033 or 2026-11-20T23:17:12Z")
  }

  /// Spreadsheets write a truth value in capitals, or in their own language.
  private func flag(_ text: String, _ start: Int) throws(InputError) -> String {
    let lower = text.lowercased()
    if ["true", "false", ""].contains(lower) { return lower }
    throw error(
      start, found: "\(UntrustedText.quoted(text)) in the column \(SampleGrouping.expectedTag)",
      expected: "true or false")
  }

  private var separatorName: String {
    switch separator {
    case UInt8(ascii: ";"): "semicolons"
    case 0x09: "tabs"
    default: "commas"
    }
  }
}

extension SpreadsheetCSV {
  /// A number as k6 writes it.
  private mutating func number(_ text: String, _ start: Int) throws(InputError) -> String {
    if text == "+Inf" || text == "-Inf" { return text }
    guard let number = LocalNumber(text) else { throw ambiguous(text, start) }
    if let mark = number.mark {
      if let known = self.mark, known != mark {
        throw error(
          start, found: "\(UntrustedText.quoted(text)) among values with the other decimal mark",
          expected: "one decimal mark, a point or a comma, in the whole file")
      }
      self.mark = mark
      if number.mayBeGrouped {
        doubtful = doubtful ?? (text, start)
      } else {
        isMarkProven = true
      }
    }
    return number.plain
  }

  private func ambiguous(_ text: String, _ start: Int) -> InputError {
    error(
      start, found: "\(UntrustedText.quoted(text)) for a value",
      expected: "a number with all its digits, with one decimal mark and no signs between thousands")
  }

  private func grouped(_ text: String, _ start: Int) -> InputError {
    error(
      start, found: "\(UntrustedText.quoted(text)), which may be a thousand times as much",
      expected: "a value somewhere in the file that distinguishes decimals from thousands")
  }

  private func error(_ start: Int, found: String, expected: String) -> InputError {
    let (line, column) = text.withBytes { JSONPlace.lineAndColumn(of: start, in: $0) }
    return InputError(
      .malformed, file: file, place: .text(line: line, column: column, path: nil), found: found,
      expected: expected, remedy: "pass the file as k6 wrote it, before a spreadsheet saved it")
  }
}

/// A decimal number as a spreadsheet writes it: with a point or a comma, small ones with an exponent.
struct LocalNumber {
  /// The number with a point and without an exponent.
  let plain: String
  /// The decimal mark; nil where there is none.
  let mark: UInt8?
  /// Whether the mark may as well stand between thousands: `1.234`, but not `0.234`, `1234.567` or `1.23`.
  let mayBeGrouped: Bool

  /// The most places that an exponent moves the decimal mark.
  private static let exponentLimit = 30

  /// Reads a number. A large number with an exponent may have lost digits and is none.
  init?(_ text: String) {
    var rest = text.utf8[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative { rest.removeFirst() }
    let whole = rest.prefix(while: \.isDigit)
    rest = rest[whole.endIndex...]
    var fraction = rest.prefix(0)
    var mark: UInt8?
    if let first = rest.first, first == UInt8(ascii: ".") || first == UInt8(ascii: ",") {
      mark = first
      fraction = rest.dropFirst().prefix(while: \.isDigit)
      if fraction.isEmpty { return nil }
      rest = rest[fraction.endIndex...]
    }
    guard !whole.isEmpty, let exponent = LocalNumber.exponent(rest) else { return nil }
    self.mark = mark
    let isGroup = (1...3).contains(whole.count) && whole.first != UInt8(ascii: "0")
    mayBeGrouped = mark != nil && exponent == 0 && isGroup && fraction.count == 3
    plain =
      (isNegative ? "-" : "")
      + LocalNumber.plain(String(Substring(whole)), String(Substring(fraction)), exponent)
  }

  /// How many places `E-05` moves the mark to the left; 0 for nothing, nil for anything else.
  private static func exponent(_ text: Substring.UTF8View) -> Int? {
    if text.isEmpty { return 0 }
    guard text.first.map({ $0 | 0x20 == UInt8(ascii: "e") }) == true,
      text.dropFirst().first == UInt8(ascii: "-"), text.dropFirst(2).allSatisfy(\.isDigit)
    else { return nil }
    return Int(Substring(text.dropFirst(2))).flatMap { (1...exponentLimit).contains($0) ? $0 : nil }
  }

  private static func plain(_ whole: String, _ fraction: String, _ exponent: Int) -> String {
    if exponent == 0 { return fraction.isEmpty ? whole : whole + "." + fraction }
    let padded = String(repeating: "0", count: max(0, exponent + 1 - whole.utf8.count)) + whole
    return padded.dropLast(exponent) + "." + padded.suffix(exponent) + fraction
  }
}
