import Foundation
import SLOSupport
import TestSupport
import Testing

@testable import SLOReaders

@Suite("Decoding k6's NDJSON")
struct NDJSONDecoderTests {
  /// A sample as text: metric, time, value and tags.
  private struct Sample: Equatable {
    var metric: String
    var tags: String
    var value: Double
    var time: Int64
  }

  /// What a decoder makes of a text: its samples and all else a block says, or the error.
  private struct Outcome: Equatable {
    var samples: [Sample] = []
    var declarations: [[UInt8]] = []
    var lines = 0
    var consoleLines = 0
    var isCut = false
    var digest = ""
    var error: InputError?
  }

  private func decode(_ text: [UInt8], usesTemplates: Bool = true) -> (outcome: Outcome, generalLines: Int) {
    var decoder = NDJSONDecoder(file: "t.json", usesTemplates: usesTemplates)
    var block = SampleBlock()
    var outcome = Outcome()
    do throws(InputError) {
      let bytes = Bytes(text)
      try bytes.withBytes { bytes throws(InputError) in try decoder.decode(bytes, into: &block, isLast: true)
      }
    } catch {
      outcome.error = error
      return (outcome, decoder.generalLines)
    }
    for index in block.values.indices {
      let kind = block.kinds[Int(block.places[index])]
      let moment = block.moments.last { $0.start <= index }
      outcome.samples.append(
        Sample(
          metric: decoder.kinds.metric(of: kind),
          tags: String(decoding: decoder.kinds.tags(of: kind), as: UTF8.self),
          value: block.values[index],
          time: moment?.time ?? .min))
    }
    outcome.declarations = block.declarations
    (outcome.lines, outcome.consoleLines, outcome.isCut) = (block.lines, block.consoleLines, block.isCut)
    outcome.digest = SampleDigest.digest(of: block, decoder.kinds).description
    return (outcome, decoder.generalLines)
  }

  private static func point(
    _ metric: String = "m", time: String = "2026-11-20T23:17:12.740025082Z", value: String = "30.33212",
    tags: String = #"{"endpoint":"search"}"#
  ) -> String {
    #"{"metric":"\#(metric)","type":"Point","data":{"time":"\#(time)","value":\#(value),"tags":\#(tags)}}"#
      + "\n"
  }

  private func samples(_ text: String) -> [Sample] { decode(Array(text.utf8)).outcome.samples }

  @Test("A line gives metric, tags, value and time")
  func line() {
    #expect(
      samples(Self.point()) == [
        Sample(metric: "m", tags: #"{"endpoint":"search"}"#, value: 30.33212, time: 1_795_216_632_740_025_082)
      ])
  }

