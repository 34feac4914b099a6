import Testing

@testable import SLOReaders

@Suite("k6's CSV in blocks, cut short, and among what k6 says to people")
struct CSVBlockTests {
  private static let text = #"""
             /\      Grafana   /‾‾/

    metric_name,timestamp,metric_value,check,name,extra_tags,metadata
    http_reqs,1795216632,1.000000,,"with, ""comma""","endpoint=line
    break, again
    and again",
    http_reqs,1795216632,1.000000,,søk,endpoint=søk,
    running (0m01.0s), 10/10 VUs, 9 complete and 0 interrupted iterations
    http_reqs,1795216633,1.000000,,søk,endpoint=søk,
    http_req_duration,1795216633,30.332120,,søk,endpoint=søk,a=b

         ✓ status is 200

    """#

  @Test("However a text is cut into blocks, it says the same", arguments: [true, false])
  func everySplit(usesTemplates: Bool) throws {
    let text = Array(Self.text.utf8)
    let whole = try DecodedCSV(text, usesTemplates: usesTemplates)
    #expect(whole.samples.count == 4)
    #expect(whole.lines == 12)
    #expect(whole.consoleLines == 3)
    for first in 0..<text.count {
      #expect(try DecodedCSV(text, cutAt: [first], usesTemplates: usesTemplates) == whole, "\(first)")
      let second = min(text.count - 1, first + 7)
      #expect(
        try DecodedCSV(text, cutAt: [first, second], usesTemplates: usesTemplates) == whole, "\(first)")
    }
  }

  @Test("A text cut short gives its complete records and says that it was cut")
  func everyPrefix() throws {
    let text = try Fixtures.text("k6/odd-names-samples.csv").prefix(3_000)
    let whole = try DecodedCSV(Array(text))
    let header = try #require(text.firstIndex(of: UInt8(ascii: "\n"))) + 1
    var before = 0
    for length in header..<text.count {
      let decoded = try DecodedCSV(Array(text.prefix(length)))
      // In the last column a record has all it needs.
      #expect(decoded.samples == Array(whole.samples.prefix(decoded.samples.count)))
      #expect(decoded.samples.count >= before)
      #expect(decoded.consoleLines == 0)
      before = decoded.samples.count
      if text[length - 1] != UInt8(ascii: "\n"), text[length - 1] != UInt8(ascii: ",") {
        #expect(decoded.isCut, "\(length)")
      }
    }
  }

  @Test("A real file that was cut within a line")
  func truncated() throws {
    let decoded = try DecodedCSV(Fixtures.text("k6/truncated-samples.csv"))
    #expect(decoded.isCut)
    #expect(decoded.samples.count == decoded.lines - 2)
    #expect(decoded.consoleLines == 0)
  }

  @Test("A last record without a newline is cut: its last column may be half of what it was")
  func lastRecord() throws {
    let header = "metric_name,timestamp,metric_value,name,extra_tags\n"
    let half = try DecodedCSV(Array((header + "m,1,2.000000,a,endpoint=b").utf8))
    #expect(half.samples.isEmpty && half.isCut)
    let whole = try DecodedCSV(Array((header + "m,1,2.000000,a,endpoint=b\n").utf8))
    #expect(whole.samples.map(\.value) == [2] && !whole.isCut)
    let short = try DecodedCSV(Array((header + "m,1,2.000000,a").utf8))
    #expect(short.samples.isEmpty && short.isCut)
    let open = try DecodedCSV(Array((header + "m,1,2.000000,a,\"b\nc").utf8))
    #expect(open.samples.isEmpty && open.isCut)
    #expect(open.lines == 3)
  }

  @Test("Quotes in what k6 says to people hide no sample")
  func consoleQuotes() throws {
    let text = #"""
      metric_name,timestamp,metric_value,name
      m,1,1.000000,a
      "an open quote
      level=info msg="a, b",",
      m,1,2.000000,a

      """#
    let decoded = try DecodedCSV(Array(text.utf8))
    #expect(decoded.samples.map(\.value) == [1, 2])
    #expect(decoded.consoleLines == 2)
  }

  @Test("A text without a header says nothing")
  func noHeader() throws {
    let decoded = try DecodedCSV(Array("m,1,1.000000,a\n".utf8))
    #expect(decoded.samples.isEmpty && decoded.declarations.isEmpty)
    #expect(try DecodedCSV([]).lines == 0)
  }
}
