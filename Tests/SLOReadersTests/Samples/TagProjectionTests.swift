import SLOModel
import TestSupport
import Testing

@testable import SLOReaders

@Suite("The part of tags that decides where samples belong")
struct TagProjectionTests {
  private static let grouping = SampleGrouping(
    endpointTags: SampleGrouping.endpointTags, splitTag: "scenario",
    selections: [
      SampleDemand.Selection(tags: ["group": EndpointPattern("::pay*"), "method": .exactly("POST")])
    ])
  private static let header = CSVHeader(
    Array(
      "metric_name,timestamp,metric_value,expected_response,group,method,name,scenario,url,extra_tags".utf8))

  private func part(_ tags: String, _ format: SampleTags) -> [UInt8]? {
    var part: [UInt8] = []
    let bytes = Bytes(Array(tags.utf8))
    return bytes.withBytes { TagProjection(Self.grouping, format).write($0, to: &part) } ? part : nil
  }

  private func tagClass(_ tags: String, _ format: SampleTags) -> SampleGrouping.TagClass {
    Self.grouping.tagClass(of: Bytes(Array(tags.utf8)).withBytes(format.tags))
  }

  private static let values = [
    "endpoint": ["", "a", "b"], "route": ["r"], "name": ["n", "/x/1", "/x/2"], "url": ["/x/1", "/y"],
    "expected_response": ["true", "false"], "scenario": ["s", "t", ""],
    "group": ["", "::pay", "::pay::x", "::o"],
    "method": ["POST", "GET"], "iter": ["1", "2", "3"],
  ]

  /// Some tags, in an order of their own.
  private static func tags(_ random: inout SeededGenerator) -> [(String, String)] {
    values.keys.sorted().shuffled(using: &random).filter { _ in Bool.random(using: &random) }
      .map { ($0, values[$0]?.randomElement(using: &random) ?? "") }
  }

  private static func json(_ tags: [(String, String)]) -> String {
    "{" + tags.map { "\"\($0)\":\"\($1)\"" }.joined(separator: ",") + "}"
  }

  private static func csv(_ tags: [(String, String)]) -> String {
    let own = Dictionary(tags) { first, _ in first }
    let columns = header.tagColumns.dropLast().map { own[$0] ?? "" }
    let extra = tags.filter { !header.columns.contains($0.0) }.map { "\($0)=\($1)" }.joined(separator: "&")
    return (columns + [extra]).joined(separator: ",")
  }

  @Test("Tags with the same part belong to the same place, in both formats", arguments: 1...20)
  func sameClass(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for (format, text) in [(SampleTags.json, Self.json), (.csv(Self.header), Self.csv)] {
      var known: [[UInt8]: SampleGrouping.TagClass] = [:]
      for _ in 0..<200 {
        let tags = text(Self.tags(&random))
        let part = try #require(self.part(tags, format), "\(tags)")
        let own = tagClass(tags, format)
        #expect(known.updateValue(own, forKey: part) ?? own == own, "\(tags)")
      }
    }
  }

  @Test("What decides nothing is no part")
  func rest() {
    #expect(
      part(#"{"endpoint":"a","url":"/x/1","iter":"1"}"#, .json)
        == part(#"{"endpoint":"a","url":"/x/2","iter":"2"}"#, .json))
    #expect(part(#"{"endpoint":"a"}"#, .json) != part(#"{"endpoint":"b"}"#, .json))
    #expect(part(#"{"url":"/x/1"}"#, .json) != part(#"{"url":"/x/2"}"#, .json))
    #expect(
      part(",,,n,,/x/1,iter=1&endpoint=a", .csv(Self.header))
        == part(",,,n,,/x/2,iter=2&endpoint=a", .csv(Self.header)))
  }

  @Test(
    "Texts with many spellings are left to the parser",
    arguments: [#"{"endpoint":"a\u0062"}"#, #"{"endp\u006fint":"a"}"#])
  func escapes(tags: String) {
    #expect(part(tags, .json) == nil)
    #expect(part(",,,\"n\",,,", .csv(Self.header)) == nil)
    #expect(part(",,,,,,a=1&b", .csv(Self.header)) == nil)
  }
}
