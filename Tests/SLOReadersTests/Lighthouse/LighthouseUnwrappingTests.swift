import SLOModel
import Testing

@testable import SLOReaders

@Suite("Lighthouse reports in objects and lists of somebody's own")
struct LighthouseUnwrappingTests {
  private static func report(_ path: String = "a", _ formFactor: String? = "mobile") -> String {
    let settings = formFactor.map { #""configSettings":{"formFactor":"\#($0)"},"# } ?? ""
    return
      #"{"lighthouseVersion":"12.0.0","requestedUrl":"https://x.example/\#(path)",\#(settings)"audits":{"speed-index":{"numericValue":1}},"categories":{}}"#
  }
  private static let phone = report()
  private static let desk = report("a", "desktop")
  private static let other = report("b")
  private static let failure =
    #"{"error":{"code":500,"message":"Lighthouse returned error: FAILED_DOCUMENT_REQUEST.","errors":[]}}"#

  private func read(_ text: String) throws -> ReadResult {
    try Fixtures.withFolder { folder in
      try Fixtures.write(text, to: folder + "/f.json")
      return Readers.read(paths: [folder + "/f.json"], as: .kind(.page))
    }
  }

  private func pages(_ text: String) throws -> [String] {
    let result = try read(text)
    #expect(result.errors.map(\.description) == [])
    return result.usable.map { "\($0.profile.dropFirst("lighthouse-".count)) \($0.subject ?? "")" }
  }

  @Test(
    "Whatever lies around them, all reports are read",
    arguments: [
      (#"{"lhr":\#(phone),"report":"<html>","artifacts":{"a":{"lhr":1}}}"#, ["mobile /a"]),
      (#"{"mobile":\#(phone),"desktop":\#(desk)}"#, ["mobile /a", "desktop /a"]),
      (
        #"{"mobile":{"lhr":\#(phone)},"desktop":{"lighthouseResult":\#(desk)}}"#, ["mobile /a", "desktop /a"]
      ),
      (
        #"{"meta":{"n":1},"pages":[{"url":"x","lhr":\#(phone)},{"url":"y","lhr":\#(other)}]}"#,
        ["mobile /a", "mobile /b"]
      ),
      (
        #"[{"lhr":\#(phone)},{"lighthouseResult":\#(other)},\#(desk)]"#,
        ["mobile /a", "mobile /b", "desktop /a"]
      ),
      (#"{"https://x.example/a":{"Mobile":[\#(phone)],"Desktop":[\#(desk)]}}"#, ["mobile /a", "desktop /a"]),
      (#"[[\#(phone)],[\#(other)]]"#, ["mobile /a", "mobile /b"]),
      (#"{"lhr":[\#(phone),\#(desk)]}"#, ["mobile /a", "desktop /a"]),
      (#"{"desktop":\#(report("a", nil))}"#, ["desktop /a"]),
      (phone + "\n" + other, ["mobile /a", "mobile /b"]),
      ("npm notice\n" + phone, ["mobile /a"]),
    ])
  func wrapped(text: String, expected: [String]) throws {
    #expect(try pages(text) == expected)
  }

  @Test("A key that names another form factor than the report does is an error at its place")
  func formFactor() throws {
    let result = try read(#"{"mobile":\#(Self.phone),"desktop":{"lhr":\#(Self.phone)}}"#)
    #expect(result.usable.isEmpty)
    #expect(result.errors.first?.found == "a report of mobile under the key desktop")
    #expect(result.errors.first?.description.contains("$.desktop.lhr") == true)
  }

  @Test(
    "Beside reports nothing is lost without a word",
    arguments: [
      #"{"mobile":\#(phone),"desktop":null,"x":[\#(phone),null]}"#,
      #"{"mobile":\#(phone),"desktop":{"a":1}}"#,
      #"[\#(phone),{"a":1}]"#, #"[\#(phone),\#(failure)]"#, #"{"mobile":\#(phone),"desktop":\#(failure)}"#,
      phone + "\n" + failure,
    ])
  func losses(text: String) throws {
    let result = try read(text)
    #expect(result.usable.isEmpty && result.errors.count == 1)
  }

  @Test(
    "An error in place of a report keeps its own words",
    arguments: [failure, "[\(failure)]", #"{"mobile":\#(failure),"desktop":\#(failure)}"#])
  func errorReply(text: String) throws {
    let result = try read(text)
    #expect(
      result.errors.first?.found == "the error 500 \"Lighthouse returned error: FAILED_DOCUMENT_REQUEST.\"")
    #expect(result.errors.first?.kind == .malformed)
  }

  @Test("Deeper than the limit nothing is looked for")
  func depth() throws {
    #expect(try pages(#"{"a":{"b":{"c":{"d":\#(Self.phone)}}}}"#) == ["mobile /a"])
    let result = try read(#"{"a":{"b":{"c":{"d":{"e":\#(Self.phone)}}}}}"#)
    #expect(result.usable.isEmpty && result.errors.count == 1)
  }
}
