import Testing

@testable import SLOReaders

@Suite("Reading JSON")
struct JSONDocumentTests {
  @Test(
    "Valid documents are accepted",
    arguments: [
      "null", " true ", "0", "-0", "1e5", "-1.5E-7", "\"\"", "\"\\u00e5\\n\\/\"", "[]", "{}", "[[],{}]",
      "{\"a\":[1,2,{\"b\":null}],\"c\":\"é🚀\"}", "\t[\r\n1 ,\n2 ] ", "\"\\ud83d\"",
    ])
  func valid(text: String) throws {
    _ = try Fixtures.document(text)
  }

  @Test(
    "The first mistake is named with its place",
    arguments: [
      ("{\"a\":1,}", 1, 8, "$", "a key"), ("[1,]", 1, 4, "$", "a JSON value"),
      ("{\"a\" 1}", 1, 6, "$.a", "a colon"), ("[1 2]", 1, 4, "$[1]", "a comma"),
      ("{\"a\":1]", 1, 7, "$", "a comma"), ("[01]", 1, 2, "$[0]", "a JSON number"),
      ("[1.]", 1, 2, "$[0]", "a JSON number"), ("[1e]", 1, 2, "$[0]", "a JSON number"),
      ("[12px]", 1, 2, "$[0]", "a JSON number"), ("[.5]", 1, 2, "$[0]", "a JSON value"),
      ("[+1]", 1, 2, "$[0]", "a JSON value"), ("{\n \"m\": {\"x\":\n NaN}}", 3, 2, "$.m.x", "neither NaN"),
      ("[nan]", 1, 2, "$[0]", "neither NaN"), ("[-Infinity]", 1, 2, "$[0]", "neither NaN"),
      ("[Infinity]", 1, 2, "$[0]", "neither NaN"), ("[\"a\nb\"]", 1, 4, "$[0]", "control character"),
      ("[\"\\x\"]", 1, 3, "$[0]", "a JSON escape"), ("[\"\\u12g4\"]", 1, 3, "$[0]", "a JSON escape"),
      ("[True]", 1, 2, "$[0]", "a JSON value"), ("['a']", 1, 2, "$[0]", "a JSON value"),
      ("{\"a\":1}\nlog line", 2, 1, "$", "nothing after"), ("{} {}", 1, 4, "$", "nothing after"),
      ("{\"å\":{\"b c\":[0,x]}}", 1, 16, "$[\"å\"][\"b c\"][1]", "a JSON value"),
    ])
  func invalid(text: String, line: Int, column: Int, path: String, expected: String) {
    let error = #expect(throws: InputError.self) { try Fixtures.document(text) }
    #expect(error?.place == .text(line: line, column: column, path: path))
    #expect(error?.expected.contains(expected) == true, "\(error?.expected ?? "")")
  }

  @Test("Every cut of a document is named as one")
  func truncated() {
    let text = "{\"metrics\": {\"a\": [1, true, null, \"x\\n\\u00e5\", -2.5e+7], \"b\": {\"c\": \"å\"}}}"
    for length in 0..<text.utf8.count {
      let bytes = Bytes(Array(text.utf8.prefix(length)))
      let error = #expect(throws: InputError.self) { try JSONDocument(bytes, file: "f") }
      #expect(error?.found.contains("cut off") == true, "after \(length) bytes: \(error?.description ?? "")")
    }
  }

  @Test(
    "Bytes that are no UTF-8 are refused",
    arguments: [
      [0x80], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF], [0xE2, 0x28, 0xA1],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let text = Bytes(Array("[\"".utf8) + bytes + Array("\"]".utf8))
    let error = #expect(throws: InputError.self) { try JSONDocument(text, file: "f") }
    #expect(error?.expected == "UTF-8")
  }

  @Test("128 levels are read, 129 are one clear error, and so are 200")
  func nesting() throws {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    _ = try Fixtures.document(nested(128))
    for depth in [129, 200, 100_000] {
      let error = #expect(throws: InputError.self) { try Fixtures.document(nested(depth)) }
      #expect(error?.expected == "at most 128 levels of nesting")
    }
  }

