import Testing

@testable import SLOReports

@Suite("Widths on a terminal")
struct TextWidthTests {
  @Test(
    "Wide characters take two columns, marks none",
    arguments: [
      ("", 0), ("abc", 3), ("日本語", 6), ("한국", 4), ("ｆｕｌｌ", 8), ("ｱｲ", 2), ("🚀", 2), ("👩‍💻", 2), ("🇩🇪", 2),
      ("❤️", 2), ("❤", 1), ("1️⃣", 2), ("👍🏽", 2), ("e\u{301}", 1), ("\u{301}", 0), ("a\u{300}\u{301}\u{302}b", 2),
      ("–±×", 3),
      ("║═╗", 3), ("日b🚀", 5),
    ])
  func columns(text: String, expected: Int) { #expect(SLOReports.columns(of: text) == expected) }

  @Test("Padding fills columns, not characters")
  func padding() {
    #expect(padded("日本", to: 6) == "日本  ")
    #expect(padded("9 ms", to: 6, right: true) == "  9 ms")
    #expect(padded("too long", to: 3) == "too long")
  }

  @Test(
    "Shortening keeps both ends and never exceeds the width",
    arguments: [
      "GET /a/very/long/path/to/nowhere", "日本語日本語日本語日本語", "👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻👩‍💻",
      "e\u{301}" + String(repeating: "x", count: 40),
      String(repeating: "z\u{300}\u{301}", count: 5_000),
    ])
  func shortening(text: String) {
    for width in 2...20 {
      let short = shortened(text, to: width)
      #expect(SLOReports.columns(of: short) <= width)
      #expect(short.contains("…") == (SLOReports.columns(of: text) > width))
    }
    #expect(shortened(text, to: 100_000) == text)
    #expect(shortened("GET /a/very/long/path", to: 9) == "GET …path")
  }

  @Test("Wrapping breaks at blanks and loses no word")
  func wrapping() {
    let text = "one two three four five six seven"
    for width in 5...40 {
      let lines = wrapped(text, to: width)
      #expect(lines.allSatisfy { $0.count <= width })
      #expect(lines.joined(separator: " ") == text)
    }
    #expect(wrapped("", to: 10) == [""])
    #expect(wrapped("unbreakable-word a", to: 5) == ["unbreakable-word", "a"])
  }

  @Test("A number stays with its unit", arguments: ["11.6 %", "5 %,", "612 ms", "1.08 s;", "3 MB)"])
  func units(quantity: String) {
    for width in 4...30 {
      let lines = wrapped("limits of about \(quantity) in all", to: width)
      #expect(lines.contains { $0.contains(quantity) }, "\(lines)")
    }
    #expect(wrapped("within 5 s of 100 % of them", to: 8) == ["within", "5 s of", "100 % of", "them"])
  }

  @Test("No line begins with what a build server takes for a command")
  func commands() {
    for width in 4...40 {
      #expect(wrapped("note: endpoint ::error:: of x", to: width).allSatisfy { !$0.hasPrefix("::") })
    }
  }
}