  @Test("Old versions write the keys in another order, and null for no tags")
  func oldVersion() {
    let old =
      #"{"type":"Point","data":{"time":"2026-11-20T23:17:12.740025082Z","value":1,"tags":null},"metric":"vus"}"#
    #expect(
      samples(old + "\n") == [Sample(metric: "vus", tags: "", value: 1, time: 1_795_216_632_740_025_082)])
    #expect(samples(old + "\n" + old + "\n").count == 2)
  }

  @Test(
    "Times come with any fraction and zone",
    arguments: [
      ("2026-11-20T23:17:12Z", 1_795_216_632_000_000_000),
      ("2026-11-20T23:17:12.5Z", 1_795_216_632_500_000_000),
      ("2026-11-21T04:47:12.5+05:30", 1_795_216_632_500_000_000),
      ("2026-11-20T15:17:12.000000001-08:00", 1_795_216_632_000_000_001),
    ])
  func times(text: String, time: Int) {
    #expect(samples(Self.point(time: text)).map(\.time) == [Int64(time)])
    #expect(samples(Self.point() + Self.point(time: text)).map(\.time).last == Int64(time))
  }

  @Test(
    "Values come in every form of a JSON number",
    arguments: [
      ("0", 0), ("1", 1), ("-3", -3), ("6.569688", 6.569688), ("1e+308", 1e308),
      ("5e-324", .leastNonzeroMagnitude),
      ("0.1e1", 1), ("12345678901234567890", 12_345_678_901_234_567_168), ("0.30000000000000004", 0.1 + 0.2),
    ])
  func values(text: String, value: Double) {
    #expect(samples(Self.point(value: text)).map(\.value) == [value])
    #expect(samples(Self.point() + Self.point(value: text)).map(\.value) == [30.33212, value])
  }

  @Test("Metadata is no tag")
  func metadata() {
    let line =
      #"{"metric":"m","type":"Point","data":{"time":"2026-11-20T23:17:12Z","value":1,"tags":{"a":"b"},"metadata":{"vu":"1"}}}"#
    #expect(
      samples(line + "\n" + line.replacing("\"1\"", with: "\"2\"") + "\n").map(\.tags) == [
        #"{"a":"b"}"#, #"{"a":"b"}"#,
      ])
  }

  @Test("A line cut off at the end is left out and told, a whole one without newline is used")
  func cut() {
    let text = Self.point() + Self.point(value: "7")
    for length in 1..<text.utf8.count - Self.point().utf8.count {
      let outcome = decode(Array(text.utf8.dropLast(length))).outcome
      #expect(outcome.samples.count == (length == 1 ? 2 : 1))
      #expect(outcome.isCut == (length != 1))
    }
  }

  @Test("What k6 writes for people between the samples is counted and left out")
  func console() {
    let text =
      "\n  /\\  Grafana\n" + Self.point() + "running (01.0s), 2/2 VUs\r\n\n      { kind:b }......: avg=1ms\n"
      + Self.point()
    let outcome = decode(Array(text.utf8)).outcome
    #expect(outcome.samples.count == 2 && outcome.consoleLines == 3 && outcome.error == nil)
  }

  @Test(
    "A damaged line is an error in its place",
    arguments: [
      point().replacing("}}", with: "}"), point(time: "yesterday"), point(time: "2026-02-30T00:00:00Z"),
      point(value: "01"), point(value: "null"), point(value: "\"1\""), point(tags: "[]"),
      point(tags: #"{"a":1}"#),
      point(tags: #"{"a":"b","a":"c"}"#), #"{"type":"Other","data":{},"metric":"m"}"# + "\n", "{}\n",
      #""value":30.33212,"tags":{}}}"# + "\n", point(time: "2026-11-20T23:17:12Z\u{1}"),
    ])
  func damaged(line: String) {
    for usesTemplates in [true, false] {
      let outcome = decode(
        Array((Self.point() + Self.point() + line + Self.point()).utf8), usesTemplates: usesTemplates
      )
      .outcome
      guard case .text(3, _, _) = outcome.error?.place else {
        Issue.record("\(line): \(outcome.error?.description ?? "no error")")
        continue
      }
    }
  }

  @Test("Nearly every line of a real run is read by comparing bytes")
  func fastPath() throws {
    let (outcome, generalLines) = decode(try Self.text("baseline/run-1/samples.json.gz"))
    #expect(outcome.samples.count == 21_715)
    #expect(generalLines < outcome.lines / 100)
  }

  @Test("Both paths give the same of every real file", arguments: files)
  func bothPaths(file: String) throws {
    // The beginning of each, for the general path takes its time; what follows repeats it.
    let text = Array(
      try Self.text(file).split(separator: 10, omittingEmptySubsequences: false).prefix(1_500).joined(
        separator: [10]))
    #expect(decode(text).outcome == decode(text, usesTemplates: false).outcome)
  }

  @Test("Both paths give the same of damaged lines", arguments: 1...150)
  func mutations(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let metadata = Self.point().replacing("}}\n", with: "},\"metadata\":{\"vu\":\"1\"}}}\n".dropFirst())
    let lines =
      [metadata]
      + ["m", "http_req_duration"].flatMap { metric in
        [
          Self.point(metric), Self.point(metric, tags: "{}"),
          Self.point(metric, time: "2026-11-20T23:17:13Z", value: "1"),
        ]
      }
    var text = (lines + lines).joined().utf8.map { $0 }
    let last = Array(lines.randomElement(using: &random).map { Array($0.utf8) } ?? [])
    text += mutated(last, &random)
    text += Array(Self.point().utf8)
    let (fast, general) = (decode(text).outcome, decode(text, usesTemplates: false).outcome)
    #expect(fast == general, "\(String(decoding: text, as: UTF8.self))")
  }

  private func mutated(_ line: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var line = line
    let telling = Array("\"{}:,0123456789.eE+-\\ \n\tatz\u{0}".utf8)
    for _ in 0..<Int.random(in: 1...2, using: &random) {
      let place = Int.random(in: line.indices, using: &random)
      let byte = telling.randomElement(using: &random) ?? 0
      switch Int.random(in: 0..<3, using: &random) {
      case 0: line[place] = byte
      case 1: line.insert(byte, at: place)
      default: line.remove(at: place)
      }
    }
    return line
  }

  static let files = Fixtures.k6Runs {
    $0.contains("/samples.json") && !$0.contains("truncated/samples.json.gz")
  }

  private static func text(_ file: String) throws -> [UInt8] {
    try SourceFile(opening: Fixtures.k6Run(file)).text().withBytes { Array($0) }
  }
}
