import TestSupport
import Testing

@testable import SLOReaders

@Suite("Decoding k6's CSV")
struct CSVDecoderTests {
  private static let header = "metric_name,timestamp,metric_value,check,name,extra_tags,metadata\n"

  private func decode(_ rows: String, header: String = header) throws(InputError) -> DecodedCSV {
    try DecodedCSV(Array((header + rows).utf8))
  }

  @Test("A line is a metric, a time, a value and its tags")
  func plain() throws {
    let decoded = try decode("http_reqs,1795216632,1.500000,,search,endpoint=search,\n")
    let sample = try #require(decoded.samples.first)
    #expect(sample.metric == "http_reqs")
    #expect(sample.time == 1_795_216_632_000_000_000)
    #expect(sample.value == 1.5)
    #expect(sample.tags == ["name": "search", "endpoint": "search"])
    #expect(sample.rawTags == Array(",search,endpoint=search".utf8))
    #expect(decoded.declarations == [Array(Self.header.utf8)])
    #expect(decoded.lines == 2)
    #expect(!decoded.isCut)
  }

  @Test("Quoted columns may hold commas, quotes and line breaks")
  func quotes() throws {
    let decoded = try decode(
      """
      checks,1,0.000000,"never: ""a"" {b}",,,
      m,1,2.000000,,"with, comma","endpoint=with, comma",
      m,1,3.000000,,"line
      break","endpoint=line
      break",
      m,1,4.000000,,plain,,

      """)
    #expect(decoded.samples.map { $0.tags["check"] } == [#"never: "a" {b}"#, nil, nil, nil])
    #expect(decoded.samples.map { $0.tags["name"] } == [nil, "with, comma", "line\nbreak", "plain"])
    #expect(decoded.samples.map { $0.tags["endpoint"] } == [nil, "with, comma", "line\nbreak", nil])
    #expect(decoded.samples.map(\.value) == [0, 2, 3, 4])
    #expect(decoded.lines == 7)
  }

  @Test("Names of every script come through, and values in 0 to 309 digits")
  func oddFiles() throws {
    let names = try DecodedCSV(Fixtures.text("k6/odd-names-samples.csv"))
    #expect(names.samples.count == 182)
    #expect(
      Set(names.samples.compactMap { $0.tags["endpoint"] }).isSuperset(
        of: ["søk/日本語", "emoji 🚀 launch", "say \"hi\"", "tab\there", "line\nbreak", "<b>&amp;</b>"]))
    let values = try DecodedCSV(Fixtures.text("k6/odd-values-samples.csv"))
    #expect(values.samples.count == 69)
    #expect(values.samples.contains { $0.value == .infinity })
    #expect(values.samples.contains { $0.value == -.infinity })
    #expect(values.samples.contains { $0.value == 1e308 })
  }

  @Test("The columns of k6 0.29: no expected_response, no metadata")
  func oldHeader() throws {
    let decoded = try DecodedCSV(Fixtures.text("k6/v0.29.0-samples.csv"))
    #expect(decoded.samples.count == 39)
    let tags = try #require(decoded.samples.first?.tags)
    #expect(tags["endpoint"] == "search")
    #expect(tags["url"] == "http://127.0.0.1:18080/api/search")
  }

  @Test("Metadata, which may differ in every line, makes no kind of its own and costs no speed")
  func metadata() throws {
    let rows = (0..<100).map { "m,1,1.000000,,a,endpoint=a,trace_id=\($0)\n" }.joined()
    var decoder = CSVDecoder(file: "test.csv")
    let decoded = try DecodedCSV(Array((Self.header + rows).utf8), by: &decoder)
    #expect(decoded.samples.count == 100)
    #expect(decoder.kinds.count == 1)
    #expect(decoder.generalSamples == 1)
  }

  @Test("Quoted metadata hides nothing", arguments: [true, false])
  func quotedMetadata(usesTemplates: Bool) throws {
    let rows = "m,1,1.0,,a,,x\nm,1,2.0,,a,,\"b,c\"\nm,1,3.0,,a,,\"d\ne,,\"\nm,1,4.0,,a,,\n"
    let decoded = try DecodedCSV(Array((Self.header + rows).utf8), usesTemplates: usesTemplates)
    #expect(decoded.samples.map(\.value) == [1, 2, 3, 4])
    #expect(Set(decoded.samples.map(\.rawTags)) == [Array(",a,".utf8)])
  }

  @Test("Nearly all lines of a run take the fast path")
  func fastPath() throws {
    let text = try Fixtures.text("k6/truncated-samples.csv")
    var decoder = CSVDecoder(file: "test.csv")
    let decoded = try DecodedCSV(text, by: &decoder)
    #expect(decoded.samples.count == 156)
    #expect(decoder.generalSamples < 30)
  }

  @Test("Numbers round as the standard library rounds them")
  func numbers() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      let digits = (0..<Int.random(in: 1...24, using: &random)).map { _ in
        Int.random(in: 0...9, using: &random)
      }
      let sign = Bool.random(using: &random) ? "-" : ""
      let text =
        sign + digits.map(String.init).joined() + "." + "\(Int.random(in: 0...999_999, using: &random))"
      let decoded = try decode("m,1,\(text),,,,\n")
      #expect(decoded.samples.first?.value == Double(text), "\(text)")
    }
  }

  @Test(
    "The time may be in any of six forms, line by line",
    arguments: [
      "1795217338", "1795217338000", "1795217338000000", "1795217338000000000", "2026-11-20T23:28:58Z",
      "2026-11-21T04:58:58.000000000+05:30",
    ])
  func times(text: String) throws {
    let decoded = try decode("m,1795217338,1.000000,,,,\nm,\(text),1.000000,,,,\n")
    #expect(decoded.samples.map(\.time) == [1_795_217_338_000_000_000, 1_795_217_338_000_000_000])
  }

  @Test("Line ends of Windows change nothing")
  func returns() throws {
    let text = try Fixtures.text("k6/v0.29.0-samples.csv")
    let windows = text.flatMap { $0 == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), $0] : [$0] }
    #expect(try DecodedCSV(windows).samples == DecodedCSV(text).samples)
    let withMetadata = "m,1,1.000000,,a,endpoint=a,\r\nm,1,2.000000,,a,endpoint=a,\r\n"
    let decoded = try decode(withMetadata, header: Self.header.replacing("\n", with: "\r\n"))
    #expect(decoded.samples.map { $0.tags["endpoint"] } == ["a", "a"])
  }

  @Test("Kinds may be forgotten between blocks; the header stays")
  func forgetting() throws {
    let text = Array((Self.header + "m,1,1.0,,a,,\n").utf8)
    var decoder = CSVDecoder(file: "test.csv")
    var block = SampleBlock()
    try text.withUnsafeBytes { try decoder.decode($0, into: &block, isLast: false) }
    decoder.forget()
    #expect(decoder.kinds.count == 0)
    block.clear()
    block.index = 1
    try Array("n,1,2.0,,a,,\n".utf8).withUnsafeBytes { try decoder.decode($0, into: &block, isLast: true) }
    #expect(block.values == [2])
    #expect(block.kinds == [0])
  }
}
