import SLOModel
import Testing

@Suite("Text of strangers in messages")
struct VisibleTextTests {
  @Test(
    "What a terminal or a log would obey is spelled out, everything else stays",
    arguments: [
      ("GET /users?id=7 ünï 検索 👍 #1", "GET /users?id=7 ünï 検索 👍 #1"),
      ("a\n::error::b\r\n\t", #"a\u{a}::error::b\u{d}\u{a}\u{9}"#),
      ("\u{1b}[2K\u{7f}\u{9b}", #"\u{1b}[2K\u{7f}\u{9b}"#),
      ("a\u{2028}b\u{2029}c\u{85}", #"a\u{2028}b\u{2029}c\u{85}"#),
      ("\u{202e}\u{feff}", #"\u{202e}\u{feff}"#),
      ("##vso[task]", #"#\u{23}vso[task]"#),
    ])
  func escaped(text: String, shown: String) {
    #expect(VisibleText.escaped(text) == shown)
  }
}
