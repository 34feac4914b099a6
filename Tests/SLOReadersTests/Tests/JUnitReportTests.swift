import SLOModel
import Testing

@testable import SLOReaders

@Suite("JUnit's XML, as test runners write it")
struct JUnitReportTests {
  private func report(_ cases: String, suite: String = "name=\"cart\"") -> String {
    "<?xml version=\"1.0\"?>\n<testsuites time=\"3.5\"><testsuite \(suite)>\(cases)</testsuite></testsuites>"
  }

  @Test(
    "A test's state is what its last attempt came to",
    arguments: [
      ("", "passed"), ("<failure message=\"x\"/>", "failed"), ("<error>boom</error>", "failed"),
      ("<skipped/>", "skipped"), ("<flakyFailure/>", "flaky"), ("<rerunFailure/><failure/>", "failed"),
      ("<system-out><![CDATA[<failure/>]]></system-out>", "passed"),
    ])
  func state(inside: String, expected: String) throws {
    let result = try TestReports.read(
      [report("<testcase name=\"a\" classname=\"Cart\" time=\"0.5\">\(inside)</testcase>")], ext: "xml")
    for metric in ["failed", "flaky", "skipped"] {
      #expect(result.figure(metric, of: "Cart") == (metric == expected ? 1 : 0), "\(metric)")
    }
    #expect(result.figure("duration", of: "Cart") == 500)
  }

  @Test(
    "The subject is the file, else the class, else the suite",
    arguments: [
      ("<testcase name=\"a\" classname=\"Cart\" file=\"cart_test.py\"/>", "name=\"s\"", "cart_test.py"),
      ("<testcase name=\"a\" classname=\"Cart\"/>", "name=\"s\" file=\"cart.rb\"", "cart.rb"),
      ("<testcase name=\"a\" classname=\"Cart\"/>", "name=\"s\"", "Cart"),
      ("<testcase name=\"a\"/>", "name=\"s\"", "s"),
    ])
  func subject(test: String, suite: String, expected: String) throws {
    #expect(try TestReports.read([report(test, suite: suite)], ext: "xml").figure("tests", of: expected) == 1)
  }

  @Test("A failure that a suite counts and lists no test of is a failure")
  func unlisted() throws {
    let result = try TestReports.read(
      [
        report(
          "<testcase name=\"a\" classname=\"Cart\"/>", suite: "name=\"Cart\" errors=\"1\" failures=\"0\"")
      ],
      ext: "xml")
    #expect(result.figure("failed", of: "Cart") == 1)
  }

  @Test("Nested suites count once, whatever the outer ones add up")
  func nested() throws {
    let inner =
      "<testsuite name=\"in\" failures=\"1\"><testcase name=\"a\" classname=\"C\"><failure/></testcase></testsuite>"
    let result = try TestReports.read([report(inner, suite: "name=\"out\" failures=\"1\"")], ext: "xml")
    #expect(result.figure("failed") == 1 && result.figure("tests") == 1)
  }

  @Test("Several reports of one profile are parts of one run; a failure in one of three is a failure")
  func parts() throws {
    let parts = ["<failure/>", "", ""].enumerated().map { index, inside in
      report("<testcase name=\"t\(index)\" classname=\"Cart\" time=\"1\">\(inside)</testcase>")
    }
    let result = try TestReports.read(parts, ext: "xml", as: .named("unit"))
    #expect(result.usable.map(\.profile) == ["tests-unit"])
    #expect(result.figure("failed", of: "Cart") == 1 && result.figure("tests", of: "Cart") == 3)
    #expect(result.figure("duration", of: "Cart") == 3_000)
    let turned = try TestReports.read(parts.reversed(), ext: "xml", as: .named("unit"))
    #expect(turned.usable.first?.source.sha256 == result.usable.first?.source.sha256)
  }

  @Test(
    "What is no such report is an error at its line",
    arguments: [
      ("<testsuite><testcase></testsuite>", ":1:", "</testcase> of line 1"),
      ("<testsuite>\n<testcase time=\"soon\"/></testsuite>", ":2:", "a number, 0 or more"),
      ("<!DOCTYPE a [<!ENTITY b \"c\">]><testsuite/>", ":1:", "a report without one"),
      ("<testsuite>&bomb;</testsuite>", ":1:", "one of the five"),
      ("<testsuite a=\"1\" a=\"2\"/>", ":1:", "it once"), ("<testsuite>", ":1:", "</testsuite>"),
    ])
  func broken(text: String, place: String, expected: String) throws {
    let error = try #require(try TestReports.read([text], ext: "xml").errors.first)
    #expect(error.description.contains(place) && error.expected.contains(expected))
  }
}

@Suite("XML")
struct XMLParserTests {
  private func parsed(_ text: String) throws(InputError) -> XMLElement {
    try XMLElement(Bytes(Array(text.utf8)), file: "t.xml")
  }

  @Test("Texts, references, comments and sections of characters are read as they are meant")
  func text() throws {
    let root = try parsed(
      "<!-- a --><a b='&lt;&#x41;&quot;'>x<!-- y --><![CDATA[<z>&amp;]]>&amp;<?p q?><c/></a>")
    #expect(root.attributes == ["b": "<A\""] && root.text == "x<z>&amp;&")
    #expect(root.elements.map(\.name) == ["c"])
  }

  @Test("Depth is bounded")
  func depth() {
    let text = String(repeating: "<a>", count: 100_000)
    #expect(throws: InputError.self) { try parsed(text) }
  }

  @Test("No cut of a document makes it crash, and none but the whole is one", arguments: 0..<60)
  func cuts(length: Int) throws {
    let text = "<a b='1'><c d=\"&amp;\">x</c><![CDATA[y]]><!-- z --></a>"
    guard length < text.utf8.count else { return _ = try parsed(text) }
    #expect(throws: InputError.self) { try parsed(String(text.prefix(length))) }
  }
}
