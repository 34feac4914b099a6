import TestSupport
import Testing

@testable import SLOHistory

@Suite("Words in columns")
struct FlatJSONTests {
  @Test("Objects are written with sorted keys, so equal dictionaries are equal texts")
  func sorted() {
    #expect(FlatJSON.text(["b": "2", "a": "1"]) == #"{"a":"1","b":"2"}"#)
    #expect(FlatJSON.text([:] as [String: String]) == "{}")
    #expect(FlatJSON.text(["x", "say \"hi\"\n"]) == #"["x","say \"hi\"\u000a"]"#)
    #expect(FlatJSON.text([] as [String]) == "[]")
  }

  @Test("Whatever is written is read back", arguments: 0..<50)
  func roundTrip(seed: Int) {
    var generator = SeededGenerator(seed: UInt64(seed))
    let words = generator.words()
    let list = generator.list { $0.word() }
    #expect(FlatJSON.dictionary(FlatJSON.text(words)) == words)
    #expect(FlatJSON.array(FlatJSON.text(list)) == list)
  }

  @Test("SQLite reads it as JSON", arguments: 0..<20)
  func isJSON(seed: Int) throws {
    var generator = SeededGenerator(seed: UInt64(seed))
    let database = try Database(path: ":memory:", access: .create, busyTimeout: .zero)
    let text = FlatJSON.text(generator.words())
    #expect(try database.integer("SELECT json_valid(?1)", .text(text)) == 1)
  }

  @Test(
    "Anything else is refused",
    arguments: [
      "", "{", "}", "{]", "[}", #"{"a"}"#, #"{"a":}"#, #"{"a":1}"#, #"{"a":"b",}"#, #"{"a","b"}"#,
      #"{"a":"b" }"#, #"{"a":"\x"}"#, #"{"a":"\u00"}"#, #"{"a":"\u0100"}"#, #"{"a":"b}"#, "null",
    ])
  func refused(text: String) {
    #expect(FlatJSON.dictionary(text) == nil)
  }

  @Test("An array is held to the same", arguments: ["", "[", #"["a" "b"]"#, #"["a":"b"]"#, "[1]", "{}"])
  func refusedArray(text: String) {
    #expect(FlatJSON.array(text) == nil)
  }
}
