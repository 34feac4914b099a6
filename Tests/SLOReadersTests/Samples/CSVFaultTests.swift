import Testing

@testable import SLOReaders

@Suite("What is wrong in k6's CSV is reported with its place")
struct CSVFaultTests {
  private static let header = "metric_name,timestamp,metric_value,name,extra_tags\n"

  private func fault(_ rows: String, cutAt cuts: [Int] = []) throws -> InputError {
    let text = Array((Self.header + rows).utf8)
    let faults = [true, false].map { usesTemplates in
      #expect(throws: InputError.self) {
        try DecodedCSV(text, cutAt: cuts, usesTemplates: usesTemplates)
      }
    }
    #expect(faults[0] == faults[1])
    return try #require(faults[0])
  }

  @Test("A sample with too few or too many columns")
  func columns() throws {
    let few = try fault("m,1,1.000000,a,\nm,1,1.000000,a\n")
    #expect(few.place == .text(line: 3, column: 1, path: nil))
    #expect(few.found == "a sample of 4 columns")
    #expect(few.expected == "5, as in the header")
    #expect(try fault("m,1,1.000000,a,,b\n").found == "a sample of 6 columns")
    #expect(try fault("m,1\n").found == "a sample of 2 columns")
    #expect(try fault("m,1,1.000000,a,,b").found == "a sample of 6 columns")
  }

  @Test(
    "A time that is none",
    arguments: [
      "", "now", "-1", "1.5", "2026-13-20T23:28:58Z", "9999-12-31T23:59:59Z", "99999999999999999999",
    ])
  func times(text: String) throws {
    let fault = try fault("søk,\(text),1.000000,a,\n")
    #expect(fault.place == .text(line: 2, column: 5, path: nil))
    #expect(fault.found == "\"\(text)\"")
  }

  @Test(
    "A value that is no number",
    arguments: ["", "NaN", "Inf", "inf", "0x10", "1e5", "1.", ".5", "+1", "1 ", "--1", "\"1\"", "1_0"])
  func values(text: String) throws {
    let fault = try fault("m,1,1.000000,a,\nm,1,\(text),a,\n")
    #expect(fault.place == .text(line: 3, column: 5, path: nil))
    #expect(fault.expected == "a decimal number, +Inf or -Inf")
  }

  @Test("A second header: two runs in one file")
  func secondHeader() throws {
    let fault = try fault("m,1,1.000000,a,\n" + Self.header)
    #expect(fault.place == .text(line: 3, column: 1, path: nil))
    #expect(fault.found == "a second header")
  }

  @Test("The place is right behind line breaks in quotes, and where a record began in an earlier block")
  func places() throws {
    let rows = "m,1,1.000000,\"a\nb\",\nm,1,1.000000,\"a\nb\"\nm,1,1.000000,a,\n"
    for cut in Self.header.utf8.count..<(Self.header + rows).utf8.count {
      #expect(try fault(rows, cutAt: [cut]).place == .text(line: 4, column: 1, path: nil), "\(cut)")
    }
  }

  @Test("A quote that is never closed does not fill the memory")
  func endless() throws {
    let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 4 << 20)
    let start = Array((Self.header + "m,1,1.000000,\"a\n").utf8)
    let text = start + piece + piece + piece + piece + piece
    let cuts = (0..<5).map { start.count + $0 << 22 }
    let fault = #expect(throws: InputError.self) { try DecodedCSV(text, cutAt: cuts) }
    #expect(fault?.found == "a record of more than 16 MiB")
    #expect(fault?.place == .text(line: 2, column: 1, path: nil))
  }

  @Test("The message names file, place, what is there, what should be, and what to do")
  func message() throws {
    #expect(
      try fault("m,1,NaN,a,\n").description == """
        test.csv:2:5: found "NaN"; expected a decimal number, +Inf or -Inf; pass the file that \
        k6 run --out csv=FILE writes
        """)
  }
}
