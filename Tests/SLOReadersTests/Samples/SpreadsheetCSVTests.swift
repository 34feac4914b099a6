import SLOModel
import Testing

@testable import SLOReaders

@Suite("k6's CSV that a spreadsheet saved again")
struct SpreadsheetCSVTests {
  private static let header =
    "metric_name,timestamp,metric_value,check,expected_response,group,name,extra_tags,metadata"
  private static let rows = [
    "http_reqs,1763683033,1.000000,,true,,\"GET a, b\",endpoint=a&x=1,",
    "http_req_duration,1763683033,24.123456,,true,,\"GET a, b\",endpoint=a&x=1,",
    "http_req_failed,1763683033,0.000000,,true,,\"GET a, b\",endpoint=a&x=1,",
    "checks,1763683033,1.000000,\"says \"\"hi\"\"; ok\",,::pay,,,",
    "http_req_duration,1763683035,1034.500000,,false,,b,endpoint=b,",
    "http_req_blocked,1763683035,0.000012,,false,,b,endpoint=b,",
    "offset,1763683035,-3.250000,,,,,,",
  ]

  private func read(_ text: String, _ encode: (String) -> [UInt8] = { Array($0.utf8) }) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(encode(text), to: folder + "/f.csv")
      let options = ReadOptions(metricKinds: ["offset": .trend])
      return Readers.read(paths: [folder + "/f.csv"], as: .profile("baseline"), options: options)
    }
  }

  @Test("Line ends and truth values of another program change neither values nor identity")
  func lineEnds() throws {
    let text = ([Self.header] + Self.rows).map { $0 + "\n" }.joined()
    let asWritten = try #require(try read(text).usable.first)
    for other in [text.replacing("\n", with: "\r\n"), text.replacing(",true,", with: ",TRUE,")] {
      let saved = try #require(try read(other).usable.first)
      #expect(saved.source.sha256 == asWritten.source.sha256)
      #expect(saved.measurements == asWritten.measurements)
      #expect(saved.notices.contains { $0.contains("saved this CSV again") })
    }
  }

  @Test("Values whose decimal mark was lost are refused: a sample of http_reqs is one request")
  func lostMarks() throws {
    let rows = Self.rows.map { $0.replacing("1.000000", with: "1000000").replacing(",", with: ";") }
    let result = try read(([Self.header.replacing(",", with: ";")] + rows).map { $0 + "\n" }.joined())
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.expected == "1, as each of them is a request")
  }

  /// The fields of a record of these rows.
  private static func fields(_ row: String) -> [String] {
    row.withUTF8Bytes { row in
      var fields = CSVFields(row)
      var said: [String] = []
      while let field = fields.next() { said.append(CSVFields.unquoted(row[field])) }
      return said
    }
  }

  /// What a spreadsheet makes of a number: no zeros at its end, small ones with an exponent, its own mark.
  private static func local(_ number: String, _ mark: String) -> String {
    if number == "0.000012" { return "1\(mark)2E-05" }
    var number = number
    while number.hasSuffix("0") { number.removeLast() }
    if number.hasSuffix(".") { number.removeLast() }
    return number.replacing(".", with: mark)
  }

  private static func saved(
    by separator: String, mark: String, quotes: Bool = false, end: String = "\n", capitals: Bool = false
  ) -> String {
    let records = [fields(header)] + rows.map(fields)
    return records.enumerated().map { number, record in
      var record = record
      if number > 0 { record[2] = local(record[2], mark) }
      if capitals, number > 0 { record[4] = record[4].uppercased() }
      return record.map { field in
        quotes || field.contains(separator) || field.contains("\"")
          ? "\"\(field.replacing("\"", with: "\"\""))\"" : field
      }.joined(separator: separator) + end
    }.joined()
  }

  @Test("Every value, tag and identity is the original's, whatever separates and quotes")
  func layouts() throws {
    let original = try #require(
      try read(([Self.header] + Self.rows).joined(separator: "\n") + "\n").usable.first)
    #expect(original.value("http_req_duration", .maximum, endpoint: "b") == 1034.5)
    let texts = [
      Self.saved(by: ";", mark: ","), Self.saved(by: ";", mark: ".", end: "\r\n"),
      Self.saved(by: "\t", mark: ","),
      Self.saved(by: ";", mark: ",", quotes: true, end: "\r\n"), Self.saved(by: ",", mark: ".", quotes: true),
      Self.saved(by: ",", mark: ",", capitals: true),
      "sep=;\r\n" + Self.saved(by: ";", mark: ",", end: "\r\n"),
      Self.saved(by: ";", mark: ",", end: ";;\n") + ";;;;;\n\n",
    ]
    for text in texts {
      for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8), Self.utf16(text)] {
        let result = try read("") { _ in bytes }
        #expect(result.errors.map(\.description) == [], "\(text)")
        #expect(result.usable.first?.measurements == original.measurements, "\(text)")
        #expect(result.usable.first?.source.sha256 == original.source.sha256, "\(text)")
      }
    }
  }

  private static func utf16(_ text: String) -> [UInt8] {
    [0xFF, 0xFE] + text.utf16.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  @Test(
    "What may have lost digits, or may mean two numbers, is refused at its place",
    arguments: [
      ("1,76E+09", "24,5"), ("20.11.2026 23:17", "24,5"), ("1.763.683.033", "24,5"),
      ("1763683033", "1.234,5"),
      ("1763683033", "1,234.5"), ("1763683033", "1 234,5"), ("1763683033", "1\u{A0}234"),
      ("1763683033", "1'234"),
      ("1763683033", "1,2E+11"), ("1763683033", "05. Dez"), ("1763683033", "1,234,567"), ("1763683033", ""),
      ("1763683033", "24,"), ("1763683033", "12:30"),
    ])
  func refused(time: String, value: String) throws {
    let text =
      "metric_name;timestamp;metric_value;name\nhttp_reqs;1763683033;1;a\nhttp_req_duration;\(time);\(value);a\n"
    let result = try read(text)
    #expect(result.usable.isEmpty && result.errors.count == 1)
    let place = time == "1763683033" ? 30 : 19
    #expect(result.errors.first?.place == .text(line: 3, column: place, path: nil), "\(result.errors)")
    #expect(result.errors.first?.remedy.contains("before a spreadsheet saved it") == true)
  }

  @Test("A mark that may stand between thousands needs a value that proves it a decimal one")
  func thousands() throws {
    let file = { (values: [String]) in
      "metric_name;timestamp;metric_value\n" + values.map { "http_req_duration;1763683033;\($0)\n" }.joined()
    }
    for doubtful in [["1.234", "12"], ["1,234", "500"]] {
      let result = try read(file(doubtful))
      #expect(result.errors.first?.place == .text(line: 2, column: 30, path: nil), "\(result.errors)")
    }
    for proof in ["0,5", "0,123", "1234,567", "1,2", "1E-05", "1,5E-05"] where proof != "1E-05" {
      #expect(try read(file(["1,234", proof])).usable.first?.value("http_req_duration", .count) == 2)
    }
    #expect(try read(file(["1.5", "1,5"])).errors.first?.found.contains("other decimal mark") == true)
  }

  @Test("A truth value in another language is refused")
  func languages() throws {
    let text = "metric_name;timestamp;metric_value;expected_response\nhttp_reqs;1763683033;1;WAHR\n"
    #expect(try read(text).errors.first?.found == "\"WAHR\" in the column expected_response")
  }

  @Test("That the file was saved again is reported")
  func notice() throws {
    let notices = try read(Self.saved(by: ";", mark: ",")).usable.first?.notices ?? []
    #expect(notices.contains { $0.contains("fields apart by semicolons, decimal commas") })
    #expect(
      try read(([Self.header] + Self.rows).joined(separator: "\n")).usable.first?.notices.contains {
        $0.contains("saved")
      } == false)
  }
}

extension String {
  fileprivate func withUTF8Bytes<Value>(_ body: (UnsafeRawBufferPointer) -> Value) -> Value {
    Array(utf8).withUnsafeBytes(body)
  }
}
