import Testing
import SLOSupport

@Suite("Untrusted text")
struct VisibleTextTests {
  @Test(
    "What has an effect is shown instead",
    arguments: [
      ("\u{1b}[31mred", "\\u{1b}[31mred"), ("a\nb", "a\\u{a}b"), ("a\r\nb", "a\\u{d}\\u{a}b"),
      ("\0", "\\u{0}"),
      ("\u{7f}", "\\u{7f}"), ("\u{9b}31m", "\\u{9b}31m"), ("\u{202e}gpj", "\\u{202e}gpj"),
      ("\u{200f}", "\\u{200f}"), ("\u{2066}x\u{2069}", "\\u{2066}x\\u{2069}"), ("a\u{2028}b", "a\\u{2028}b"),
      ("a\u{2029}b", "a\\u{2029}b"), ("\u{feff}", "\\u{feff}"), ("\u{85}", "\\u{85}"),
      ("\u{e000}", "\\u{e000}"),
      ("sea\u{200d}rch", "sea\\u{200d}rch"), ("sea\u{200b}rch", "sea\\u{200b}rch"), ("\t", "\\u{9}"),
      ("##[error]x", "#\\u{23}[error]x"), ("##vso[task.x]", "#\\u{23}vso[task.x]"),
    ])
  func treacherous(text: String, shown: String) { #expect(VisibleText.escaped(text) == shown) }

  @Test(
    "What is harmless stays as it is",
    arguments: [
      "GET /search?q=1&r=%0A", "<script>", "a|b`c`", "日本語", "e\u{301}", "🚀", "👩‍💻", "❤️‍🔥", "👍🏽", "#1 # 2",
      "\\u{1b}", "–", " ",
      "::group",
    ])
  func harmless(text: String) { #expect(VisibleText.escaped(text) == text) }
}
