import SLODigest
import Testing

@testable import SLOExchange

@Suite("YAML and names that are written")
struct YAMLOutputTests {
  @Test(
    "Words stand as they are, all else in quotes",
    arguments: [
      ("word", "word"), ("a_b-c.d/e9", "a_b-c.d/e9"), ("", #""""#), ("yes", #""yes""#), ("Null", #""Null""#),
      ("1e3", #""1e3""#),
      ("a: b", #""a: b""#), ("-", #""-""#), ("é", #""é""#), ("a\"\\\n\t\r", #""a\"\\\n\t\u000d""#),
      ("\u{2028}", #""\u2028""#),
      ("\u{E0001}", #""\U000e0001""#), ("#x", ##""#x""##),
    ])
  func text(text: String, written: String) { #expect(YAMLOutput.written(text) == written) }

  @Test("Lists and mappings are blocks, empty ones are not")
  func blocks() {
    let document = YAMLOutput.map([
      ("a", .list([.map([("b", .plain("1")), ("c", .list([.text("d")]))]), .list([])])), ("e", .map([])),
    ])
    #expect(document.document == "a:\n  - b: 1\n    c:\n      - d\n  - []\ne: {}\n")
  }

  @Test("A name keeps what it can, and two texts never share one")
  func slugs() {
    #expect(Slug.text("shop-1") == "shop-1")
    let names = ["Shop", "shop ", "-shop", "shop", "é", "", String(repeating: "a", count: 200)].map {
      Slug.text($0)
    }
    #expect(Set(names).count == names.count)
    for name in names {
      #expect(name.utf8.count <= 63 && !name.hasPrefix("-") && !name.hasSuffix("-"))
      #expect(name.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) || $0 == 45 })
    }
  }
}
