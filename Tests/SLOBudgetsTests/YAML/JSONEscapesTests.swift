import Testing

@testable import SLOBudgets

@Suite("JSON's escapes as YAML has them")
struct JSONEscapesTests {
  @Test(
    "Two halves become one; nothing else changes",
    arguments: [
      (#"{"a": "\ud83d\ude80!"}"#, #"{"a": "\U0001f680!"}"#), (#"["\uD83D\uDE80"]"#, #"["\U0001f680"]"#),
      (
        #"["\\ud83d\\ude80", "\ud83d", "\u00e4", "\ud83dx"]"#,
        #"["\\ud83d\\ude80", "\ud83d", "\u00e4", "\ud83dx"]"#
      ),
      (#"a: "\ud83d\ude80""#, #"a: "\ud83d\ude80""#), (#"["\ud83d\ud83d\ude80"]"#, #"["\ud83d\U0001f680"]"#),
      ("{\"\\", "{\"\\"), ("[\"\\ud83d\\ude", "[\"\\ud83d\\ude"), ("", ""),
    ])
  func joined(json: String, yaml: String) {
    #expect(String(decoding: JSONEscapes.asYAML(Array(json.utf8)), as: UTF8.self) == yaml)
  }
}
