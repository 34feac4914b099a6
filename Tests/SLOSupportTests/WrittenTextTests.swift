import SLOSupport
import Testing

@Suite("Texts in the forms that other programs read")
struct WrittenTextTests {
  private static let value = JSONText.object([
    ("a", .array([.int(1), .inline(.array([.bool(true), .null]))])), ("b", .object([])),
    ("c", .string("é\u{1b}\n##\"")), ("d", .number(.infinity)),
  ])

  @Test("JSON in lines is indented, but for what is asked to stand on one")
  func lines() {
    #expect(
      WrittenTextTests.value.document
        == """
        {
          "a": [
            1,
            [true, null]
          ],
          "b": {},
          "c": "é\\u001b\\n#\\u0023\\"",
          "d": null
        }

        """)
  }

  @Test("JSON on one line has blanks between its parts")
  func oneLine() {
    #expect(
      WrittenTextTests.value.line
        == #"{"a": [1, [true, null]], "b": {}, "c": "é\u001b\n#\u0023\"", "d": null}"# + "\n")
  }

  @Test("Stored JSON has no blanks, and no escapes but those that JSON demands")
  func compact() {
    #expect(
      WrittenTextTests.value.compact
        == #"{"a":[1,[true,null]],"b":{},"c":"é\u001b\u000a##\"","d":null}"#)
  }

  @Test("A field of CSV is quoted where it must be, and is no formula")
  func csv() {
    #expect(csvLine(["a", "b,c", "\"d\"", "e\nf"]) == "a,\"b,c\",\"\"\"d\"\"\",\"e\nf\"\n")
    #expect(["=1", "+1", "-1", "@x", "a=1"].map(csvText) == ["'=1", "'+1", "'-1", "'@x", "a=1"])
  }

  @Test("XML has no markup of its texts, and nothing that cannot be seen")
  func xml() {
    #expect(xmlText("<a b=\"c\">&'\u{202e}") == "&lt;a b=&quot;c&quot;&gt;&amp;&#39;\\u{202e}")
  }

  @Test(
    "A shell reads a word back, or none is given",
    arguments: [
      ("a/b.c", "a/b.c"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("$(x)", "'$(x)'"), ("", nil),
      ("a\nb", nil),
    ] as [(String, String?)])
  func shell(text: String, word: String?) {
    #expect(shellWord(text) == word)
  }

  @Test("Scalars are exchanged below the marks that stand on them")
  func scalars() {
    #expect("a\"\u{301}b".escapingScalars("\"") == "a\\\"\u{301}b")
    #expect("[\u{301}[".replacingScalars("[", with: "(") == "(\u{301}(")
    #expect("ab".replacingScalars { $0 == "a" ? "xy" : nil } == "xyb")
  }
}