  @Test("A key given twice names both lines", arguments: ["a", "\\u0061"])
  func duplicateKey(second: String) throws {
    let root = try Fixtures.document("{\"x\":{\n\"a\": 1,\n\"\(second)\": 2}}").root
    let error = try #require(throws: InputError.self) { try root.object()["x"]?.object() }
    #expect(error.found == "the key \"a\" a second time, first in line 2")
    #expect(error.place == .text(line: 3, column: 1, path: "$.x.a") || second != "a")
  }

  @Test("A key given twice among many is found")
  func duplicateAmongMany() throws {
    let members = (0..<40).map { "\"k\($0)\":\($0)" } + ["\"k7\":0"]
    let root = try Fixtures.document("{" + members.joined(separator: ",") + "}").root
    #expect(throws: InputError.self) { try root.object() }
  }

  @Test("Values are found behind long strings and containers")
  func largeValues() throws {
    let long = String(repeating: "å\\\"", count: 2_000)
    let list = "[" + (0..<3_000).map(String.init).joined(separator: ", ") + "]"
    let text = "{\"a\":\"\(long)\",\"b\":\(list),\"c\":{\"d\":\(list)},\"e\":7}"
    let root = try Fixtures.document(text).root.object()
    #expect(try root["a"]?.string().count == 4_000)
    #expect(try root["b"]?.elements().count == 3_000)
    #expect(try root["b"]?.elements().last?.number() == 2_999)
    #expect(try root.object("c")?["d"]?.elements()[1_500].number() == 1_500)
    #expect(try root.number("e") == 7)
  }

  @Test("Values are found behind containers of every length about the one from which they are jumped over")
  func jumps() throws {
    for length in JSONValidator.spanLength - 12...JSONValidator.spanLength + 12 {
      let list = "[1," + String(repeating: " ", count: length - 5) + "2]"
      let text = "{\"a\":\(list),\"b\":[{\"c\":\(list)} ,[],\(list), 3],\"d\":{\"e\":{}},\"f\":7}"
      let root = try Fixtures.document(text).root.object()
      #expect(root.members.map(\.key) == ["a", "b", "d", "f"])
      let elements = try #require(try root["b"]?.elements())
      #expect(elements.count == 4)
      #expect(try elements[0].object()["c"]?.elements().map { try $0.number() } == [1, 2])
      #expect(try elements[2].elements().last?.number() == 2)
      #expect(try elements[3].number() == 3)
      #expect(try root.number("f") == 7)
    }
  }

  @Test(
    "Escapes are decoded",
    arguments: [
      ("\\u0041\\n\\t\\\"\\\\\\/\\b\\f\\r", "A\n\t\"\\/\u{8}\u{C}\r"), ("\\ud83d\\ude80", "🚀"),
      ("\\ud83d", "\u{FFFD}"), ("\\ud83dx", "\u{FFFD}x"), ("\\ude80\\ud83d", "\u{FFFD}\u{FFFD}"),
      ("å\\u00e5", "åå"),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try Fixtures.document("\"\(text)\"").root.string() == expected)
  }

  @Test("A wrong type is named with its path")
  func wrongType() throws {
    let root = try Fixtures.document("{\"m\":{\"count\":\"12\"}}").root
    let error = try #require(throws: InputError.self) { try root.object().object("m")?.number("count") }
    #expect(
      error.description
        == "test.json:1:15 ($.m.count): found the string \"12\"; expected a number; pass the file as the tool wrote it"
    )
  }

  @Test("Text of a file cannot forge a message")
  func untrusted() throws {
    let root = try Fixtures.document("\"a\u{202E}\\u001b[2Jb\"").root
    let error = try #require(throws: InputError.self) { try root.number() }
    #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x202E })
    #expect(UntrustedText.escaped("x\u{1b}\ny", limit: 9) == "x\\u{1b}\\u{a}y")
    #expect(UntrustedText.escaped("abcdef", limit: 3) == "abc…")
  }
}
