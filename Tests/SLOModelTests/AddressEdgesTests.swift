import Testing

@testable import SLOModel

@Suite("Texts of separators and tokens are cleaned")
struct AddressEdgesTests {
  @Test(
    "Any text is cleaned: separators alone, at its ends and side by side",
    arguments: [
      "", "/", "//", "=", ":", ";", "&", "(", "::", "a=", "=a", "/a//", ";=;", "https://", "?#", "a b /",
    ])
  func edges(text: String) {
    #expect(AddressText.cleaned(text).utf8.count <= text.utf8.count)
  }

  @Test("A token behind any separator is replaced", arguments: ["/", ",", "=", ":", "(", ";", "&", ""])
  func tokens(separator: String) {
    let cleaned = AddressText.cleaned("x" + separator + " " + separator + "ghp_0123456789abcdefghijklmno")
    #expect(!cleaned.contains("ghp_"))
  }
}
