import TestSupport
import Testing
import SLOSupport

@Suite("A whole text as it goes to the log of a build server")
struct InertTextTests {
  @Test(
    "What a server would obey is shown instead",
    arguments: [
      ("::error::x", "\\u{3a}:error::x"), ("a\n  ::add-mask::x\nb", "a\n  \\u{3a}:add-mask::x\nb"),
      ("\u{a0}::x", "\u{a0}\\u{3a}:x"), ("a\r::x", "a\r\\u{3a}:x"), ("a ##[error]x", "a #\\u{23}[error]x"),
      ("##vso[task.x]", "#\\u{23}vso[task.x]"), ("###[x", "##\\u{23}[x"),
    ])
  func obeyed(text: String, shown: String) { #expect(VisibleText.inert(text) == shown) }

  @Test(
    "All else stays as it is",
    arguments: [
      "# Title\n\n## Findings [1]\n", "a ::b", "1::2", "{\n  \"::\": \"x\"\n}\n", "", ":", "##", "#[a]",
    ])
  func harmless(text: String) { #expect(VisibleText.inert(text) == text) }

  @Test("No text of any pieces leaves a command, and a second pass changes nothing")
  func property() {
    let pieces = [
      ":", "::", "#", "##", "[", "vso[", "\n", "\r", "\u{85}", "\u{2028}", "\u{b}", " ", "\t", "\u{3000}",
      "x", "é",
    ]
    var generator = SeededGenerator(seed: 8)
    for _ in 0..<4_000 {
      let text = (0..<Int.random(in: 0..<12, using: &generator))
        .map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      let shown = VisibleText.inert(text)
      let lines = shown.unicodeScalars.split {
        "\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}".unicodeScalars.contains($0)
      }
      for line in lines {
        let start = String(String.UnicodeScalarView(line.drop { $0.properties.isWhitespace }))
        #expect(!start.hasPrefix("::"), "\(text.debugDescription)")
      }
      #expect(!shown.contains("##[") && !shown.contains("##vso["), "\(text.debugDescription)")
      #expect(VisibleText.inert(shown) == shown)
    }
  }
}
