import SLOSupport
import Testing

@Suite("YAML that is written")
struct YAMLDocumentTests {
  @Test(
    "Words stand as they are, all else in quotes",
    arguments: [
      ("word", "word"), ("a_b-c.d/e9", "a_b-c.d/e9"), ("", #""""#), ("yes", #""yes""#), ("Null", #""Null""#),
      ("1e3", #""1e3""#),
      ("a: b", #""a: b""#), ("-", #""-""#), ("é", #""é""#), ("a\"\\\n\t\r", #""a\"\\\n\t\u000d""#),
      ("\u{2028}", #""\u2028""#),
      ("\u{E0001}", #""\U000e0001""#), ("#x", ##""#x""##),
    ])
  func text(text: String, written: String) { #expect(YAMLScalar.text(text, plain: "-_./") == written) }

  @Test("Lists and mappings are blocks, empty ones are not")
  func blocks() {
    let document = YAMLDocument.map([
      ("a", .list([.map([("b", .plain("1")), ("c", .list([.text("d")]))]), .list([])])), ("e", .map([])),
    ])
    #expect(document.document == "a:\n  - b: 1\n    c:\n      - d\n  - []\ne: {}\n")
  }
}
